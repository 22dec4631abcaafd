<?php

declare(strict_types=1);

namespace Dongbo\Cli;

use Dongbo\Control\MatchKeyChange;
use Dongbo\Control\SettingsStore;
use Dongbo\Rest\Refusal;
use WP_CLI;

/** `wp dongbo settings` */
final class SettingsCommand
{
    /**
     * Shows the settings, or changes one.
     *
     * ## OPTIONS
     *
     * [<name>]
     * : A setting, such as `policies.stock` or `safety_buffer`. Without it all are shown.
     *
     * [<value>]
     * : Its new value. Several ids are separated by commas. `default` brings it back to its default.
     *
     * [--import=<file>]
     * : Take over a file made by `wp dongbo export settings`.
     *
     * [--yes]
     * : Another match key on a shop with links: yes, do what was told.
     *
     * [--changed]
     * : Show only what differs from its default.
     *
     * [--format=<format>]
     * : How it is printed.
     * ---
     * default: table
     * options:
     *   - table
     *   - json
     *   - csv
     * ---
     *
     * ## EXAMPLES
     *
     *     $ wp dongbo settings policies.stock never
     *     $ wp dongbo settings --changed
     *
     * @param string[]              $args
     * @param array<string, string> $options
     */
    public static function settings(array $args, array $options): void
    {
        $connection = Ready::connection();
        $store = new SettingsStore($connection);
        if (isset($options['import'])) {
            self::import($store, (string) $options['import']);

            return;
        }
        if (isset($args[1])) {
            $values = [(string) $args[0] => $args[1] === 'default' ? null : $args[1]];
            $asks = isset($options['yes']) ? null : MatchKeyChange::asks($connection, $values);
            if ($asks !== null) {
                WP_CLI::error(Out::both((new Refusal('match-key-live', 409, $asks))->said()) . ' Here: add --yes.');
            }
            self::refuse($store->save($values));
            WP_CLI::success("{$args[0]} is kept. It counts from now on.");

            return;
        }
        $settings = $store->read();
        $rows = [];
        foreach ($settings['fields'] as $field) {
            $changed = in_array($field['name'], $settings['changed'], true);
            if ((!isset($args[0]) || $args[0] === $field['name']) && ($changed || empty($options['changed']))) {
                $rows[] = [
                    'name' => $field['name'],
                    'value' => self::text(self::at((array) $settings['values'], $field['name'])),
                    'default' => self::text(self::at((array) $settings['defaults'], $field['name'])),
                    'allowed' => $field['values'] !== [] ? implode(', ', $field['values']) : ($field['min'] === null ? $field['kind'] : $field['min'] . ' to ' . $field['max']),
                ];
            }
        }
        if ($rows === [] && isset($args[0])) {
            WP_CLI::error("There is no setting “{$args[0]}”. All of them: wp dongbo settings");
        }
        Out::items($options['format'] ?? 'table', $rows, ['name', 'value', 'default', 'allowed'], 'Every setting stands at its default.');
        foreach ($settings['troubles'] as $trouble) {
            WP_CLI::warning($trouble['field'] . ': ' . Out::both($trouble['said']));
        }
    }

    private static function import(SettingsStore $store, string $path): void
    {
        $text = is_readable($path) ? (string) file_get_contents($path) : '';
        $file = json_decode($text, true);
        $troubles = is_array($file) ? $store->import($file) : null;
        if ($troubles === null) {
            WP_CLI::error("{$path} is no settings file of Dongbo, or it is of a newer version.");
        }
        self::refuse((array) $troubles);
        WP_CLI::success('The settings were taken over.');
    }

    /** @param array<int, array<string, mixed>> $troubles */
    private static function refuse(array $troubles): void
    {
        if ($troubles !== []) {
            $lines = array_map(static function (array $trouble): string {
                return $trouble['field'] . ': ' . Out::both($trouble['said']);
            }, $troubles);
            WP_CLI::error("Nothing was kept.\n" . implode("\n", $lines));
        }
    }

    /**
     * @param array<string, mixed> $record
     * @return mixed
     */
    private static function at(array $record, string $name)
    {
        foreach (explode('.', $name) as $part) {
            $record = is_array($record) ? $record[$part] ?? null : null;
        }

        return $record;
    }

    /** @param mixed $value */
    private static function text($value): string
    {
        if (is_bool($value)) {
            return $value ? 'yes' : 'no';
        }
        if (is_array($value)) {
            return isset($value[0]) && is_array($value[0]) ? (string) wp_json_encode($value, JSON_UNESCAPED_UNICODE) : implode(',', $value);
        }

        return (string) $value;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Engine\Engine;
use Dongbo\Report\Said;
use Dongbo\Tables\Connections;

/**
 * The owner's settings (product.md H7): what may be chosen, what is, what is kept. What a setting may
 * be and where its default stands is the rules' (src/choices); here records become lists and back,
 * because names that are data do not cross.
 */
final class SettingsStore
{
    /** Of an exported file. */
    private const VERSION = 1;

    /** @var array<string, mixed> */
    private array $connection;

    /** @var array<string, array<int, array<string, mixed>>> */
    private array $lists;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection)
    {
        $this->connection = $connection;
        $this->lists = SettingChoices::all($connection['id']);
    }

    /** @return array<string, mixed> `Settings` of js/admin/rest.d.ts. */
    public function read(): array
    {
        $checked = $this->check($this->connection['settings']);
        $choices = $this->lists;

        return [
            'revision' => $this->connection['settings_revision'],
            'values' => (object) self::record($checked, 'choices'),
            'defaults' => (object) self::record($checked, 'defaults'),
            'changed' => $checked['changed'] ?? [],
            'fields' => array_map([self::class, 'field'], $checked['fields']),
            'choices' => $choices,
            'troubles' => self::troubles($checked),
        ];
    }

    /**
     * @param array<string, mixed> $values Nested as in the record, or by dotted names.
     * @return array{values: object, troubles: array<int, array<string, mixed>>} Nothing is kept.
     */
    public function tried(array $values): array
    {
        $checked = $this->check($this->with($values));

        return ['values' => (object) self::record($checked, 'choices'), 'troubles' => self::troubles($checked)];
    }

    /**
     * Keeps what is given; null brings a setting back to its default.
     *
     * @param array<string, mixed> $values
     * @return array<int, array<string, mixed>> Troubles; when any is a refusal of what was given, nothing was kept.
     */
    public function save(array $values): array
    {
        $checked = $this->check($this->with($values));
        $given = array_keys(self::flat($values, self::kinds($checked)));
        $refused = array_values(array_filter($checked['troubles'] ?? [], static function (array $trouble) use ($given): bool {
            return !empty($trouble['refused']) && in_array($trouble['name'], $given, true);
        }));
        if ($refused !== []) {
            return self::troubles(['troubles' => $refused]);
        }
        Connections::saveSettings($this->connection['id'], $this->changed($checked));
        $this->connection = Connections::find($this->connection['id']) ?? $this->connection;

        return [];
    }

    /** @return array<string, mixed> What a file holds: no credentials, no address. */
    public function export(): array
    {
        $settings = $this->changed($this->check($this->connection['settings']));

        return ['dongbo' => 'settings', 'version' => self::VERSION, 'rules' => (string) (Engine::call('version', [])['rules'] ?? ''), 'settings' => (object) $settings];
    }

    /**
     * Takes over an exported file in place of everything chosen so far.
     *
     * @param array<string, mixed> $file
     * @return array<int, array<string, mixed>>|null Troubles of the refusal, none when it was taken; null when it is no such file.
     */
    public function import(array $file): ?array
    {
        if (($file['dongbo'] ?? '') !== 'settings' || !is_array($file['settings'] ?? null) || (int) ($file['version'] ?? 0) > self::VERSION) {
            return null;
        }
        $checked = $this->check($file['settings']);
        $refused = array_values(array_filter($checked['troubles'] ?? [], static function (array $trouble): bool {
            return !empty($trouble['refused']);
        }));
        if ($refused !== []) {
            return self::troubles(['troubles' => $refused]);
        }
        Connections::saveSettings($this->connection['id'], $this->changed($checked));
        $this->connection = Connections::find($this->connection['id']) ?? $this->connection;

        return [];
    }

    /**
     * @param array<string, mixed> $settings
     * @return array<string, mixed> What the rules say (`Checked` of src/choices).
     */
    private function check(array $settings): array
    {
        static $kinds = null;
        $kinds = $kinds ?? self::kinds(Engine::call('check_settings', ['choices' => []]));
        $choices = [];
        foreach (self::flat($settings, $kinds) as $name => $value) {
            $choices[] = ['name' => (string) $name] + self::typed($value, $kinds[$name] ?? null);
        }
        $known = [];
        foreach ($this->lists as $list => $rows) {
            // What was never read cannot be told to be missing, and places may be another plugin's.
            if ($rows !== [] && $list !== 'places') {
                $known[] = ['list' => $list, 'ids' => array_column($rows, 'id')];
            }
        }

        return Engine::call('check_settings', ['choices' => $choices, 'known' => $known]);
    }

    /**
     * The stored settings with others put in; a list is given whole, so a shorter one takes the place of a longer one.
     *
     * @param array<string, mixed> $values
     * @return array<string, mixed>
     */
    private function with(array $values): array
    {
        return array_replace(self::flatRecord($this->connection['settings']), self::flatRecord($values));
    }

    /**
     * Only what differs from its default is kept.
     *
     * @param array<string, mixed> $checked
     * @return array<string, mixed>
     */
    private function changed(array $checked): array
    {
        $changed = array_flip($checked['changed'] ?? []);
        $choices = array_filter($checked['choices'], static function (array $choice) use ($changed): bool {
            return isset($changed[$choice['name']]);
        });

        return self::record(['choices' => array_values($choices)] + $checked, 'choices');
    }

    /** @param array<string, mixed> $checked @return array<string, array<string, mixed>> Fields by name. */
    private static function kinds(array $checked): array
    {
        return array_column($checked['fields'], null, 'name');
    }

    /**
     * Nested records by dotted names; what is a value of the table stays whole.
     *
     * @param array<string, mixed>                $record
     * @param array<string, array<string, mixed>> $kinds
     * @return array<string, mixed>
     */
    private static function flat(array $record, array $kinds): array
    {
        return array_filter(self::flatRecord($record), static function ($value): bool {
            return $value !== null;
        });
    }

    /** @param array<string, mixed> $record @return array<string, mixed> */
    private static function flatRecord(array $record): array
    {
        $flat = [];
        foreach ($record as $name => $value) {
            if (is_array($value) && $value !== [] && !isset($value[0]) && strpos((string) $name, '.') === false) {
                foreach ($value as $inner => $one) {
                    $flat["$name.$inner"] = $one;
                }
            } else {
                $flat[(string) $name] = $value;
            }
        }

        return $flat;
    }

    /**
     * @param mixed                     $value
     * @param array<string, mixed>|null $field
     * @return array<string, mixed>
     */
    private static function typed($value, ?array $field): array
    {
        if (is_bool($value)) {
            return ['flag' => $value];
        }
        if (is_int($value)) {
            return ['number' => $value];
        }
        if (!is_array($value)) {
            return is_scalar($value) ? ['text' => (string) $value] : [];
        }
        if (($field['kind'] ?? '') !== 'rows') {
            return ['items' => array_values(array_map('strval', array_filter($value, 'is_scalar')))];
        }
        $rows = [];
        foreach (array_filter($value, 'is_array') as $row) {
            $cells = [];
            foreach ($field['columns'] as $column) {
                $cell = $row[$column['name']] ?? '';
                $cells[] = is_bool($cell) ? ($cell ? 'yes' : 'no') : (is_scalar($cell) ? (string) $cell : '');
            }
            $rows[] = $cells;
        }

        return ['rows' => $rows];
    }

    /**
     * The rules' list as the nested record that is stored.
     *
     * @param array<string, mixed> $checked
     * @return array<string, mixed>
     */
    private static function record(array $checked, string $part): array
    {
        $kinds = self::kinds($checked);
        $record = [];
        foreach ($checked[$part] as $choice) {
            $value = self::plain($choice, $kinds[$choice['name']] ?? []);
            $names = explode('.', (string) $choice['name'], 2);
            if (count($names) === 1) {
                $record[$names[0]] = $value;
            } else {
                $record[$names[0]][$names[1]] = $value;
            }
        }

        return $record;
    }

    /**
     * @param array<string, mixed> $choice
     * @param array<string, mixed> $field
     * @return mixed
     */
    private static function plain(array $choice, array $field)
    {
        if (isset($choice['rows']) || ($field['kind'] ?? '') === 'rows') {
            $rows = [];
            foreach ($choice['rows'] ?? [] as $cells) {
                $row = [];
                foreach ($field['columns'] as $place => $column) {
                    $cell = (string) ($cells[$place] ?? '');
                    $row[$column['name']] = $column['kind'] === 'flag' ? $cell === 'yes' : ($column['kind'] === 'number' ? (int) $cell : $cell);
                }
                $rows[] = $row;
            }

            return $rows;
        }
        if (isset($choice['items']) || ($field['kind'] ?? '') === 'ids') {
            return $choice['items'] ?? [];
        }
        $value = $choice['flag'] ?? $choice['number'] ?? $choice['text'] ?? null;

        return $value === '' && ($field['kind'] ?? '') === 'id' ? null : $value;
    }

    /** @param array<string, mixed> $field @return array<string, mixed> `SettingField` */
    private static function field(array $field): array
    {
        return [
            'name' => (string) $field['name'],
            'group' => (string) $field['group'],
            'kind' => (string) $field['kind'],
            'values' => $field['values'] ?? [],
            'min' => $field['min'] ?? null,
            'max' => $field['max'] ?? null,
            'list' => (string) ($field['list'] ?? ''),
            'columns' => array_map([self::class, 'field'], $field['columns'] ?? []),
            'numbers' => (string) $field['numbers'],
        ];
    }

    /** @param array<string, mixed> $checked @return array<int, array<string, mixed>> */
    private static function troubles(array $checked): array
    {
        $troubles = [];
        foreach ($checked['troubles'] ?? [] as $trouble) {
            $troubles[] = ['field' => (string) $trouble['name'], 'said' => Said::of((string) $trouble['reason']['code'], $trouble['reason']['params'] ?? [])];
        }

        return $troubles;
    }
}

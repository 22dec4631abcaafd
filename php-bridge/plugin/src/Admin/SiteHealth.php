<?php

declare(strict_types=1);

namespace Dongbo\Admin;

use Dongbo\Report\Checkup;
use Dongbo\Report\Overview;
use Dongbo\Tables\Connections;

/**
 * Dongbo's part of Tools → Site Health (product.md I4): one test a question of {@see Checkup}, and a
 * debug section that may be shown to strangers: no shop, no code, no person.
 */
final class SiteHealth
{
    /** What bad and middling mean to WordPress. */
    private const STATUS = ['good' => 'good', 'warn' => 'recommended', 'bad' => 'critical'];

    /**
     * @param mixed $tests
     * @return array<string, array<string, mixed>>
     */
    public static function tests($tests): array
    {
        $tests = (array) $tests;
        foreach (Checkup::names() as $name => $label) {
            $tests['direct']['dongbo_' . $name] = [
                'label' => 'Dongbo: ' . $label,
                'test' => static function () use ($name, $label): array {
                    return self::test($name, $label);
                },
            ];
        }

        return $tests;
    }

    /** @return array<string, mixed> In WordPress's form. */
    private static function test(string $name, string $label): array
    {
        $checks = array_values(array_filter(Checkup::once(), static function (array $check) use ($name): bool {
            return $check['name'] === $name;
        }));
        // What a graver trouble kept from being looked at is no trouble of its own.
        $check = $checks[0] ?? ['state' => 'good', 'said' => __('It is looked at when everything before it is in order.', 'dongbo'), 'remedy' => ''];

        return [
            'label' => 'Dongbo: ' . $label,
            // A shop that was never connected is not broken.
            'status' => $check['state'] === 'bad' && Checkup::usable() && Connections::current() === null ? 'recommended' : self::STATUS[$check['state']],
            'badge' => ['label' => 'Dongbo', 'color' => 'blue'],
            'description' => '<p>' . esc_html($check['said']) . '</p>' . ($check['remedy'] === '' ? '' : '<p>' . esc_html($check['remedy']) . '</p>'),
            'actions' => '<p><a href="' . esc_url(Screen::url()) . '">' . esc_html__('Open Dongbo', 'dongbo') . '</a></p>',
            'test' => 'dongbo_' . $name,
        ];
    }

    /**
     * @param mixed $sections
     * @return array<string, mixed>
     */
    public static function information($sections): array
    {
        $sections = (array) $sections;
        $fields = [];
        foreach (Checkup::once() as $check) {
            if ($check['name'] !== 'run') {
                $fields['check_' . $check['name']] = ['label' => Checkup::names()[$check['name']] ?? $check['name'], 'value' => $check['state'] . ': ' . $check['said'], 'debug' => $check['state']];
            }
        }
        if (Checkup::usable()) {
            $status = Overview::now();
            foreach (['plugin' => $status['versions']['plugin'], 'rules' => $status['versions']['rules'], 'schema' => $status['versions']['schema']] as $name => $value) {
                $fields[$name] = ['label' => $name, 'value' => (string) $value];
            }
            $fields['pos'] = ['label' => 'POS', 'value' => $status['connection'] === null ? '–' : $status['connection']['pos'] . ': ' . $status['connection']['state']];
            $fields['goods'] = ['label' => __('Goods', 'dongbo'), 'value' => $status['counts']['goods'] . ' / ' . $status['counts']['links']];
            $fields['issues'] = ['label' => __('Issues', 'dongbo'), 'value' => (string) wp_json_encode($status['counts']['issues'])];
            $fields['budget'] = ['label' => __('Calls in the last hour', 'dongbo'), 'value' => $status['budget']['used'] . ' / ' . $status['budget']['limit']];
            $fields['last'] = ['label' => __('Last run', 'dongbo'), 'value' => $status['last'] === null ? '–' : $status['last']['kind'] . ': ' . $status['last']['state']];
        }
        $sections['dongbo'] = ['label' => 'Dongbo', 'fields' => $fields];

        return $sections;
    }
}

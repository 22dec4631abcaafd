<?php

declare(strict_types=1);

namespace Dongbo\Report;

use Dongbo\Control\ByHand;
use Dongbo\Lanes\Guard;
use Dongbo\Sync\PlanSome;
use Dongbo\Tables\Schema;

/** Why one good is as it is (product.md H4): the rules' own account, in words. */
final class WhyReport
{
    /**
     * @param array<string, mixed> $connection
     * @return array<string, mixed>|null `Why` of js/admin/rest.d.ts; null when the mirror has no such good.
     */
    public static function of(array $connection, string $id): ?array
    {
        $family = self::family($connection['id'], $id);
        if ($family === null) {
            return null;
        }
        $context = ByHand::looking($connection);
        $why = $context->rules('why', [
            'remote_id' => $id,
            'plan' => PlanSome::input($context, [$family]),
            'stops' => self::stops($connection),
        ]);
        if (!isset($why['good'])) {
            return null;
        }
        $issues = $why['issues'] ?? [];
        $steps = [];
        foreach ($why['steps'] ?? [] as $step) {
            $steps[] = ['topic' => (string) $step['topic'], 'said' => Said::of((string) $step['reason']['code'], $step['reason']['params'] ?? [])];
        }
        $above = $why['family'] ?? null;

        return [
            'id' => $id,
            'label' => (string) $why['good']['label'],
            'shop_id' => $why['good']['shop_id'] ?? null,
            'operation' => (string) $why['good']['kind'],
            'steps' => $steps,
            'fields' => self::fields($why['good'], $issues),
            'family' => $above === null ? null : [
                'id' => (string) $above['remote_id'],
                'label' => (string) $above['label'],
                'shop_id' => $above['shop_id'] ?? null,
                'operation' => (string) $above['kind'],
                'fields' => self::fields($above, $issues),
            ],
            'rules' => $context->rulesVersion(),
        ];
    }

    public static function family(int $connection, string $id): ?string
    {
        global $wpdb;
        $key = $wpdb->get_var($wpdb->prepare('SELECT family_key FROM %i WHERE connection_id = %d AND remote_id = %s', Schema::table('good'), $connection, $id));

        return $key === null ? null : (string) $key;
    }

    /**
     * @param array<string, mixed> $connection
     * @return array<int, array{code: string, params: array<int, array<string, string>>}>
     */
    private static function stops(array $connection): array
    {
        $why = Guard::refusal($connection);
        $stops = $why === null ? [] : [['code' => $why, 'params' => []]];
        foreach (RunList::open($connection['id']) as $run) {
            if (!empty($run['summary']['asked'])) {
                $stops[] = ['code' => (string) $run['summary']['asked'], 'params' => $run['summary']['params'] ?? []];
            }
        }

        return $stops;
    }

    /**
     * @param array<string, mixed>             $operation
     * @param array<int, array<string, mixed>> $issues
     * @return array<int, array<string, mixed>> `WhyField`
     */
    private static function fields(array $operation, array $issues): array
    {
        $params = array_column($issues, 'params', 'code');
        $fields = [];
        foreach ($operation['explained'] ?? [] as $field) {
            $fields[] = [
                'field' => (string) $field['field'],
                'label' => FieldNames::of((string) $field['field']),
                'pos' => (string) $field['pos'],
                'shop' => (string) $field['shop'],
                'last' => isset($field['last']) ? ['pos' => (string) $field['last']['pos'], 'shop' => (string) $field['last']['shop']] : null,
                'policy' => (string) ($field['policy'] ?? ''),
                'decision' => (string) $field['verdict'],
                'decision_words' => self::words((string) $field['verdict']),
                'after' => $field['after'] ?? null,
                'reason' => Said::of((string) $field['reason'], $params[$field['reason']] ?? []),
            ];
        }

        return $fields;
    }

    private static function words(string $verdict): string
    {
        $words = [
            'in-step' => __('In step', 'dongbo'),
            'baseline' => __('Remembered', 'dongbo'),
            'write' => __('Will be written', 'dongbo'),
            'keep' => __('Stays as it is', 'dongbo'),
            'push' => __('Belongs in the POS', 'dongbo'),
            'drift' => __('Drifts', 'dongbo'),
            'review' => __('A person decides', 'dongbo'),
            'refused' => __('Cannot be written', 'dongbo'),
        ];

        return $words[$verdict] ?? $verdict;
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Engine\RulesError;

/** Asks the rules for plans, one call for many families; a family they cannot read stays alone. */
final class Planner
{
    private SyncContext $context;
    private Families $families;

    public function __construct(SyncContext $context, Families $families)
    {
        $this->context = $context;
        $this->families = $families;
    }

    /**
     * @param array<string, Gathered> $families
     * @param array<string, bool>     $more     What else is asked of the rules: `hash`, `count`.
     *
     * @return Work[] In the order given.
     */
    public function plan(array $families, array $more = []): array
    {
        if ($families === []) {
            return [];
        }
        $families = array_values($families);
        try {
            $answer = $this->context->rules('plan_goods', $more + $this->families->input($families));
        } catch (RulesError $error) {
            if (count($families) === 1) {
                return [$this->unreadable($families[0], $error)];
            }
            $works = [];
            foreach ($families as $family) {
                $works[] = $this->plan([$family], $more)[0];
            }

            return $works;
        }
        $works = [];
        $plans = $answer['families'];
        foreach ($families as $place => $family) {
            if (($plans[$place]['key'] ?? null) !== $family->key) {
                throw new \LogicException('the rules answered with other families than they were asked for');
            }
            $works[] = new Work($family, $plans[$place] + ['operations' => [], 'issues' => []], $answer['standing'] ?? []);
        }

        return $works;
    }

    private function unreadable(Gathered $family, RulesError $error): Work
    {
        $good = $family->input['goods'][0] ?? [];
        $work = new Work($family, [
            'key' => $family->key,
            'operations' => [],
            'issues' => [[
                'code' => $error->code(),
                'params' => $error->params(),
                'item' => [
                    'kind' => 'good',
                    'id' => (string) ($good['id'] ?? $family->key),
                    'label' => trim(($good['code'] ?? '') . ' ' . ($good['full_name'] ?? $good['name'] ?? '')),
                ],
                'severity' => 'review',
            ]],
        ]);
        $work->retry = true;

        return $work;
    }
}

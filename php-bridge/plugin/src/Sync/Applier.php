<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Lanes\FenceLost;
use Dongbo\Lanes\TransactionLost;
use Dongbo\Shop\Attributes;
use Dongbo\Shop\Brands;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Fields;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Products;
use Dongbo\Shop\Refused;
use Dongbo\Shop\Texts;

/**
 * Carries out single operations and says what became of them. Knows nothing of transactions but
 * the mark it goes back to when a product cannot be written.
 */
final class Applier
{
    private Origins $origins;
    private Attributes $attributes;
    private Products $products;

    /** @var array<string, Refused> Attributes that could not be made, by label. */
    private array $missing = [];

    public function __construct(Origins $origins, Attributes $attributes, Products $products)
    {
        $this->origins = $origins;
        $this->attributes = $attributes;
        $this->products = $products;
    }

    /**
     * Makes the attributes and values these works need, before any transaction.
     *
     * @param Work[] $works
     */
    public function prepare(array $works): void
    {
        $wanted = [];
        $brands = [];
        foreach ($works as $work) {
            foreach ($work->rest() as $operation) {
                if (!Outcome::writes($operation)) {
                    continue;
                }
                foreach ($operation['changes'] ?? [] as $change) {
                    if ($change['field'] === 'brand' && ($change['after'] ?? '') !== '') {
                        $brands[(string) $change['after']] = true;
                    }
                }
                foreach ($operation['attributes'] ?? [] as $attribute) {
                    $wanted[$attribute['name']] = array_merge($wanted[$attribute['name']] ?? [], $attribute['values']);
                }
                foreach ($operation['values'] ?? [] as $value) {
                    $wanted[$value['name']][] = $value['value'];
                }
            }
        }
        $this->brands($brands);
        $this->missing = [];
        foreach ($wanted as $label => $values) {
            $this->ensure((string) $label, array_values(array_unique(array_map('strval', $values))));
        }
    }

    /**
     * Carries out operations that stand or fall together; usually it is one.
     *
     * @param array<int, array<string, mixed>> $step  {@see Work::step}.
     * @param array<int, array<string, mixed>> $fresh Records read just now, by id.
     * @param Transaction|null                 $in    Null where none is claimed: then what was done
     *                                                before one failed stands.
     *
     * @return Outcome[] None when a row could not be written; the work has the issue.
     *
     * @throws Stale           The shop is not what the plan saw.
     * @throws TransactionLost
     * @throws FenceLost
     */
    public function together(Work $work, array $step, array $fresh, ?Transaction $in): array
    {
        if ($in !== null && count($step) > 1) {
            $in->mark('dongbo_step');
        }
        $outcomes = [];
        foreach ($step as $operation) {
            $outcome = $this->carryOut($work, $operation, $fresh, $in);
            if ($outcome !== null) {
                $outcomes[] = $outcome;
                continue;
            }
            if ($in === null) {
                // The link of a product that was not converted stands.
                return count($outcomes) > 1 ? $outcomes : [];
            }
            if (count($step) > 1) {
                $in->backToMark('dongbo_step');
                Caches::rolledBack(array_map('intval', array_column($step, 'shop_id')));
            }

            return [];
        }

        return $outcomes;
    }

    /**
     * Carries out one operation.
     *
     * @param array<int, array<string, mixed>> $fresh Records read just now, by id.
     * @param Transaction|null                 $in    Null where none is claimed.
     *
     * @return Outcome|null Null when the row could not be written; the work has the issue.
     *
     * @throws Stale           The shop is not what the plan saw.
     * @throws TransactionLost
     * @throws FenceLost
     */
    private function carryOut(Work $work, array $operation, array $fresh, ?Transaction $in): ?Outcome
    {
        if ($operation['kind'] === 'unlink') {
            return new Outcome($work, $operation, (int) ($operation['shop_id'] ?? 0));
        }
        $current = $this->current($work, $operation, $fresh);
        if ($in !== null) {
            $in->mark();
        }
        try {
            $outcome = $this->write($work, $operation, $current, $in !== null);
            if ($in !== null) {
                $in->check();
            }

            return $outcome;
        } catch (TransactionLost | FenceLost $lost) {
            throw $lost;
        } catch (\Throwable $trouble) {
            if ($in !== null) {
                $in->backToMark();
                Caches::rolledBack(array_filter([(int) ($operation['shop_id'] ?? 0)]));
            }
            $this->failed($work, $operation, $trouble);

            return null;
        }
    }

    /** Forgets what was remembered of the shop. */
    public function forget(): void
    {
        $this->attributes->forget();
        $this->origins->forget();
    }

    /** @param array<string, mixed>|null $current */
    private function write(Work $work, array $operation, ?array $current, bool $claimed): Outcome
    {
        if ($current !== null && self::onlyRemembers($operation) && ($operation['kind'] !== 'link' || $current['origin'] === '')) {
            if (!$claimed) {
                $this->products->mend($current['id']);
            }

            return new Outcome($work, $operation, $current['id']);
        }
        $this->refuseMissing($operation);
        $parent = $this->parent($work, $operation);
        if ($operation['kind'] === 'create') {
            $mark = $this->origins->mark($operation['remote_kind'], (string) $operation['remote_id']);
            $written = $this->products->create($operation, $parent, $mark);
        } elseif ($operation['kind'] === 'convert') {
            $written = $this->products->convert($operation, (array) $current);
        } else {
            $written = $this->products->update($operation, (array) $current);
        }
        if ($operation['remote_kind'] === 'family') {
            $work->parents[(string) $operation['remote_id']] = $written->id;
        }
        $outcome = new Outcome($work, $operation, $written->id);
        foreach ($written->refused as $refusal) {
            $outcome->refuse($refusal, self::field($refusal));
            $work->retry = $work->retry || $refusal->issue() !== 'barcode-refused';
        }

        return $outcome;
    }

    /**
     * The product's record, compared with what the plan saw.
     *
     * @param array<int, array<string, mixed>> $fresh
     *
     * @return array<string, mixed>|null
     *
     * @throws Stale
     */
    private function current(Work $work, array $operation, array $fresh): ?array
    {
        if ($operation['kind'] === 'create') {
            return null;
        }
        $current = $fresh[(int) $operation['shop_id']] ?? null;
        if ($current === null) {
            throw new Stale("product {$operation['shop_id']} is gone");
        }
        $planned = array_column($work->family->input['shop'], null, 'id')[$current['id']] ?? $current;
        if (self::restructures($operation) && $planned['attributes'] !== $current['attributes']) {
            throw new Stale("the attributes of product {$operation['shop_id']} were changed");
        }
        foreach ($operation['changes'] ?? [] as $change) {
            $field = (string) $change['field'];
            $now = Fields::text($current, $field);
            // Stock may move; only whether there was any decides how it is written.
            $same = $field === 'stock'
                ? isset($change['before']) === ($now !== null)
                : in_array($field, ['attributes', 'values'], true) || Fields::same($field, (string) ($change['before'] ?? ''), (string) $now);
            if (!$same && isset($change['after'])) {
                throw new Stale("$field of product {$operation['shop_id']} is “{$now}” now");
            }
        }

        return $current;
    }

    /** @param array<string, mixed> $operation */
    private static function restructures(array $operation): bool
    {
        return !empty($operation['attributes']) || !empty($operation['values']) || !empty($operation['dropped']);
    }

    /** The shop already holds what the plan wants: only the link has to learn it. */
    private static function onlyRemembers(array $operation): bool
    {
        foreach ($operation['changes'] ?? [] as $change) {
            if (isset($change['after'])) {
                return false;
            }
        }

        return $operation['kind'] !== 'convert' && !self::restructures($operation);
    }

    private function parent(Work $work, array $operation): int
    {
        if ($operation['product'] !== 'variation') {
            return 0;
        }
        $family = (string) ($operation['parent']['family'] ?? '');
        $parent = (int) ($operation['parent']['shop_id'] ?? $work->parents[$family] ?? 0);
        if ($parent === 0 && $operation['kind'] === 'create') {
            throw new Refused('parent-missing', ['family' => $family]);
        }

        return $parent;
    }

    private function refuseMissing(array $operation): void
    {
        foreach ($operation['attributes'] ?? [] as $attribute) {
            foreach ($attribute['values'] as $value) {
                $this->refuseIfMissing((string) $attribute['name'], (string) $value);
            }
        }
        foreach ($operation['values'] ?? [] as $value) {
            $this->refuseIfMissing((string) $value['name'], (string) $value['value']);
        }
    }

    private function refuseIfMissing(string $label, string $value): void
    {
        if (isset($this->missing[$label . "\0" . $value])) {
            throw $this->missing[$label . "\0" . $value];
        }
    }

    /**
     * Brands that cannot be made are named by the product that wants them.
     *
     * @param array<string, true> $names
     */
    private function brands(array $names): void
    {
        foreach (Brands::known() ? array_keys($names) : [] as $name) {
            try {
                Brands::ensure((string) $name);
            } catch (Refused $refusal) {
                continue;
            }
        }
    }

    /** @param string[] $values */
    private function ensure(string $label, array $values): void
    {
        try {
            $this->attributes->ensure($label, $values);
        } catch (Refused $refusal) {
            if (count($values) === 1) {
                $this->missing[$label . "\0" . $values[0]] = $refusal;

                return;
            }
            foreach ($values as $value) {
                $this->ensure($label, [$value]);
            }
        }
    }

    private function failed(Work $work, array $operation, \Throwable $trouble): void
    {
        $work->retry = true;
        if ($trouble instanceof Refused) {
            $work->issue($operation, $trouble->issue(), $trouble->values());

            return;
        }
        $work->issue($operation, 'write-failed', [
            'cause' => wp_strip_all_tags($trouble->getMessage()) . ' (' . basename($trouble->getFile()) . ':' . $trouble->getLine() . ')',
        ]);
    }

    private static function field(Refused $refusal): string
    {
        return ['sku-refused' => 'sku', 'barcode-refused' => 'barcode', 'stock-refused' => 'stock', 'brand-refused' => 'brand'][$refusal->issue()] ?? 'description';
    }
}

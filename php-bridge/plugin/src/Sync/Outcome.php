<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Shop\Fields;
use Dongbo\Shop\Refused;
use Dongbo\Shop\Texts;

/** An operation that was carried out, and what it leaves in links and history. */
final class Outcome
{
    public Work $work;

    /** @var array<string, mixed> */
    public array $operation;

    /** The product; 0 when only a link was dropped. */
    public int $shopId;

    /** @var array<string, true> Fields WooCommerce would not take. */
    public array $refused = [];

    /** @param array<string, mixed> $operation */
    public function __construct(Work $work, array $operation, int $shopId)
    {
        $this->work = $work;
        $this->operation = $operation;
        $this->shopId = $shopId;
    }

    /**
     * Whether an operation touches the shop or the links.
     *
     * @param array<string, mixed> $operation
     */
    public static function writes(array $operation): bool
    {
        return in_array($operation['kind'], ['create', 'update', 'link', 'convert', 'release', 'unlink'], true);
    }

    /** Names what WooCommerce would not take. */
    public function refuse(Refused $refusal, string $field): void
    {
        $this->refused[$field] = true;
        $this->work->issue($this->operation, $refusal->issue(), $refusal->values());
    }

    /** The own id of the family the row belongs to. */
    public function family(): string
    {
        if ($this->operation['remote_kind'] === 'family') {
            return (string) $this->operation['remote_id'];
        }

        return (string) ($this->operation['parent']['family'] ?? $this->work->family->key);
    }

    /**
     * The link after it: both values of every field it was about.
     *
     * @param array<string, mixed>      $old     The Link record so far, empty for a new one.
     * @param array<string, mixed>|null $product What was read back; null when it has vanished meanwhile.
     *
     * @return array<string, mixed>
     */
    public function link(array $old, ?array $product): array
    {
        $fields = array_column($old['fields'] ?? [], null, 'field');
        foreach ($this->operation['changes'] ?? [] as $change) {
            if (isset($this->refused[$change['field']]) || $product === null) {
                continue;
            }
            $fields[$change['field']] = [
                'field' => $change['field'],
                'pos' => (string) $change['pos'],
                'shop' => $change['field'] === 'stock' ? self::plannedStock($change) : (string) Fields::text($product, $change['field']),
            ];
        }

        return [
            'kind' => $this->operation['remote_kind'],
            'remote_id' => (string) $this->operation['remote_id'],
            'shop_id' => $this->shopId,
            'family' => isset($this->operation['parent']) || $old === [] ? $this->family() : $old['family'],
            'state' => $old['state'] ?? 'active',
            'fields' => array_values($fields),
        ];
    }

    /**
     * The stock that the writing alone would have led to, as WooCommerce counts (whole numbers
     * unless a filter says otherwise).
     *
     * Not the value read back: what a shopper bought between plan and reading would count as
     * written, and the next change of the POS would undo the sale.
     *
     * @param array<string, mixed> $change
     */
    private static function plannedStock(array $change): string
    {
        $before = Texts::thousandths((string) ($change['before'] ?? ''));
        if (!isset($change['after'])) {
            return (string) ($change['before'] ?? '');
        }
        $after = (int) Texts::thousandths((string) $change['after']);
        $moved = abs($after - (int) $before);
        $counted = (int) Texts::thousandths(number_format((float) wc_stock_amount((float) Texts::decimal($moved)), 3, '.', ''));

        return Texts::decimal((int) $before + ($after < (int) $before ? -$counted : $counted));
    }

    /**
     * Names fields that the shop holds otherwise than they were written (a filter of another plugin,
     * a setting of WooCommerce).
     *
     * @param array<string, mixed> $product What was read back.
     * @param bool                 $suspect The database refused a statement: it is written again.
     */
    public function compare(array $product, bool $suspect): void
    {
        $other = [];
        foreach ($this->operation['changes'] ?? [] as $change) {
            $field = (string) $change['field'];
            if (!isset($change['after']) || isset($this->refused[$field])) {
                continue;
            }
            $got = Fields::text($product, $field);
            if ($this->taken($field, (string) $change['after'], $change['before'] ?? null, $got, $product)) {
                continue;
            }
            $other['field'][] = $field;
            $other['wanted'][] = (string) $change['after'];
            $other['got'][] = (string) $got;
            if ($suspect) {
                $this->refused[$field] = true;
                $this->work->retry = true;
            }
        }
        if ($other !== []) {
            // One issue a row: a second one with the same code would take the first one's place.
            $this->work->issue($this->operation, 'field-not-taken', array_map(static function (array $values): string {
                return implode(' · ', $values);
            }, $other), 'notice');
        }
    }

    /**
     * @param array<string, mixed> $product
     */
    private function taken(string $field, string $wanted, ?string $before, ?string $got, array $product): bool
    {
        switch ($field) {
            case 'attributes':
            case 'values':
                return true;
            case 'name':
                // A variation's title is WooCommerce's own.
                return $product['kind'] === 'variation' || $got === $wanted;
            case 'brand':
                return Texts::loose((string) $got) === Texts::loose($wanted);
            case 'stock':
                // Shoppers buy: only a number that has not moved at all was not taken.
                return $got !== null && ($wanted === $before || $got !== $before);
            case 'stock_status':
                return $product['manage_stock'] || $got === $wanted;
            case 'categories':
                // Without any, WooCommerce puts its default category.
                return $wanted === '' || $got === $wanted;
            case 'sale_from':
            case 'sale_to':
                return intdiv((int) $wanted, 1000) === intdiv((int) $got, 1000);
            case 'weight':
            case 'regular_price':
            case 'sale_price':
                return $got === $wanted
                    || ($wanted !== '' && Texts::thousandths($wanted) === Texts::thousandths((string) $got));
            default:
                return $got !== null && Fields::same($field, $got, $wanted);
        }
    }

    /**
     * History entries.
     *
     * @return array<int, array<string, mixed>>
     */
    public function entries(): array
    {
        $kind = (string) $this->operation['kind'];
        $base = [
            'remote_kind' => $this->operation['remote_kind'],
            'remote_id' => (string) $this->operation['remote_id'],
            'shop_id' => $this->shopId,
            'label' => (string) $this->operation['label'],
        ];
        $reason = ['reason' => $this->operation['reason']['code'], 'params' => $this->operation['reason']['params'] ?? []];
        $entries = [];
        if ($kind === 'create') {
            // One entry, not one a field: it is undone as a whole, and a first sync makes thousands.
            return [['field' => 'created', 'after_value' => $this->summary()] + $base + $reason];
        }
        if ($kind === 'convert') {
            $entries[] = ['field' => 'type', 'before_value' => 'simple', 'after_value' => (string) $this->operation['product']] + $base + $reason;
        }
        if ($kind === 'link' || $kind === 'unlink') {
            $entries[] = ['field' => $kind . 'ed', $kind === 'link' ? 'after_value' : 'before_value' => (string) $this->shopId] + $base + $reason;
        }
        foreach ($this->operation['changes'] ?? [] as $change) {
            if (isset($change['after']) && !isset($this->refused[$change['field']])) {
                $entries[] = [
                    'field' => $change['field'],
                    'before_value' => $change['before'] ?? null,
                    'after_value' => (string) $change['after'],
                    'reason' => $change['reason'],
                    // A field changed for the operation's own reason is told in the same words.
                    'params' => $change['reason'] === $reason['reason'] ? $reason['params'] : [],
                ] + $base;
            }
        }

        return $entries;
    }

    private function summary(): string
    {
        $values = [];
        foreach ($this->operation['changes'] ?? [] as $change) {
            if (isset($change['after']) && !isset($this->refused[$change['field']])) {
                $values[$change['field']] = (string) $change['after'];
            }
        }

        return (string) wp_json_encode($values, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }
}

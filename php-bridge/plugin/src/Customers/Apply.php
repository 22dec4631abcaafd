<?php

declare(strict_types=1);

namespace Dongbo\Customers;

use Dongbo\Lanes\Commit;
use Dongbo\Orders\Back\Asking;
use Dongbo\Orders\Back\Refused;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Users;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\CustomerLinks;
use Dongbo\Tables\Customers;
use Dongbo\Tables\History;
use Dongbo\Tables\Issues;

/** Carries out what the rules plan for one customer (CustomerPlan, src/customers/plan.rs): the POS first, then the site, link and history in one commit. */
final class Apply
{
    /** Who reported an issue here. */
    private const SOURCE = 'customers';

    private SyncContext $context;
    private Asking $asking;

    /** @var array<string, int> */
    private array $counts = ['unchanged' => 0, 'updated' => 0, 'created' => 0, 'linked' => 0, 'skipped' => 0, 'review' => 0];

    public function __construct(SyncContext $context, Asking $asking)
    {
        $this->context = $context;
        $this->asking = $asking;
    }

    /** @return array<string, int> */
    public function counts(): array
    {
        return $this->counts;
    }

    /**
     * Whom the POS has under the user's phone, in each spelling.
     *
     * @param array<string, mixed> $user A SiteCustomer record.
     * @return array<int, array<string, mixed>> PosCustomer records; the rules say whether one of them is the user.
     */
    public function lookUp(array $user): array
    {
        $keys = $this->context->rules('contact_keys', ['people' => [['phone' => $user['phone'], 'email' => $user['email']]]])['keys'][0];
        $rows = [];
        foreach ($keys['spellings'] ?? [] as $spelling) {
            foreach ($this->asking->get('/customers', 'read_customers', ['contactNumber' => $spelling, 'pageSize' => '100'], 'customers') as $row) {
                $rows[$row['id']] = $row;
            }
        }

        return array_values($rows);
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    public function plan(array $plan, array $pair): void
    {
        try {
            $this->carryOut($plan, $pair);
        } catch (Refused $refused) {
            $this->say($plan, $pair, [self::issue('customer-refused', self::idOf($plan), self::labelOf($pair), self::causes($refused->failure()))]);
        }
    }

    /**
     * @param array<string, mixed> $failure
     */
    public function refused(string $id, array $failure): void
    {
        Issues::report($this->context, [self::issue('customer-refused', $id, $id, self::causes($failure))], self::SOURCE);
    }

    /** @param array<int|string, array<string, mixed>> $people Records of either side that fit more than one. */
    public function ambiguous(array $people): void
    {
        foreach ($people as $id => $person) {
            $this->counts['review']++;
            Issues::report($this->context, [self::issue('customer-ambiguous', (string) $id, (string) $person['name'])], self::SOURCE);
        }
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    private function carryOut(array $plan, array $pair): void
    {
        switch ($plan['turn']) {
            case 'update':
                $this->update($plan, $pair);
                break;
            case 'make-user':
                $this->makeUser($plan, $pair);
                break;
            case 'make-customer':
                $this->makeCustomer($plan, $pair);
                break;
            default:
                $this->counts[$plan['turn'] === 'review' ? 'review' : 'unchanged']++;
                $this->say($plan, $pair, []);
        }
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    private function update(array $plan, array $pair): void
    {
        $rows = [];
        if (($plan['body'] ?? '') !== '') {
            $rows = $this->asking->write('put', '/customers/' . $plan['remote_id'], (string) $plan['body'], 'read_customer', 'customers');
        }
        $this->store($plan, $pair, $rows, (int) $plan['user_id'], (string) $plan['remote_id'], function () use ($plan): ?\WP_Error {
            $values = array_column($plan['to_site'] ?? [], 'value', 'name');

            return $values === [] ? null : Users::write((int) $plan['user_id'], $values);
        });
        $this->counts['updated']++;
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    private function makeUser(array $plan, array $pair): void
    {
        $trouble = null;
        Commit::run($this->context->fence(), function () use ($plan, $pair, &$trouble): void {
            $user = Users::make((string) $plan['remote_id'], $plan['to_site'] ?? []);
            if (is_wp_error($user)) {
                $trouble = $user;

                return;
            }
            $trouble = null;
            $this->context->fence()->stands();
            CustomerLinks::keep($this->context->connectionId(), $user, (string) $plan['remote_id'], $plan['fields'] ?? [], true, $this->context->now());
            $this->history($plan, $pair, $user, (string) $plan['remote_id']);
        }, [Caches::class, 'unsure']);
        if ($trouble !== null) {
            $this->counts['review']++;
            $this->say($plan, $pair, [self::issue('customer-not-written', self::idOf($plan), self::labelOf($pair), [['name' => 'detail', 'value' => wp_strip_all_tags($trouble->get_error_message())]])]);

            return;
        }
        $this->counts['created']++;
        $this->say($plan, $pair, []);
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    private function makeCustomer(array $plan, array $pair): void
    {
        $rows = $this->asking->write('post', '/customers', (string) $plan['body'], 'read_customer', 'customers');
        $remote = (string) ($rows[0]['id'] ?? '');
        if ($remote === '') {
            return;
        }
        $this->store($plan, $pair, $rows, (int) $plan['user_id'], $remote, static function (): ?\WP_Error {
            return null;
        });
        $this->counts['created']++;
    }

    /**
     * @param array<string, mixed>             $plan
     * @param array<string, mixed>             $pair
     * @param array<int, array<string, mixed>> $rows What the POS has now.
     * @param callable(): ?\WP_Error           $write The site's part.
     */
    private function store(array $plan, array $pair, array $rows, int $user, string $remote, callable $write): void
    {
        $trouble = null;
        Commit::run($this->context->fence(), function () use ($plan, $pair, $rows, $user, $remote, $write, &$trouble): void {
            $trouble = $write();
            $this->context->fence()->stands();
            $connection = $this->context->connectionId();
            Customers::write($connection, array_column($rows, null, 'id'), $this->asking->asOf());
            CustomerLinks::keep($connection, $user, $remote, $plan['fields'] ?? [], $plan['turn'] === 'make-customer', $this->context->now());
            $this->history($plan, $pair, $user, $remote);
        }, [Caches::class, 'unsure']);
        $issues = $trouble === null ? [] : [self::issue('customer-not-written', self::idOf($plan), self::labelOf($pair), [['name' => 'detail', 'value' => wp_strip_all_tags($trouble->get_error_message())]])];
        $this->say($plan, $pair, $issues);
    }

    /**
     * @param array<string, mixed> $plan
     * @param array<string, mixed> $pair
     */
    private function history(array $plan, array $pair, int $user, string $remote): void
    {
        $before = array_column($pair['fields'] ?? [], 'shop', 'field');
        $entries = [];
        foreach ($plan['to_site'] ?? [] as $change) {
            $entries[] = ['field' => 'customer-' . $change['name'], 'before_value' => $before[$change['name']] ?? '', 'after_value' => $change['value']];
        }
        if (($plan['body'] ?? '') !== '') {
            $entries[] = ['field' => 'customer-sent', 'before_value' => null, 'after_value' => (string) $plan['body']];
        }
        $common = ['remote_kind' => 'customer', 'remote_id' => $remote, 'shop_id' => $user, 'label' => self::labelOf($pair), 'reason' => $plan['reason']];
        History::add($this->context, array_map(static function (array $entry) use ($common): array {
            return $entry + $common;
        }, $entries));
    }

    /**
     * @param array<string, mixed>             $plan
     * @param array<string, mixed>             $pair
     * @param array<int, array<string, mixed>> $more
     */
    private function say(array $plan, array $pair, array $more): void
    {
        $issues = array_merge($plan['issues'] ?? [], $more);
        Issues::report($this->context, $issues, self::SOURCE);
        $ids = array_filter([(string) ($pair['customer']['id'] ?? ''), (string) ($pair['user']['user_id'] ?? '')], 'strlen');
        Issues::close($this->context, array_values($ids), $issues, ['customer'], self::SOURCE);
    }

    /** @param array<string, mixed> $plan */
    private static function idOf(array $plan): string
    {
        return (string) ($plan['remote_id'] === '' ? $plan['user_id'] : $plan['remote_id']);
    }

    /** @param array<string, mixed> $pair */
    private static function labelOf(array $pair): string
    {
        return (string) ($pair['customer']['name'] ?? $pair['user']['name'] ?? '');
    }

    /**
     * @param array<string, mixed> $failure
     * @return array<int, array{name: string, value: string}>
     */
    private static function causes(array $failure): array
    {
        return array_merge([['name' => 'cause', 'value' => (string) $failure['code']]], $failure['params'] ?? []);
    }

    /**
     * @param array<int, array{name: string, value: string}> $params
     * @return array<string, mixed> An Issue record.
     */
    private static function issue(string $code, string $id, string $label, array $params = []): array
    {
        return ['code' => $code, 'params' => $params, 'severity' => 'review', 'item' => ['kind' => 'customer', 'id' => $id, 'label' => $label]];
    }
}

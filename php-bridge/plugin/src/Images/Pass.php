<?php

declare(strict_types=1);

namespace Dongbo\Images;

use Dongbo\Connection\Settings;
use Dongbo\Lanes\Budget;
use Dongbo\Lanes\Commit;
use Dongbo\Lanes\Fence;
use Dongbo\Lanes\Slice;
use Dongbo\Lanes\TransactionLost;
use Dongbo\Shop\Caches;
use Dongbo\Shop\Images as ShopImages;
use Dongbo\Shop\Refused;
use Dongbo\Sync\SyncContext;
use Dongbo\Sync\Transaction;
use Dongbo\Tables\Clock;
use Dongbo\Tables\History;
use Dongbo\Tables\Images;
use Dongbo\Tables\Issues;
use Dongbo\Tables\Pictures;
use Dongbo\Tables\Runs;

/**
 * One slice of a pass over the products' images (product.md B11): those that may have changed are
 * gathered, the rules say what to fetch and, asked again, what to write. What was fetched is kept at
 * once, so a slice that is cut goes on behind it.
 */
final class Pass
{
    /** Products planned together. */
    private const PRODUCTS = 30;

    /** Seconds any image is given, also at a slice's end: with them a slice stays below what hosts cut. */
    private const LEAST = 3;

    /** @var array<string, mixed> */
    private array $run;

    private Fence $fence;
    private Budget $budget;
    private SyncContext $context;
    private string $settings;

    /** Images fetched in this slice. */
    private int $fetched = 0;

    /**
     * @param array<string, mixed> $connection
     * @param array<string, mixed> $run
     */
    public function __construct(array $connection, array $run, Fence $fence, Budget $budget, int $actor)
    {
        $this->run = $run;
        $this->fence = $fence;
        $this->budget = $budget;
        $settings = Settings::forRules((array) ($connection['settings'] ?? []));
        $this->context = new SyncContext($connection['id'], $settings, (int) $connection['settings_revision'], $run['id'], $fence, $actor);
        $this->settings = (string) wp_json_encode([$settings['images'] ?? null, $settings['policies']['images'] ?? null]);
    }

    /** Works until every product was looked at or the budget is spent. */
    public function work(): Slice
    {
        $after = (int) $this->run['cursor_key'];
        while (!$this->budget->spent()) {
            $due = Pictures::due($this->context->connectionId(), $after, $this->settings, self::PRODUCTS);
            if ($due === []) {
                Runs::update($this->run['id'], ['ended' => Clock::now(), 'outcome' => 'done', 'phase' => 'done']);

                return new Slice(Slice::DONE);
            }
            if (!$this->page($due)) {
                return new Slice(Slice::MORE);
            }
            $after = (int) array_key_last($due);
            $this->run['done'] += count($due);
            Runs::update($this->run['id'], ['cursor_key' => (string) $after, 'done' => $this->run['done'], 'phase' => 'images']);
            Caches::release();
        }

        return new Slice(Slice::MORE);
    }

    /**
     * @param array<int, array<string, mixed>> $due By link id.
     *
     * @return bool All of them were dealt with.
     */
    private function page(array $due): bool
    {
        $gather = new Gather($this->context);
        $products = $gather->products($due);
        $plans = $gather->plan($products);
        while (($fetches = self::fetches($plans)) !== []) {
            foreach ($fetches as $url => $fetch) {
                if ($this->budget->spent() || !$this->fetch((string) $url, $fetch)) {
                    return false;
                }
            }
            $before = count($fetches);
            $plans = $gather->plan($products);
            if (count(self::fetches($plans)) >= $before) {
                // Kept, and yet wanted again: nothing is gained by asking for ever.
                break;
            }
        }
        $this->settle($due, $products, $plans);

        return true;
    }

    /**
     * @param array<int, array<string, mixed>> $plans
     *
     * @return array<string, array{again: bool, changed: int, title: string, largest: int}> By address.
     */
    private static function fetches(array $plans): array
    {
        $fetches = [];
        foreach ($plans as $plan) {
            foreach ($plan['fetch'] ?? [] as $fetch) {
                $fetches[$fetch['url']] = ['again' => $fetch['again'] ?? false, 'changed' => $fetch['changed'] ?? 0, 'title' => $plan['title'], 'largest' => $plan['largest']];
            }
        }

        return $fetches;
    }

    /**
     * @param array{again: bool, changed: int, title: string, largest: int} $fetch
     *
     * @return bool False when a slow server had less time than it may take: the next slice begins with it.
     */
    private function fetch(string $url, array $fetch): bool
    {
        $first = $this->fetched++ === 0;
        $seconds = min(Download::SECONDS, max(self::LEAST, (int) $this->budget->timeLeft()));
        $connection = $this->context->connectionId();
        $checked = max(Clock::now(), $fetch['changed']);
        $validators = $fetch['again'] ? Images::validators($connection, $url) : null;
        $began = microtime(true);
        $got = Download::get($url, $validators, $fetch['largest'], $seconds);
        $cut = $seconds < Download::SECONDS && microtime(true) - $began >= $seconds - 0.5;
        if (!$first && $cut && ($got['refusal'] ?? '') === 'unreachable') {
            return false;
        }
        if (isset($got['file'])) {
            // Images can exhaust a small host's memory: whoever dies here must not begin anew for ever.
            Images::refused($connection, $url, $checked, 'not-kept');
            $content = (string) md5_file($got['file']);
            $attachment = Library::keep($got['file'], (string) $got['type'], $content, $fetch['title']);
            if ($attachment !== 0) {
                Images::kept($connection, $url, $checked, $content, $attachment, ['etag' => $got['etag'], 'last_modified' => $got['last_modified']]);
            }

            return true;
        }
        if (isset($got['unchanged'])) {
            Images::unchanged($connection, $url, $checked);
        } elseif (isset($got['refusal'])) {
            Images::refused($connection, $url, $checked, $got['refusal']);
        }

        return true;
    }

    /**
     * @param array<int, array<string, mixed>> $due
     * @param array<int, array<string, mixed>> $products
     * @param array<int, array<string, mixed>> $plans
     */
    private function settle(array $due, array $products, array $plans): void
    {
        $looked = [];
        $issues = [];
        foreach ($plans as $link => $plan) {
            $issues = array_merge($issues, $plan['issues'] ?? []);
            if (isset($plan['write'])) {
                $issues = array_merge($issues, $this->write($products[$link], $plan));
            }
            $looked[$link] = [
                'kind' => (string) $due[$link]['kind'],
                'remote_id' => (string) $due[$link]['remote_id'],
                'last' => isset($plan['remember']) ? (string) wp_json_encode($plan['remember'], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) : $due[$link]['last'],
                'next' => $plan['next'] ?? null,
            ];
        }
        Commit::run($this->fence, function () use ($looked, $issues, $due): void {
            Pictures::looked($this->context->connectionId(), $this->settings, $looked);
            Issues::report($this->context, $issues, 'images');
            Issues::close($this->context, array_column($due, 'remote_id'), $issues, ['good', 'family'], 'images');
        });
    }

    /**
     * @param array<string, mixed> $product
     * @param array<string, mixed> $plan
     *
     * @return array<int, array<string, mixed>> Issues of the writing.
     */
    private function write(array $product, array $plan): array
    {
        $transaction = Transaction::begin($this->fence);
        try {
            ShopImages::show($product['shop_id'], $plan['write']);
            History::add($this->context, [[
                'remote_kind' => $plan['kind'],
                'remote_id' => $plan['remote_id'],
                'shop_id' => $product['shop_id'],
                'label' => $product['record']['label'],
                'field' => 'images',
                'before_value' => self::text($product['record']['shop']),
                'after_value' => self::text($plan['write']),
                'reason' => $plan['reason'],
            ]]);
            $transaction->commit();
            Caches::committed([$product['shop_id']]);
        } catch (TransactionLost $lost) {
            $transaction->rollBack();
            Caches::rolledBack([$product['shop_id']]);

            throw $lost;
        } catch (\Throwable $trouble) {
            $transaction->rollBack();
            Caches::rolledBack([$product['shop_id']]);
            $refused = $trouble instanceof Refused ? $trouble : new Refused('write-failed', ['cause' => $trouble->getMessage()], $trouble);

            return [self::issue($product, $refused)];
        }

        return [];
    }

    /** @param array{main?: int, gallery?: int[]} $shown */
    private static function text(array $shown): string
    {
        return implode(',', array_filter(array_merge([$shown['main'] ?? 0], $shown['gallery'] ?? [])));
    }

    /**
     * @param array<string, mixed> $product
     *
     * @return array<string, mixed>
     */
    private static function issue(array $product, Refused $refused): array
    {
        $params = [];
        foreach ($refused->values() as $name => $value) {
            $params[] = ['name' => $name, 'value' => $value];
        }

        return [
            'code' => $refused->issue(),
            'params' => $params,
            'item' => ['kind' => $product['record']['kind'], 'id' => $product['record']['remote_id'], 'label' => $product['record']['label']],
            'severity' => 'review',
        ];
    }
}

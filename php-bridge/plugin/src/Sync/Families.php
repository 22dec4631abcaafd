<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Shop\Brands;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Reader;
use Dongbo\Shop\Texts;
use Dongbo\Tables\CategoryLinks;
use Dongbo\Tables\Holds;
use Dongbo\Tables\Links;
use Dongbo\Tables\Query;
use Dongbo\Tables\Rows;

/**
 * Gathers what the plans of families need, and tells whether any of it has changed.
 *
 * A dozen statements for a hundred families. The digest of a family is over its whole input, so
 * that nothing has to be remembered about who changed what: a family is planned again exactly when
 * something its plan could depend on is different.
 */
final class Families
{
    /** Part of every digest: raise it when what is gathered changes. */
    private const FORM = 2;

    private SyncContext $context;
    private Mirror $mirror;
    private Reader $reader;
    private Origins $origins;
    private PendingOrders $pending;

    /** @var array<string, mixed>|null */
    private ?array $shared = null;

    private string $sharedDigest = '';

    private string $sharedPrint = '';

    public function __construct(SyncContext $context, Mirror $mirror, Reader $reader, Origins $origins)
    {
        $this->context = $context;
        $this->mirror = $mirror;
        $this->reader = $reader;
        $this->origins = $origins;
        $this->pending = new PendingOrders($context);
    }

    /**
     * A GoodsInput record for these families.
     *
     * @param array<string, Gathered> $families
     *
     * @return array<string, mixed>
     */
    public function input(array $families): array
    {
        $inputs = [];
        foreach ($families as $family) {
            $inputs[] = $family->input;
        }

        return ['now' => $this->context->now(), 'families' => $inputs] + $this->shared();
    }

    /**
     * Whatever is read here stands in {@see Prints} too, else a change of it would not be seen.
     *
     * @param string[] $keys
     *
     * @return array<string, Gathered> By key, in the order given.
     */
    public function gather(array $keys): array
    {
        $keys = array_map('strval', $keys);
        $this->pending->forget();
        $goods = $this->mirror->goodsOf($keys);
        $links = $this->links($goods);
        $ids = array_column(array_merge([], ...array_values($goods)), 'id');
        $prices = $this->mirror->prices($this->books(), $ids);
        $materials = $this->materials($goods);
        $twins = $this->mirror->bySkuKey(array_filter(array_column(array_merge([], ...array_values($goods)), 'sku_key'), 'strlen'));
        $shop = $this->shop($goods, $links);
        $holds = Holds::of($this->context->connectionId(), array_map('strval', $ids));

        $gathered = [];
        foreach ($keys as $key) {
            if (!isset($goods[$key])) {
                continue;
            }
            $family = $goods[$key];
            $input = [
                'key' => $key,
                'goods' => $family,
                'prices' => self::pick($prices, array_column($family, 'id')),
                'materials' => array_values(array_intersect_key($materials, array_flip(self::materialIds($family)))),
                'links' => array_column($links[$key], 'link'),
                'shop' => $shop[$key],
                'twins' => self::twins($twins, $family),
                'holds' => self::pick($holds, array_column($family, 'id')),
            ];
            $pending = $this->pending->of(array_merge(array_map('strval', array_column($family, 'id')), self::materialIds($family)));
            if ($pending !== null) {
                $input['pending'] = $pending;
            }
            $rows = [];
            foreach ($links[$key] as $row) {
                $rows[$row['link']['kind'] . ':' . $row['link']['remote_id']] = $row;
            }
            $gathered[$key] = new Gathered($key, $input, $rows, $this->digest($input));
        }

        return $gathered;
    }

    /** A link was dropped: looks again for products without one. */
    public function forgetOrigins(): void
    {
        $this->origins->forget();
    }

    /**
     * What all families of a slice share.
     *
     * @return array<string, mixed>
     */
    private function shared(): array
    {
        if ($this->shared === null) {
            $connection = $this->context->connectionId();
            $this->shared = [
                'settings' => $this->context->settings(),
                'branches' => Rows::all($connection, 'branches'),
                'books' => Rows::all($connection, 'books'),
                'category_links' => array_values(CategoryLinks::all($connection)),
                'categories' => $this->categories(),
                'restructure' => true,
                'brands' => Brands::known(),
            ];
            $this->sharedDigest = md5(self::FORM . $this->context->rulesVersion() . $this->context->settingsRevision()
                . self::json([$this->settings(), $this->shared['branches'], $this->shared['books'], $this->shared['categories'], $this->shared['brands']]));
        }

        return $this->shared;
    }

    /**
     * The settings as far as plans depend on them: who started a run matters only where a direction is
     * taken by hand (A5).
     *
     * @return array<string, mixed>
     */
    private function settings(): array
    {
        $settings = $this->context->settings();
        if (!in_array('by-hand', $settings['directions'] ?? [], true)) {
            unset($settings['by_hand']);
        }

        return $settings;
    }

    /**
     * The POS's category tree, where goods are selected by it (B6).
     *
     * @return array<int, array<string, mixed>>
     */
    private function categories(): array
    {
        $mode = $this->context->settings()['selection']['mode'] ?? '';

        return $mode === 'categories' ? Rows::all($this->context->connectionId(), 'categories') : [];
    }

    /** What all families share, in short: another one means that any of them may be planned otherwise. */
    public function sharedPrint(): string
    {
        if ($this->sharedPrint === '') {
            $links = $this->shared()['category_links'];
            $this->sharedPrint = md5($this->sharedDigest . self::json($links));
        }

        return $this->sharedPrint;
    }

    /**
     * What orders hold of these goods.
     *
     * @param string[] $goods
     *
     * @return array<int, array<string, mixed>>|null {@see PendingOrders::of}
     */
    public function pendingOf(array $goods): ?array
    {
        return $this->pending->of($goods);
    }

    /** @return string[] The chosen price books. */
    public function books(): array
    {
        $settings = $this->context->settings();

        $chosen = array_merge([$settings['regular_book'] ?? '', $settings['sale_book'] ?? ''], array_column($settings['role_books'] ?? [], 'book'));

        return array_values(array_unique(array_filter(array_map('strval', $chosen), 'strlen')));
    }

    /**
     * The links of each family: of its rows, of its own products, and of rows the mirror no longer has.
     *
     * The link of a row that has moved to another family is planned there.
     *
     * @param array<string, array<int, array<string, mixed>>> $goods
     *
     * @return array<string, array<int, array{id: int, created_here: bool, link: array<string, mixed>}>>
     */
    private function links(array $goods): array
    {
        $home = [];
        foreach ($goods as $key => $family) {
            foreach ($family as $good) {
                $home[(string) $good['id']] = (string) $key;
            }
        }
        $rows = $this->linkRows($goods, $home);
        $families = array_combine(array_keys($goods), array_map('strval', array_keys($goods)));
        $absent = [];
        foreach ($rows as $row) {
            $link = $row['link'];
            if ($link['kind'] !== 'good') {
                continue;
            }
            if (isset($home[$link['remote_id']])) {
                // The oldest link of a row decides where a family's own product belongs.
                $families += [self::base($link['family']) => $home[$link['remote_id']]];
            } else {
                $absent[] = $link['remote_id'];
            }
        }
        $elsewhere = $this->mirror->known($absent);

        $links = array_fill_keys(array_keys($goods), []);
        foreach ($rows as $row) {
            $link = $row['link'];
            $good = $link['kind'] === 'good';
            if ($good && isset($elsewhere[$link['remote_id']])) {
                continue;
            }
            $key = $good ? $home[$link['remote_id']] ?? null : null;
            $key = $key ?? $families[self::base($link['family'])] ?? null;
            if ($key !== null) {
                $links[$key][] = $row;
            }
        }

        return $links;
    }

    /**
     * @param array<string, array<int, array<string, mixed>>> $goods
     * @param array<string, string>                           $home  Family by row.
     *
     * @return array<int, array{id: int, created_here: bool, link: array<string, mixed>}> Oldest first.
     */
    private function linkRows(array $goods, array $home): array
    {
        $connection = $this->context->connectionId();
        $keys = array_map('strval', array_keys($goods));
        $rows = Links::of($connection, array_map('strval', array_keys($home)), $keys);
        $named = array_map([self::class, 'base'], array_column(array_column($rows, 'link'), 'family'));
        $rows += Links::of($connection, [], array_values(array_diff($named, $keys)));
        $withUnits = array_keys(array_filter($goods, static function (array $family): bool {
            return array_filter(array_column($family, 'base_id'), 'is_scalar') !== [];
        }));
        $rows += Links::ofUnits($connection, array_merge(array_map('strval', $withUnits), array_values(array_diff($named, $keys))));
        ksort($rows);

        return $rows;
    }

    /** The own id without its unit level. */
    private static function base(string $family): string
    {
        return explode('|', $family, 2)[0];
    }

    /**
     * What the shop holds of each family.
     *
     * @param array<string, array<int, array<string, mixed>>>                                          $goods
     * @param array<string, array<int, array{id: int, created_here: bool, link: array<string, mixed>}>> $links
     *
     * @return array<string, array<int, array<string, mixed>>> ShopProduct records by family.
     */
    private function shop(array $goods, array $links): array
    {
        $skus = [];
        $wanted = [];
        foreach ($goods as $key => $family) {
            $origins = ['family:' . $key];
            foreach ($family as $good) {
                $origins[] = 'good:' . $good['id'];
                foreach ([$good['code'] ?? '', $good['sku_key'] ?? ''] as $sku) {
                    if ($sku !== '') {
                        $skus[$key][Texts::loose((string) $sku)] = (string) $sku;
                    }
                }
            }
            foreach ($links[$key] as $row) {
                $origins[] = 'family:' . self::base($row['link']['family']);
            }
            $wanted[$key] = array_merge(
                array_column(array_column($links[$key], 'link'), 'shop_id'),
                $this->origins->orphansOf(array_unique($origins))
            );
        }
        $holders = array_fill_keys(array_keys($goods), []);
        $candidates = $this->reader->bySkus(array_merge([], ...array_map('array_values', array_values($skus))));
        foreach ($candidates as $id => $sku) {
            foreach ($skus as $key => $own) {
                if (isset($own[Texts::loose($sku)])) {
                    $holders[$key][] = $id;
                }
            }
        }

        return $this->distribute($wanted, $holders, $links);
    }

    /**
     * @param array<string, int[]>                                                                      $wanted  Linked, or made for the family.
     * @param array<string, int[]>                                                                      $holders With an SKU of the family.
     * @param array<string, array<int, array{id: int, created_here: bool, link: array<string, mixed>}>> $links
     *
     * @return array<string, array<int, array<string, mixed>>>
     */
    private function distribute(array $wanted, array $holders, array $links): array
    {
        $ids = array_merge([], ...array_values($wanted), ...array_values($holders));
        $products = $this->reader->byIds($this->reader->withFamilies($ids));
        $linked = Links::ofProducts($this->context->connectionId(), array_keys($products));
        $wants = $this->wanted($holders, $linked, $links);
        $children = [];
        foreach ($products as $id => $product) {
            if ($product['parent'] > 0) {
                $children[$product['parent']][] = $id;
            }
        }
        $shop = [];
        foreach ($wanted as $key => $ids) {
            $own = array_flip(array_column(array_column($links[$key], 'link'), 'shop_id'));
            foreach ($holders[$key] as $id) {
                // Another row's product is shown with its SKU, but not with its family.
                $ids[] = isset($linked[$id]) && !isset($own[$id]) ? -$id : $id;
            }
            $all = [];
            foreach ($ids as $id) {
                $top = ($products[$id]['parent'] ?? 0) > 0 ? $products[$id]['parent'] : $id;
                foreach ($id < 0 ? [-$id] : array_merge([$id, $top], $children[$top] ?? []) as $one) {
                    if (isset($products[$one])) {
                        $elsewhere = isset($linked[$one]) && !isset($own[$one]) ? ['linked_to' => $linked[$one]] + array_intersect_key(['linked_sku' => $wants[$one] ?? ''], isset($wants[$one]) ? ['linked_sku' => 1] : []) : [];
                        $all[$one] = $products[$one] + $elsewhere;
                    }
                }
            }
            ksort($all);
            $shop[$key] = array_values($all);
        }

        return $shop;
    }

    /**
     * The SKUs that products of other families are to have, by product: where two goods swapped
     * theirs, the rules must know. One that two goods want is nobody's.
     *
     * @param array<string, int[]>                                                                      $holders With an SKU of the family.
     * @param array<int, string>                                                                        $linked  POS id by product.
     * @param array<string, array<int, array{id: int, created_here: bool, link: array<string, mixed>}>> $links
     *
     * @return array<int, string>
     */
    private function wanted(array $holders, array $linked, array $links): array
    {
        $others = [];
        foreach ($holders as $key => $ids) {
            $own = array_flip(array_column(array_column($links[$key], 'link'), 'shop_id'));
            $others += array_intersect_key($linked, array_diff_key(array_flip($ids), $own));
        }
        if ($others === []) {
            return [];
        }
        $active = Links::active($this->context->connectionId(), array_keys($others));
        $rows = $this->mirror->goodsById(array_values(array_intersect_key($others, $active)));
        $same = $this->mirror->bySkuKey(array_filter(array_column($rows, 'sku_key'), 'strlen'));
        $wants = [];
        foreach (array_intersect_key($others, $active) as $product => $good) {
            $sku = (string) ($rows[$good]['sku_key'] ?? '');
            if (isset($rows[$good]) && empty($rows[$good]['deleted']) && count($same[$sku] ?? []) < 2) {
                $wants[$product] = $sku;
            }
        }

        return $wants;
    }

    /**
     * @param array<string, array<int, array<string, mixed>>> $goods
     *
     * @return array<string, array<string, mixed>>
     */
    private function materials(array $goods): array
    {
        $ids = [];
        foreach ($goods as $family) {
            $ids = array_merge($ids, self::materialIds($family));
        }

        return $ids === [] ? [] : $this->mirror->goodsById($ids);
    }

    /**
     * @param array<int, array<string, mixed>> $family
     *
     * @return string[]
     */
    private static function materialIds(array $family): array
    {
        $ids = [];
        foreach ($family as $good) {
            foreach ($good['materials'] ?? [] as $material) {
                $ids[] = (string) $material['id'];
            }
        }

        return array_values(array_unique($ids));
    }

    /**
     * @param array<string, array<int, array<string, mixed>>> $lists
     * @param string[]                                        $ids
     *
     * @return array<int, array<string, mixed>>
     */
    private static function pick(array $lists, array $ids): array
    {
        return array_merge([], ...array_values(array_intersect_key($lists, array_flip($ids))));
    }

    /**
     * @param array<string, array<int, array<string, string>>> $bySku
     * @param array<int, array<string, mixed>>                 $family
     *
     * @return array<int, array<string, string>> Twin records.
     */
    private static function twins(array $bySku, array $family): array
    {
        $own = array_flip(array_column($family, 'id'));
        $twins = [];
        foreach (array_unique(array_column($family, 'sku_key')) as $sku) {
            foreach ($bySku[(string) $sku] ?? [] as $row) {
                if (!isset($own[$row['remote_id']])) {
                    unset($row['family_key']);
                    $twins[] = $row;
                }
            }
        }

        return $twins;
    }

    /** @param array<string, mixed> $input */
    private function digest(array $input): string
    {
        $categories = array_flip(array_filter(array_column($input['goods'], 'category_id'), 'is_scalar'));
        $terms = [];
        foreach ($this->shared()['category_links'] as $link) {
            if (isset($categories[$link['remote_id']])) {
                $terms[] = [$link['remote_id'], $link['term_id'], $link['term_gone']];
            }
        }

        return md5($this->sharedDigest . self::json([$input, $terms]));
    }

    /** @param array<int|string, mixed> $value */
    private static function json(array $value): string
    {
        // A byte that is not UTF-8 in some old post must not make all digests equal.
        return (string) json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\Control;

use Dongbo\Linking\Pairing;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Connections;
use Dongbo\Tables\History;
use Dongbo\Tables\Links;
use Dongbo\Tables\Schema;

/**
 * What a person does with one good (product.md H4, B4, B14). Each leaves its entry in the history;
 * what becomes of the product is for the next plan to say.
 *
 * A good without a link is left out by the selection (B6), one with a link by the link's state.
 */
final class GoodActions
{
    public const MANY = ['pause', 'resume', 'exclude', 'include', 'unlink', 'sync', 'take-back'];

    private SyncContext $context;

    /** @var array<string, mixed> */
    private array $connection;

    /** @var array<string, true> Goods the selection leaves out by name. */
    private array $except;

    /** @var array<string, true>|null As it was. */
    private ?array $before = null;

    /** @var string[] Goods that a run has to look at now. */
    private array $again = [];

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection, SyncContext $context)
    {
        $this->connection = $connection;
        $this->context = $context;
        $this->except = array_fill_keys(array_map('strval', (array) ($connection['settings']['selection']['except'] ?? [])), true);
        $this->before = $this->except;
    }

    /**
     * @param int  $shopId The product, for `link`.
     * @param bool $move   A good that is linked already moves to that product.
     * @return array{code: string, params: array<string, string>}|null Why not.
     */
    public function act(string $action, string $id, int $shopId = 0, bool $move = false): ?array
    {
        $good = $this->good($id);
        if ($good === null) {
            return self::because('good-unknown');
        }
        switch ($action) {
            case 'pause':
                return $this->state($good, 'paused');
            case 'resume':
                return $this->state($good, 'active');
            case 'exclude':
                return $this->exclude($good);
            case 'include':
                return $this->include($good);
            case 'unlink':
                return $this->unlink($good);
            case 'link':
                return $this->link($good, $shopId, $move);
            case 'take-back':
                return $this->takeBack($good);
            default:
                $this->again[] = $id;

                return null;
        }
    }

    /**
     * Keeps the selection, and starts the run that carries out what was asked.
     *
     * @return int|null The run.
     */
    public function finish(): ?int
    {
        if ($this->except !== $this->before) {
            $settings = $this->connection['settings'];
            $settings['selection'] = ['except' => array_map('strval', array_keys($this->except))] + (array) ($settings['selection'] ?? []);
            Connections::saveSettings($this->connection['id'], $settings);
        }

        return $this->again === [] ? null : Again::goods($this->connection['id'], $this->again);
    }

    /**
     * @param array<string, mixed> $good
     * @return array{code: string, params: array<string, string>}|null
     */
    private function state(array $good, string $state): ?array
    {
        if ($good['link'] === null) {
            return self::because('good-not-linked');
        }
        if ($good['state'] === $state) {
            return null;
        }
        Links::setState($this->connection['id'], (int) $good['link'], $state);
        $this->record($good, 'link_state', (string) $good['state'], $state);
        if ($state === 'active') {
            $this->again[] = (string) $good['id'];
        }

        return null;
    }

    /** @param array<string, mixed> $good @return array{code: string, params: array<string, string>}|null */
    private function exclude(array $good): ?array
    {
        if ($good['link'] !== null) {
            return $this->state($good, 'excluded');
        }
        $this->except[$good['id']] = true;
        $this->record($good, 'selection', null, 'excluded');

        return null;
    }

    /** @param array<string, mixed> $good @return array{code: string, params: array<string, string>}|null */
    private function include(array $good): ?array
    {
        if (isset($this->except[$good['id']])) {
            unset($this->except[$good['id']]);
            $this->record($good, 'selection', 'excluded', null);
            $this->again[] = (string) $good['id'];
        }

        return $good['link'] === null ? null : $this->state($good, 'active');
    }

    /**
     * The good is left out from now on: by its SKU the next run would link it again.
     *
     * @param array<string, mixed> $good
     * @return array{code: string, params: array<string, string>}|null
     */
    private function unlink(array $good): ?array
    {
        if ($good['link'] === null) {
            return self::because('good-not-linked');
        }
        Links::drop((int) $good['link']);
        $this->except[$good['id']] = true;
        $this->record($good, 'unlinked', (string) $good['shop_id'], null);

        return null;
    }

    /** @param array<string, mixed> $good @return array{code: string, params: array<string, string>}|null */
    private function link(array $good, int $shopId, bool $move): ?array
    {
        $pairing = new Pairing($this->context);
        $pairs = [['line' => 1, 'good_id' => (string) $good['id'], 'shop_id' => $shopId]];
        $verdict = $pairing->carryOut($pairing->judge($pairs, [], $move))[0];
        if ($verdict['deed'] === 'refuse') {
            return self::because((string) $verdict['reason']['code'], array_column($verdict['reason']['params'] ?? [], 'value', 'name'));
        }
        unset($this->except[$good['id']]);
        $this->again[] = (string) $good['id'];

        return null;
    }

    /**
     * What was removed on the site by hand comes back: from the trash, or made anew (B14).
     *
     * @param array<string, mixed> $good
     * @return array{code: string, params: array<string, string>}|null
     */
    private function takeBack(array $good): ?array
    {
        $status = $good['link'] === null ? false : get_post_status((int) $good['shop_id']);
        if ($status === 'trash') {
            wp_untrash_post((int) $good['shop_id']);
            $this->record($good, 'status', 'trash', (string) get_post_status((int) $good['shop_id']));
        } elseif ($good['link'] !== null && $status === false) {
            Links::drop((int) $good['link']);
            $this->record($good, 'unlinked', (string) $good['shop_id'], null);
        } else {
            return $this->include($good);
        }
        $this->again[] = (string) $good['id'];

        return null;
    }

    /** @return array<string, mixed>|null */
    private function good(string $id): ?array
    {
        global $wpdb;
        $sql = "SELECT g.remote_id AS id, g.family_key AS family, g.`row`, l.id AS link, l.shop_id, l.state FROM %i g
            LEFT JOIN %i l ON l.connection_id = g.connection_id AND l.kind = 'good' AND l.remote_id = g.remote_id
            WHERE g.connection_id = %d AND g.remote_id = %s";
        $row = $wpdb->get_row($wpdb->prepare($sql, Schema::table('good'), Schema::table('link'), $this->connection['id'], $id), ARRAY_A);
        if (!is_array($row)) {
            return null;
        }
        $good = (array) json_decode((string) $row['row'], true);
        $row['label'] = trim(($good['code'] ?? '') . ' · ' . ($good['full_name'] ?? ''), ' ·');

        return $row;
    }

    /** @param array<string, mixed> $good */
    private function record(array $good, string $field, ?string $before, ?string $after): void
    {
        History::add($this->context, [[
            'remote_kind' => 'good',
            'remote_id' => $good['id'],
            'shop_id' => (int) ($good['shop_id'] ?? 0),
            'label' => $good['label'],
            'field' => $field,
            'before_value' => $before,
            'after_value' => $after,
            'reason' => 'by-hand',
        ]]);
    }

    /**
     * @param array<string, string> $params
     * @return array{code: string, params: array<string, string>}
     */
    private static function because(string $code, array $params = []): array
    {
        return ['code' => $code, 'params' => $params];
    }
}

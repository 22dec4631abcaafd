<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Control\ByHand;
use Dongbo\Report\Said;
use Dongbo\Sync\SyncContext;
use Dongbo\Tables\Connections;

/**
 * Brings a file of links in (product.md B4): looked at as a whole, carried out in parts. Each line is
 * told with what becomes of it; a bad one is named by its number and stops no other.
 */
final class LinkImport
{
    /** @var array<string, mixed> */
    private array $connection;

    private bool $moving;

    /** @param array<string, mixed> $connection */
    public function __construct(array $connection, bool $moving)
    {
        $this->connection = $connection;
        $this->moving = $moving;
    }

    /**
     * @param int  $from Lines before this place were carried out by earlier requests.
     * @param bool $dry  Only tell.
     * @return array<string, mixed> `LinksImported` of js/admin/rest.d.ts.
     */
    public function run(string $text, int $from, bool $dry): array
    {
        $list = LinkFile::read($text);
        if (isset($list['refused'])) {
            return ['refused' => Said::of($list['refused']['code'], $list['refused']['params'] ?? [])] + self::answer([], [], 0, 0);
        }
        $verdicts = (new Pairing(ByHand::looking($this->connection)))->judge($list['pairs'], $list['keys'], $this->moving);
        $total = count($verdicts);
        $verdicts = array_slice($verdicts, $from, Pairing::AT_ONCE);
        if (!$dry && $verdicts !== []) {
            $verdicts = ByHand::run($this->connection, 'goods', static function (SyncContext $context) use ($verdicts): array {
                return (new Pairing($context))->carryOut($verdicts);
            });
            $this->select($verdicts);
        }

        return self::answer($from === 0 ? $list['odd'] : [], $verdicts, $total, $from + count($verdicts));
    }

    /**
     * What was unlinked is left out from now on, else the next run would link it again by its SKU; what
     * was linked is not (B6).
     *
     * @param array<int, array<string, mixed>> $verdicts
     */
    private function select(array $verdicts): void
    {
        $settings = (Connections::find($this->connection['id']) ?? $this->connection)['settings'];
        $before = array_map('strval', (array) ($settings['selection']['except'] ?? []));
        $except = array_fill_keys($before, true);
        foreach ($verdicts as $verdict) {
            if ($verdict['deed'] === 'unlink') {
                $except[$verdict['good_id']] = true;
            } elseif ($verdict['deed'] === 'link') {
                unset($except[$verdict['good_id']]);
            }
        }
        $after = array_map('strval', array_keys($except));
        if ($after !== $before) {
            $settings['selection'] = ['except' => $after] + (array) ($settings['selection'] ?? []);
            Connections::saveSettings($this->connection['id'], $settings);
        }
    }

    /**
     * @param array<int, array<string, mixed>> $odd      Lines that could not be read.
     * @param array<int, array<string, mixed>> $verdicts
     * @return array<string, mixed>
     */
    private static function answer(array $odd, array $verdicts, int $total, int $next): array
    {
        $lines = [];
        foreach ($odd as $line) {
            $lines[] = ['line' => $line['line'], 'deed' => 'refuse', 'good' => '', 'label' => '', 'shop_id' => 0, 'product' => '', 'state' => '', 'said' => Said::of($line['reason']['code'], $line['reason']['params'] ?? [])];
        }
        foreach ($verdicts as $verdict) {
            $lines[] = self::line($verdict);
        }
        usort($lines, static function (array $a, array $b): int {
            return $a['line'] <=> $b['line'];
        });

        return ['refused' => null, 'lines' => $lines, 'counts' => self::counts($lines), 'total' => $total, 'next' => $next < $total ? $next : null];
    }

    /**
     * @param array<int, array<string, mixed>> $lines
     * @return array<string, int> `LinkDeeds` of js/admin/rest.d.ts.
     */
    public static function counts(array $lines): array
    {
        return array_count_values(array_column($lines, 'deed')) + array_fill_keys(['link', 'move', 'state', 'unlink', 'keep', 'refuse'], 0);
    }

    /**
     * @param array<string, mixed> $verdict A LinkVerdict record.
     * @return array<string, mixed> `LinkLine` of js/admin/rest.d.ts.
     */
    public static function line(array $verdict): array
    {
        return [
            'line' => (int) $verdict['line'],
            'deed' => (string) $verdict['deed'],
            'good' => (string) $verdict['good_id'],
            'label' => (string) $verdict['label'],
            'shop_id' => (int) $verdict['shop_id'],
            'product' => (string) $verdict['product'],
            'state' => (string) $verdict['state'],
            'said' => Said::of($verdict['reason']['code'], $verdict['reason']['params'] ?? []),
        ];
    }
}

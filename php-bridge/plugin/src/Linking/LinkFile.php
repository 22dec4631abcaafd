<?php

declare(strict_types=1);

namespace Dongbo\Linking;

use Dongbo\Engine\Engine;

/**
 * A file of links as spreadsheets save it: with or without a byte order mark, cells divided by commas,
 * semicolons (Vietnamese and European settings) or tabs. What the cells mean is for the rules.
 */
final class LinkFile
{
    /** Lines that one file may have; more make a request too long. */
    public const LONGEST = 5000;

    private const BOM = "\xEF\xBB\xBF";

    /**
     * @return array<string, mixed> A LinkList record (src/linking/list.rs); `refused` when it cannot be read at all.
     */
    public static function read(string $text): array
    {
        if (strncmp($text, self::BOM, 3) === 0) {
            $text = substr($text, 3);
        }
        if (preg_match('//u', $text) !== 1 || strpos($text, "\0") !== false) {
            return self::refused('links-file-encoding');
        }
        $lines = self::lines($text);
        if (count($lines) > self::LONGEST + 1) {
            return self::refused('links-file-long', [['name' => 'longest', 'value' => (string) self::LONGEST]]);
        }

        return Engine::call('read_link_list', ['lines' => $lines]);
    }

    /** @return array<int, array{line: int, cells: string[]}> */
    private static function lines(string $text): array
    {
        $file = fopen('php://temp', 'w+');
        if ($file === false) {
            return [];
        }
        fwrite($file, str_replace(["\r\n", "\r"], "\n", $text));
        rewind($file);
        $divider = self::divider((string) strtok($text, "\r\n"));
        $lines = [];
        $line = 1;
        // A cell may hold line breaks: lines are counted as an editor counts them.
        for ($from = 0; ($cells = fgetcsv($file, 0, $divider, '"', '')) !== false; $from = $to) {
            $to = (int) ftell($file);
            $lines[] = ['line' => $line, 'cells' => array_map('strval', $cells)];
            $line += self::breaks($file, $from, $to);
        }
        fclose($file);

        return $lines;
    }

    /** @param resource $file */
    private static function breaks($file, int $from, int $to): int
    {
        fseek($file, $from);
        $breaks = substr_count((string) fread($file, max(1, $to - $from)), "\n");
        fseek($file, $to);

        return max(1, $breaks);
    }

    /** What the first line has most of. */
    private static function divider(string $head): string
    {
        $best = ',';
        foreach ([';', "\t"] as $divider) {
            if (substr_count($head, $divider) > substr_count($head, $best)) {
                $best = $divider;
            }
        }

        return $best;
    }

    /**
     * @param array<int, array{name: string, value: string}> $params
     * @return array<string, mixed>
     */
    private static function refused(string $code, array $params = []): array
    {
        return ['refused' => ['code' => $code, 'params' => $params], 'pairs' => [], 'odd' => [], 'keys' => []];
    }
}

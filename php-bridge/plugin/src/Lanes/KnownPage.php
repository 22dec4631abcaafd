<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

use Dongbo\Tables\Goods;
use Dongbo\Tables\KnownPages;
use Dongbo\Tables\Query;

/**
 * A page of goods that was read before: the same bytes need not be read twice.
 *
 * Reading is a pure function of the body, the request and the rules, and storing what was read of
 * the mirror. So a page whose body is the one last read for this request, and whose goods stand in
 * the mirror as they stood behind it, gives the same facts and changes nothing. Only the envelope's
 * own time differs with every answer; it is left out of the comparison, and since the rules take a
 * list's beginning from it, the first page of a list is always read.
 */
final class KnownPage
{
    /** Where in the body the envelope's own fields stand. */
    private const EDGE = 300;

    private int $connection;
    private string $request;
    private string $body = '';

    /** @var array{page: array<string, mixed>, issues: array<int, array<string, mixed>>}|null */
    private ?array $reading = null;

    /** @param array<int, mixed> $depends Whatever the reading depends on beside the body. */
    public function __construct(int $connection, array $depends)
    {
        $this->connection = $connection;
        $this->request = md5(Query::json($depends));
    }

    /** Whether this is the body that was last read, and the mirror is what it was then. */
    public function is(string $text): bool
    {
        $this->body = self::hash($text);
        $stored = KnownPages::of($this->connection, $this->request);
        if ($stored === null || $stored['body'] !== $this->body) {
            return false;
        }
        $reading = json_decode($stored['reading'], true);
        if (!is_array($reading) || Goods::printOf($this->connection, $reading['page']['ids'] ?? []) !== $stored['mirror']) {
            return false;
        }
        $this->reading = $reading;

        return true;
    }

    /** @return array{page: array<string, mixed>, issues: array<int, array<string, mixed>>} What was read then. */
    public function reading(): array
    {
        if ($this->reading === null) {
            throw new \LogicException('an unknown page was not read');
        }

        return $this->reading;
    }

    /**
     * Stores what was read now; to be called in the commit that stores the page's rows.
     *
     * @param array<string, mixed>             $page   Its facts.
     * @param array<int, array<string, mixed>> $issues
     *
     * @throws TransactionLost
     */
    public function keep(array $page, array $issues): void
    {
        unset($page['timestamp']);
        $mirror = Goods::printOf($this->connection, $page['ids'] ?? []);
        KnownPages::put($this->connection, $this->request, $this->body, $mirror, Query::json(['page' => $page, 'issues' => $issues]));
    }

    private static function hash(string $text): string
    {
        $time = '/"timestamp"\s*:\s*"[^"]*"/i';
        if (strlen($text) <= 2 * self::EDGE) {
            return md5((string) preg_replace($time, '', $text));
        }

        return md5(preg_replace($time, '', substr($text, 0, self::EDGE)) . substr($text, self::EDGE, -self::EDGE)
            . preg_replace($time, '', substr($text, -self::EDGE)));
    }
}

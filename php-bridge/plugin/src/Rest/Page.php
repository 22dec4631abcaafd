<?php

declare(strict_types=1);

namespace Dongbo\Rest;

/** One page of a list, and how long the whole is. */
final class Page
{
    /** @var array<int, mixed> */
    public array $rows;

    public int $total;

    private int $size;

    /** @param array<int, mixed> $rows */
    public function __construct(array $rows, int $total, int $size)
    {
        $this->rows = array_values($rows);
        $this->total = $total;
        $this->size = max(1, $size);
    }

    public function response(): \WP_REST_Response
    {
        $response = new \WP_REST_Response($this->rows);
        $response->header('X-WP-Total', (string) $this->total);
        $response->header('X-WP-TotalPages', (string) (int) ceil($this->total / $this->size));

        return $response;
    }
}

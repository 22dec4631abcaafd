<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/** Remembers whether any statement failed, where no transaction would undo the rest. */
final class ErrorWatch
{
    private bool $failed = false;

    private function __construct()
    {
    }

    /**
     * Runs something.
     *
     * @return bool A statement failed meanwhile; what was written must be read back.
     */
    public static function during(callable $work): bool
    {
        $watch = new self();
        add_filter('query', [$watch, 'watch'], PHP_INT_MIN);
        try {
            $work();
        } finally {
            $watch->watch('');
            remove_filter('query', [$watch, 'watch'], PHP_INT_MIN);
        }

        return $watch->failed;
    }

    /**
     * @param string $sql
     *
     * @return string
     */
    public function watch($sql)
    {
        global $wpdb;
        $this->failed = $this->failed || (string) $wpdb->last_error !== '';

        return $sql;
    }
}

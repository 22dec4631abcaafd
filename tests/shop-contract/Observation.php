<?php

declare(strict_types=1);

namespace Dongbo\Tests\Contract;

/**
 * Watches a case: for each step what was returned or thrown, which hooks fired, which rows changed.
 *
 * The whole case runs in one transaction that is rolled back, so a case never meets another's goods.
 * Ids are written as kind and rank (`post:1`), times of the run as `now`, so two runs compare equal.
 */
final class Observation
{
    private array $scope;
    private Ids $ids;
    private Rows $rows;
    private array $steps = [];
    private array $hooks = [];
    private array $actionCounts = [];
    private bool $listening = false;
    private int $began;

    public function __construct(array $scope)
    {
        $this->scope = $scope;
        $this->ids = new Ids();
        $this->began = time();
        $this->rows = new Rows($scope);
        add_action('all', [$this, 'heard']);
    }

    /** Runs one step of a case and keeps what could be seen of it. Gives its result to the case. */
    public function step(string $name, callable $do)
    {
        $this->rows->backdate();
        $before = $this->rows->read();
        $this->hooks = [];
        $this->listening = true;
        $result = null;
        $seen = [];
        try {
            $result = $do();
            $seen['returned'] = $this->value($result);
        } catch (\Throwable $thrown) {
            $seen['threw'] = get_class($thrown) . ' ' . $this->text((string) $this->codeOf($thrown) . ': ' . $thrown->getMessage());
        }
        $this->listening = false;
        $this->keep($name, $seen, $before);

        return $result;
    }

    /** What was left for the end of the request (WordPress's own `shutdown` has run by now). */
    public function atEnd(callable $do): void
    {
        $this->rows->backdate();
        $before = $this->rows->read();
        $this->hooks = [];
        $this->listening = true;
        $do();
        $this->listening = false;
        $this->keep('end of the request', [], $before);
    }

    /** @return array The recording. */
    public function recording(): array
    {
        return $this->steps;
    }

    /** Called by WordPress for every hook. */
    public function heard(string $name): void
    {
        global $wp_actions;
        $count = $wp_actions[$name] ?? 0;
        $isAction = $count !== ($this->actionCounts[$name] ?? 0);
        $this->actionCounts[$name] = $count;
        if (!$this->listening || !$isAction || !preg_match($this->scope['hooks'], $name)) {
            return;
        }
        $parts = [];
        foreach (array_slice(func_get_args(), 1) as $argument) {
            if ($argument instanceof \WP_Post) {
                $argument = $argument->ID;
            }
            $parts[] = is_object($argument) ? $this->value($argument) : json_encode($argument, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
        }
        $this->hooks[] = $this->hook($name, $parts);
    }

    private function hook(string $name, array $parts): ?string
    {
        if (preg_match('/^(added|updated|deleted)_post_meta$/', $name)) {
            array_shift($parts); // The id of the meta row says nothing.
            if (in_array(trim($parts[1], '"'), $this->scope['metas_left_out'], true)) {
                return null;
            }
        }
        if (strpos($name, 'save_post_') === 0) {
            array_pop($parts);
        }

        return $name . ' ' . implode(' ', $parts);
    }

    private function keep(string $name, array $seen, array $before): void
    {
        $after = $this->rows->read();
        $this->ids->learn($after);
        $seen['hooks'] = array_map([$this, 'text'], array_values(array_filter($this->hooks)));
        $seen['rows'] = array_map(function (array $changes) {
            $changes = array_map([$this, 'text'], $changes);
            sort($changes);

            return $changes;
        }, $this->rows->difference($before, $after));
        if (isset($seen['returned']) && is_string($seen['returned'])) {
            $seen['returned'] = $this->text($seen['returned']);
        }
        if ($name === 'end of the request' && !$seen['hooks'] && !$seen['rows']) {
            return;
        }
        $this->steps[$name] = $seen;
    }

    private function codeOf(\Throwable $thrown)
    {
        return $thrown instanceof \WC_Data_Exception ? $thrown->getErrorCode() : $thrown->getCode();
    }

    private function value($value): string
    {
        if ($value instanceof \WP_Error) {
            return 'WP_Error ' . $value->get_error_code() . ': ' . $value->get_error_message();
        }
        if ($value instanceof \WC_Product) {
            return get_class($value) . ' ' . $value->get_id();
        }
        if (is_object($value)) {
            return get_class($value);
        }

        return json_encode($value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR);
    }

    private function text(string $text): string
    {
        return $this->ids->replace($this->times($text));
    }

    /** A moment of this run, in UTC or in the site's zone, becomes `now`. */
    private function times(string $text): string
    {
        $text = str_replace(Rows::EARLIER, 'earlier', $text);
        $text = preg_replace_callback('/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/', function (array $found) {
            $utc = strtotime($found[0] . ' UTC');
            foreach (['utc' => 0, 'local' => (int) ((float) get_option('gmt_offset') * 3600)] as $name => $offset) {
                if (abs($utc - $offset - time()) <= time() - $this->began + 3) {
                    return 'now ' . $name;
                }
            }

            return $found[0];
        }, $text);

        return preg_replace_callback('/\b\d{10}\b/', function (array $found) {
            return abs((int) $found[0] - time()) <= time() - $this->began + 3 ? 'now' : $found[0];
        }, $text);
    }
}

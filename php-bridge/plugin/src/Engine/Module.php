<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * The generated class of the rules, and the instance of it that answers.
 *
 * One instance is kept for the request; it starts its memory anew with every call, and is thrown
 * away when a call made it large or failed. Not re-entrant, and need not be: the rules call nothing.
 */
final class Module
{
    /** Pages of 64 KiB the memory may reach: 16 MiB of rules, 64 MiB of PHP. */
    private const MOST_PAGES = 256;

    /** An instance with more than this is not kept (PHP holds a page in 256 KiB). */
    private const KEPT_PAGES = 8;

    /** @var string The generated class. */
    private $class;

    /** @var object|null An instance of it. */
    private $module;

    /** @var Host|null */
    private $host;

    public function __construct(string $class)
    {
        $this->class = $class;
    }

    /**
     * Runs an export.
     *
     * @param array<string, mixed> $input
     *
     * @return array<string, mixed> `ok` or `error`, and its record.
     *
     * @throws RulesError When the rules stopped.
     */
    public function call(string $name, array $input): array
    {
        try {
            if ($this->module === null) {
                $this->host = $this->host ?? new Host();
                $this->module = new $this->class(['host' => $this->host], ['maxPages' => self::MOST_PAGES]);
            }
            $this->host->begin($input);
            $answer = $this->host->answer($this->module->call($name));
        } catch (\Throwable $failure) {
            // Whatever it was, the instance's memory is not to be trusted any more.
            $this->module = null;
            $this->host = null;
            $params = [
                ['name' => 'call', 'value' => $name],
                ['name' => 'detail', 'value' => $failure->getMessage()],
            ];
            throw new RulesError('rules-stopped', $params, $name, $failure);
        }
        $this->host->end();
        if ($this->module->pages() > self::KEPT_PAGES) {
            $this->module = null;
        }

        return $answer;
    }
}

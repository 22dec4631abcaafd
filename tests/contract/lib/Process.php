<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/** Another PHP process in the same shop. */
final class Process
{
    /** @var resource */
    private $process;

    /** @var resource */
    private $output;

    private int $id;

    /** @param string[] $arguments */
    public function __construct(string $script, array $arguments)
    {
        $this->output = tmpfile();
        $command = array_merge([PHP_BINARY, dirname(__DIR__, 2) . '/lab/inside.php', ABSPATH, $script], $arguments);
        $pipes = [];
        $process = proc_open($command, [1 => $this->output, 2 => $this->output], $pipes);
        if ($process === false) {
            throw new \RuntimeException('no process could be started');
        }
        $this->process = $process;
        $this->id = proc_get_status($process)['pid'];
    }

    public function runs(): bool
    {
        return proc_get_status($this->process)['running'];
    }

    /** Ends it without a word of warning, and waits until it is gone. */
    public function kill(): void
    {
        posix_kill($this->id, SIGKILL);
        while ($this->runs()) {
            usleep(2000);
        }
    }

    public function output(): string
    {
        rewind($this->output);

        return (string) stream_get_contents($this->output);
    }
}

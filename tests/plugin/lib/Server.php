<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** A server that says exactly the bytes it was told, once; for what HTTP libraries make of broken answers. */
final class Server
{
    /** @var resource */
    private $process;

    private string $url;

    /** @param string $bytes What is sent before the connection ends; `{sleep}` first waits longer than anybody does. */
    public function __construct(string $bytes)
    {
        $code = '$s = stream_socket_server("tcp://127.0.0.1:0"); fwrite(STDOUT, stream_socket_get_name($s, false) . "\n");'
            . '$b = base64_decode($argv[1]); $c = stream_socket_accept($s, 20); if ($c) { fread($c, 8192);'
            . ' if ($b === "{sleep}") { sleep(8); } else { fwrite($c, $b); } fclose($c); }';
        $pipes = [];
        $process = proc_open([PHP_BINARY, '-r', $code, '--', base64_encode($bytes)], [1 => ['pipe', 'w'], 2 => STDERR], $pipes);
        if (!is_resource($process)) {
            throw new \RuntimeException('no server could be started');
        }
        $this->process = $process;
        $this->url = 'http://' . trim((string) fgets($pipes[1])) . '/';
    }

    public function url(): string
    {
        return $this->url;
    }

    public function stop(): void
    {
        proc_terminate($this->process, 9);
        proc_close($this->process);
    }
}

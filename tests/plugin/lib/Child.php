<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/** PHP in a process of its own, with this one's ini settings: for what a process decides once. */
final class Child
{
    /**
     * @param string[] $words Script and arguments.
     * @return array{code: int, out: string, err: string}
     */
    public static function run(array $words, string $input = ''): array
    {
        $pipes = [];
        $process = proc_open(array_merge([PHP_BINARY], $words), [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
        if (!is_resource($process)) {
            throw new \RuntimeException('no process could be started');
        }
        fwrite($pipes[0], $input);
        fclose($pipes[0]);
        $out = (string) stream_get_contents($pipes[1]);
        $err = (string) stream_get_contents($pipes[2]);

        return ['code' => proc_close($process), 'out' => $out, 'err' => $err];
    }

    /**
     * `wp dongbo …`
     *
     * @return array{code: int, out: string, err: string}
     */
    public static function wp(string ...$words): array
    {
        return self::run(array_merge([dirname(__DIR__) . '/wp.php', '--path=' . ABSPATH, 'dongbo'], $words));
    }

    /**
     * Code inside WordPress as it loads for a page of the given kind.
     *
     * @return array{code: int, out: string, err: string}
     */
    public static function wordpress(string $code, string $before = ''): array
    {
        $start = "<?php \$_SERVER['HTTP_HOST'] = 'localhost'; \$_SERVER['REQUEST_METHOD'] = 'GET'; \$_SERVER['REQUEST_URI'] = '/'; $before require "
            . var_export(ABSPATH . 'wp-load.php', true) . '; ';

        return self::run([], $start . $code);
    }
}

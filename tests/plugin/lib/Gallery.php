<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/**
 * A server of images on 127.0.0.1, with the ways in which they fail: `/3.png` is an image whose
 * content depends on the 3 and on {@see change}, the other paths are named after what they do.
 * Its address is vouched for by WordPress's own filters, as a site with an inner image server would.
 */
final class Gallery
{
    private const ROUTER = <<<'PHP'
<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
file_put_contents(__DIR__ . '/calls', $path . ' ' . ($_SERVER['HTTP_IF_NONE_MATCH'] ?? '') . "\n", FILE_APPEND);
$image = static function (string $seed): string {
    $picture = imagecreatetruecolor(40, 30);
    imagefill($picture, 0, 0, crc32($seed) & 0xFFFFFF);
    ob_start();
    imagepng($picture);
    return (string) ob_get_clean();
};
switch ($path) {
    case '/missing.png': http_response_code(404); echo 'no'; return;
    case '/error.png': http_response_code(500); echo 'no'; return;
    case '/page.png': header('Content-Type: image/png'); echo '<html><script>1</script></html>'; return;
    case '/empty.png': header('Content-Type: image/png'); return;
    case '/slow.png': sleep(8); break;
    case '/large.png': header('Content-Type: image/png'); echo $image('large') . str_repeat('x', 3000000); return;
    case '/away.png': header('Location: http://10.1.2.3/1.png', true, 302); return;
    case '/file.png': header('Location: file:///etc/passwd', true, 302); return;
    case '/moved.png': header('Location: /1.png', true, 302); return;
    case '/round.png': header('Location: /round.png', true, 302); return;
}
$version = (string) @file_get_contents(__DIR__ . '/version');
$etag = '"' . md5($path . $version) . '"';
header("ETag: $etag");
if (($_SERVER['HTTP_IF_NONE_MATCH'] ?? '') === $etag) { http_response_code(304); return; }
header('Content-Type: image/png');
echo $image($path . $version);
PHP;

    /** @var resource */
    private $process;

    private string $folder;
    private string $url;

    public function __construct()
    {
        $this->folder = sys_get_temp_dir() . '/dongbo-gallery-' . bin2hex(random_bytes(6));
        mkdir($this->folder);
        file_put_contents($this->folder . '/router.php', self::ROUTER);
        $probe = stream_socket_server('tcp://127.0.0.1:0');
        $place = (string) stream_socket_get_name($probe, false);
        fclose($probe);
        $process = proc_open([PHP_BINARY, '-S', $place, $this->folder . '/router.php'], [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes);
        if (!is_resource($process)) {
            throw new \RuntimeException('no server could be started');
        }
        $this->process = $process;
        $this->url = "http://$place";
        for ($try = 0; @fsockopen('127.0.0.1', (int) explode(':', $place)[1]) === false; $try++) {
            if ($try > 100) {
                throw new \RuntimeException('the server of images does not answer');
            }
            usleep(50000);
        }
        $port = (int) explode(':', $place)[1];
        add_filter('http_allowed_safe_ports', static function (array $ports) use ($port): array {
            return array_merge($ports, [$port]);
        });
        add_filter('http_request_host_is_external', static function ($external, string $host): bool {
            return $external || $host === '127.0.0.1';
        }, 10, 2);
        add_filter('block_local_requests', '__return_false');
    }

    public function url(string $path): string
    {
        return $this->url . $path;
    }

    /** Every image is another one from here on, under the same addresses. */
    public function change(): void
    {
        file_put_contents($this->folder . '/version', (string) random_int(1, PHP_INT_MAX));
    }

    /** @return string[] What was asked for since the last time, each with the ETag it was asked with. */
    public function calls(): array
    {
        $calls = array_map('trim', is_file($this->folder . '/calls') ? (array) file($this->folder . '/calls') : []);
        file_put_contents($this->folder . '/calls', '');

        return $calls;
    }

    public function stop(): void
    {
        proc_terminate($this->process, 9);
        proc_close($this->process);
        foreach ((array) glob($this->folder . '/*') as $file) {
            unlink((string) $file);
        }
        rmdir($this->folder);
        remove_all_filters('http_allowed_safe_ports');
        remove_all_filters('http_request_host_is_external');
    }
}

<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Pos\Http;

/** What Http makes of an answer of these bytes. */
$heard = static function (string $bytes, float $patience = 2.0): array {
    $server = new Server($bytes);
    try {
        return (new Http())->get($server->url(), [], $patience);
    } finally {
        $server->stop();
    }
};
$said = static function (string $head, string $body) use ($heard): array {
    return $heard("HTTP/1.1 $head\r\nConnection: close\r\n\r\n$body");
};
/** Without cURL, WordPress falls back to PHP's streams, which notice less by themselves. */
$streams = static function (callable $work) {
    $off = static function (): array {
        return [\WpOrg\Requests\Transport\Fsockopen::class => \WpOrg\Requests\Transport\Fsockopen::class];
    };
    $transports = new \ReflectionProperty(\WpOrg\Requests\Requests::class, 'transports');
    $transport = new \ReflectionProperty(\WpOrg\Requests\Requests::class, 'transport');
    if (PHP_VERSION_ID < 80100) {
        $transports->setAccessible(true);
        $transport->setAccessible(true);
    }
    $before = $transports->getValue();
    $transports->setValue(null, $off());
    $transport->setValue(null, []);
    try {
        return $work();
    } finally {
        $transports->setValue(null, $before);
        $transport->setValue(null, []);
    }
};
$problems = static function (string $how) use ($heard, $said): void {
    Expect::same('not-json', $said('200 OK', '<html>busy</html>')['problem'] ?? '', "$how: HTML");
    Expect::same('cut', $said("200 OK\r\nContent-Length: 500", '{"data":[')['problem'] ?? '', "$how: a body shorter than announced");
    Expect::same('timeout', $heard('{sleep}', 1.0)['problem'] ?? '', "$how: no answer in time");
    Expect::same('network', (new Http())->get('http://127.0.0.1:9/', [], 2.0)['problem'] ?? '', "$how: nobody there");
    Expect::same('network', (new Http())->get('http://nowhere.invalid/', [], 3.0)['problem'] ?? '', "$how: no such name");
    Expect::that(in_array($heard('')['problem'] ?? '', ['cut', 'network'], true), "$how: closed without a word");
    $fine = $said("200 OK\r\nContent-Length: 11", '{"Total":1}');
    Expect::same([200, ['total' => 1], false], [$fine['status'], $fine['body'] ?? null, isset($fine['problem'])], "$how: a whole answer");
};

return [
    'what went wrong is told apart, with cURL' => static function () use ($problems): void {
        $problems('cURL');
    },
    'what went wrong is told apart, without cURL' => static function () use ($problems, $streams): void {
        $streams(static function () use ($problems): void {
            $problems('streams');
        });
    },
    'status, Retry-After and Date are passed on, an error’s body too' => static function () use ($said): void {
        $answer = $said("429 Too Many Requests\r\nRetry-After: 7\r\nDate: Sun, 22 Nov 2026 15:00:00 GMT", '{"responseStatus":{"message":"x"}}');
        Expect::same([429, '7', 'Sun, 22 Nov 2026 15:00:00 GMT'], [$answer['status'], $answer['retry_after'], $answer['date']]);
        Expect::same(['responsestatus' => ['message' => 'x']], $answer['body']);
        Expect::that(abs($answer['received'] - time() * 1000) < 5000, 'received by this clock');
    },
    'a redirect is not followed: a token goes to no other host' => static function () use ($said): void {
        $answer = $said("302 Found\r\nLocation: http://127.0.0.1:9/", '');
        Expect::same(302, $answer['status']);
    },
    'certificates are always verified, the token is in the header, nothing is redirected' => static function (): void {
        Answers::prepare(['/x' => ['total' => 0]]);
        (new \Dongbo\Pos\KiotViet(new Http()))->get('myshop', 'abc', '/x', [['name' => 'orderBy', 'value' => 'a b&c']], 5.0);
        $arguments = Answers::$arguments[0];
        Expect::same([true, 0], [$arguments['sslverify'], $arguments['redirection']]);
        Expect::same(['myshop', 'Bearer abc'], [$arguments['headers']['Retailer'], $arguments['headers']['Authorization']]);
        Expect::same('/x?orderBy=a b&c', Answers::$asked[0]);
    },
    'texts of WordPress about TLS are taken for what they are' => static function (): void {
        foreach (['cURL error 60: SSL certificate problem: unable to get local issuer certificate' => 'tls', 'cURL error 35: x' => 'tls',
            'cURL error 28: Operation timed out' => 'timeout', 'cURL error 6: Could not resolve host' => 'network', 'cURL error 18: transfer closed' => 'cut'] as $text => $problem) {
            remove_all_filters('pre_http_request');
            Answers::prepare(['/' => new \WP_Error('http_request_failed', $text)]);
            Expect::same($problem, (new Http())->get('http://example.invalid/', [], 1.0)['problem'], $text);
        }
    },
];

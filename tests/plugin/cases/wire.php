<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

use Dongbo\Pos\Wire;

$same = static function ($wanted, string $json): callable {
    return static function () use ($wanted, $json): void {
        Expect::same($wanted, Wire::decode($json), $json);
    };
};

return [
    'keys become lower case, the first non-null of colliding ones wins' =>
        $same(['a' => 1, 'bcd' => 2, 'x' => ['yz' => [['q' => 0]]]], '{"A":null,"a":1,"BcD":2,"bCd":3,"X":{"yZ":[{"Q":0}]}}'),
    'integers beyond 2^53 become text, those within stay' =>
        $same(
            ['a' => 9007199254740991, 'b' => '9007199254740992', 'c' => '-9007199254740992', 'd' => '123456789012345678901'],
            '{"a":9007199254740991,"b":9007199254740992,"c":-9007199254740992,"d":123456789012345678901}'
        ),
    'decimals become their shortest plain text' =>
        $same(
            ['a' => '149000.5', 'b' => '0.1', 'c' => '0.0000001', 'd' => '-0.00000123', 'e' => '15000000000000000000000000', 'f' => '1234567890.123'],
            '{"a":149000.50,"b":0.1,"c":1e-7,"d":-0.00000123,"e":1.5e25,"f":1234567890.123}'
        ),
    'a whole number written as a decimal is a whole number, as in JavaScript' => $same(['a' => 149000, 'b' => 1000, 'c' => 0], '{"a":149000.0,"b":1e3,"c":-0.0}'),
    'lone surrogates become U+FFFD, pairs and escaped backslashes stay' =>
        $same(['a' => "x\u{FFFD}y😀\u{FFFD}", 'b' => '\\ud83d'], '{"a":"x\ud83dy\ud83d\ude00\udc00","b":"\\\\ud83d"}'),
    'broken UTF-8 becomes U+FFFD, a byte order mark is passed over' => $same(['a' => "x\u{FFFD}y"], "\xEF\xBB\xBF{\"a\":\"x\xFFy\"}"),
    'what is no object or list is no answer' => static function (): void {
        foreach (['', '<html>', '5', '"x"', 'null', '{"a":', str_repeat('[', 100) . str_repeat(']', 100)] as $text) {
            Expect::same(null, Wire::decode($text), $text);
        }
    },
    'the form of the wire costs no more than a few times the decoding itself' => static function (): void {
        $rows = array_map([Answers::class, 'good'], range(1, 100));
        $text = (string) json_encode(['total' => 100, 'data' => $rows]);
        $best = ['wire' => INF, 'json' => INF];
        for ($i = 0; $i < 20; $i++) {
            $start = microtime(true);
            Wire::decode($text);
            $middle = microtime(true);
            json_decode($text, true);
            $best['wire'] = min($best['wire'], $middle - $start);
            $best['json'] = min($best['json'], microtime(true) - $middle);
        }
        $ratio = $best['wire'] / $best['json'];
        Expect::that($ratio < 20, sprintf('it took %.1f times as long', $ratio));
    },
];

<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * What the rules see of PHP: records and lists by handle, texts copied in, the answer read as words.
 *
 * The other side is `src/bind/php/{read,write}.rs`; tags and forms stand there too. One host call
 * reads a whole record or list, the answer needs none: measured, a call a value was three times
 * slower.
 */
final class Host
{
    private const ABSENT = 0;
    private const NULL = 1;
    private const INT = 4;
    private const TEXT = 5;
    private const LIST = 6;
    private const RECORD = 7;
    private const EMPTY = 8;
    private const OTHER = 9;

    /** @var Module|null */
    private $module;

    /** @var array<int, array<mixed>> Records and lists by handle; the call's input is 0. */
    private $values = [];

    /** @var array<int, string[]> Names of records, by the address of their table. */
    private $names = [];

    /** @var array<int, string> Texts of the module's own data, by address and length. */
    private $texts = [];

    /** @var int Below it lies data that never changes. */
    private $heap = 0;

    /** Called by the module when it is made. */
    public function attach(Module $module): void
    {
        $this->module = $module;
    }

    /** @param array<string, mixed> $input The record of the call that begins. */
    public function begin(array $input): void
    {
        $this->values = [$input];
    }

    /** Lets go of what the call used. */
    public function end(): void
    {
        $this->values = [];
    }

    /**
     * Import: slots for `count` names of a record, then their texts, from `top` on.
     *
     * @return int The end of the texts; beyond `end`, nothing was written.
     */
    public function fields(int $record, int $names, int $count, int $top, int $end): int
    {
        $record = $this->values[$record];
        $found = [];
        foreach ($this->names[$names] ?? $this->table($names, $count) as $name) {
            if (isset($record[$name])) {
                $found[] = $record[$name];
            } else {
                $found[] = \array_key_exists($name, $record) ? null : $this;
            }
        }

        return $this->slots($found, $top, $end);
    }

    /**
     * Import: slots for every item of a list, then their texts.
     *
     * @return int As `fields`.
     */
    public function items(int $list, int $top, int $end): int
    {
        return $this->slots($this->values[$list], $top, $end);
    }

    /**
     * Import: slots for names and values of a record in turns, then their texts.
     *
     * @return int As `fields`.
     */
    public function entries(int $record, int $top, int $end): int
    {
        $turns = [];
        foreach ($this->values[$record] as $name => $value) {
            $turns[] = (string) $name;
            $turns[] = $value;
        }

        return $this->slots($turns, $top, $end);
    }

    /**
     * Writes a slot of three words a value (this object stands for "absent") and the texts.
     *
     * @param array<mixed> $values
     */
    private function slots(array $values, int $top, int $end): int
    {
        $words = [];
        $texts = '';
        $at = $top + 12 * \count($values);
        foreach ($values as $value) {
            if (\is_string($value)) {
                $length = \strlen($value);
                if (\preg_match('//u', $value) !== 1) {
                    $value = self::repaired($value);
                    $length = \strlen($value);
                }
                $words[] = self::TEXT;
                $words[] = $at + \strlen($texts);
                $words[] = $length;
                $texts .= $value . \substr("\0\0\0", 0, -$length & 3);
            } elseif (\is_int($value)) {
                $words[] = self::INT;
                $words[] = $value & 4294967295;
                $words[] = $value >> 32 & 4294967295;
            } elseif (\is_bool($value)) {
                $words[] = $value ? 3 : 2;
                $words[] = 0;
                $words[] = 0;
            } elseif (\is_array($value)) {
                $count = \count($value);
                // An empty array is either; one that begins with 0 is a list.
                $words[] = $count === 0 ? self::EMPTY : (isset($value[0]) || \array_key_exists(0, $value) ? self::LIST : self::RECORD);
                $words[] = \count($this->values);
                $words[] = $count;
                $this->values[] = $value;
            } else {
                $words[] = $value === $this ? self::ABSENT : ($value === null ? self::NULL : self::OTHER);
                $words[] = 0;
                $words[] = 0;
            }
        }
        $after = $at + \strlen($texts);
        if ($after <= $end) {
            $this->module->writeWords($top, $words);
            $this->module->writeBytes($at, $texts);
        }

        return $after;
    }

    /** Reads the table of `count` names (address and length each), once. */
    private function table(int $names, int $count): array
    {
        $words = $this->module->readWords($names, 2 * $count);
        $table = [];
        for ($i = 0; $i < 2 * $count; $i += 2) {
            $table[] = $this->module->readBytes($words[$i], $words[$i + 1]);
        }

        return $this->names[$names] = $table;
    }

    /**
     * The answer of a call, made of the words it points at.
     *
     * @param int $place Number of words in the upper half, address in the lower.
     *
     * @return array<string, mixed>
     */
    public function answer(int $place): array
    {
        $words = $this->module->readWords($place & 4294967295, $place >> 32);
        if ($this->heap === 0) {
            $this->heap = (int) $this->module->getGlobal('__heap_base');
        }
        $at = 0;

        return $this->value($words, $at);
    }

    /**
     * The value that begins at `at`; moves `at` behind it.
     *
     * @param int[] $words
     *
     * @return mixed
     */
    private function value(array $words, int &$at)
    {
        $word = $words[$at++];
        switch ($word & 15) {
            case 7:
                $record = [];
                while (($name = $words[$at++]) !== 0) {
                    $record[$this->texts[$name] ?? $this->name($name)] = $this->value($words, $at);
                }

                return $record;
            case 6:
                $list = [];
                for ($left = $word >> 4; $left > 0; --$left) {
                    $list[] = $this->value($words, $at);
                }

                return $list;
            case 5:
                $address = $words[$at++];

                return $address < $this->heap
                    ? $this->texts[$word >> 4 << 24 | $address] ?? $this->name($word >> 4 << 24 | $address)
                    : $this->module->readBytes($address, $word >> 4);
            case 4:
                $at += 2;

                return $words[$at - 1] << 32 | $words[$at - 2];
            case 3:
                return $word >> 4;
            case 2:
                return true;
            case 1:
                return false;
            default:
                return null;
        }
    }

    /** A text of the module's own data: length above 24 bits of address. */
    private function name(int $place): string
    {
        return $this->texts[$place] = $this->module->readBytes($place & 16777215, $place >> 24);
    }

    /** Bytes that are no UTF-8 become U+FFFD: an odd byte in one title harms nothing else. */
    private static function repaired(string $text): string
    {
        return \htmlspecialchars_decode(\htmlspecialchars($text, ENT_NOQUOTES | ENT_SUBSTITUTE, 'UTF-8'), ENT_NOQUOTES);
    }
}

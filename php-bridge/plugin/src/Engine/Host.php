<?php

declare(strict_types=1);

namespace Dongbo\Engine;

/**
 * What the rules see of PHP: records by handle, written into their memory; the answer read as words.
 *
 * The other side is `src/bind/php/{read,write}.rs`; tags and forms stand there too. What the rules
 * ask for at a place, they ask for there every time: so this remembers the names and writes whole
 * trees at once. Measured, a host call a value was four times slower.
 */
final class Host
{
    private const ABSENT = 0;
    private const NULL = 1;
    private const FALSE = 2;
    private const TRUE = 3;
    private const INT = 4;
    private const TEXT = 5;
    private const RECORD = 7;
    private const EMPTY = 8;
    private const OTHER = 9;
    private const SLOTS = 10;
    private const FIELDS = 11;

    /** Marks the place of a list's items; the place of a field is its names' address and its number. */
    private const ITEM = 1 << 48;

    /** @var object|null The generated class's instance. */
    private $module;

    /** @var array<int, array<mixed>> Records by handle; the call's input is 0. */
    private $values = [];

    /** @var array<int, int> The place of each record whose form was not known. */
    private $places = [];

    /** @var array<int, int> Which names were asked for at a place: the address of their table. */
    private $forms = [];

    /** @var array<int, string[]> Names of records, by the address of their table. */
    private $names = [];

    /** @var array<int, string> Texts of the module's own data, by address and length. */
    private $strings = [];

    /** @var int Below it lies data that never changes. */
    private $heap = 0;

    /** @var int[] Slots about to be written. */
    private $words = [];

    /** @var int[] Which of these words are places among them, not yet addresses. */
    private $inner = [];

    /** @var string Texts about to be written. */
    private $texts = '';

    /** @var int Where the texts will begin. */
    private $start = 0;

    /** Called by the module when it is made. */
    public function attach(object $module): void
    {
        $this->module = $module;
    }

    /** @param array<string, mixed> $input The record of the call that begins. */
    public function begin(array $input): void
    {
        $this->values = [$input];
        $this->places = [];
    }

    /** Lets go of what the call used. */
    public function end(): void
    {
        $this->values = [];
        $this->places = [];
        $this->clear(0);
    }

    /**
     * Import: slots for `count` names of a record, their texts, and what lies below them.
     *
     * @return int The end of what was written at `top`; beyond `end`, nothing was.
     */
    public function fields(int $record, int $names, int $count, int $top, int $end): int
    {
        if (!isset($this->names[$names])) {
            $this->table($names, $count);
        }
        if (isset($this->places[$record])) {
            $this->forms[$this->places[$record]] = $names;
        }
        $this->clear($top + 4);
        $slots = $this->record($this->values[$record], $names, $record);

        return $this->write($top, $end, [$slots]);
    }

    /**
     * Import: slots for names and values of a record in turns. Their number follows the address.
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
        $this->clear($top + 8);
        // Below 0 nothing is remembered: what lies there has no fixed form.
        $slots = $this->slots($turns, -self::ITEM);

        return $this->write($top, $end, [$slots, \count($turns)]);
    }

    private function clear(int $start): void
    {
        $this->words = [];
        $this->inner = [];
        $this->texts = '';
        $this->start = $start;
    }

    /** Writes head, texts and slots; the first word of the head is a place among the slots. */
    private function write(int $top, int $end, array $head): int
    {
        $first = $this->start + \strlen($this->texts);
        $after = $first + 4 * \count($this->words);
        if ($after > $end) {
            return $after;
        }
        foreach ($this->inner as $at) {
            $this->words[$at] = $first + 4 * $this->words[$at];
        }
        $head[0] = $first + 4 * $head[0];
        $this->module->writeWords($top, $head);
        $this->module->writeBytes($this->start, $this->texts);
        $this->module->writeWords($first, $this->words);

        return $after;
    }

    /** Slots for a record; gives their place. The word before them is the record's handle. */
    private function record(array $record, int $names, int $handle): int
    {
        $values = [];
        foreach ($this->names[$names] as $name) {
            if (isset($record[$name])) {
                $values[] = $record[$name];
            } else {
                $values[] = \array_key_exists($name, $record) ? null : $this;
            }
        }

        return $this->slots($values, $names << 8, $handle);
    }

    /**
     * Slots of three words a value (this object stands for "absent"), and first those below them.
     *
     * @param array<mixed> $values
     * @param int          $place  Of the first field, or of all items.
     * @param int|null     $handle Of a record; null for a list.
     *
     * @return int The place of the first slot among the words.
     */
    private function slots(array $values, int $place, ?int $handle = null): int
    {
        $slots = $handle === null ? [] : [$handle];
        $inner = [];
        foreach ($values as $value) {
            if (\is_string($value)) {
                if (\preg_match('//u', $value) !== 1) {
                    $value = self::repaired($value);
                }
                $length = \strlen($value);
                $slots[] = self::TEXT;
                $slots[] = $this->start + \strlen($this->texts);
                $slots[] = $length;
                $this->texts .= $value . \substr("\0\0\0", 0, -$length & 3);
            } elseif ($value === $this) {
                $slots[] = self::ABSENT;
                $slots[] = 0;
                $slots[] = 0;
            } elseif (\is_int($value)) {
                $slots[] = self::INT;
                $slots[] = $value & 4294967295;
                $slots[] = $value >> 32 & 4294967295;
            } elseif ($value === []) {
                // Either an empty list or a record without fields.
                $slots[] = self::EMPTY;
                $slots[] = 0;
                $slots[] = 0;
            } elseif (\is_array($value)) {
                if (isset($value[0]) || \array_key_exists(0, $value)) {
                    $inner[] = \count($slots) + 1;
                    $slots[] = self::SLOTS;
                    $slots[] = $this->slots($value, $place | self::ITEM);
                    $slots[] = \count($value);
                } else {
                    $below = \count($this->values);
                    $this->values[] = $value;
                    $form = $this->forms[$place] ?? null;
                    if ($form === null) {
                        if ($place >= 0) {
                            $this->places[$below] = $place;
                        }
                        $slots[] = self::RECORD;
                        $slots[] = $below;
                        $slots[] = 0;
                    } else {
                        $inner[] = \count($slots) + 1;
                        $slots[] = self::FIELDS;
                        $slots[] = $this->record($value, $form, $below);
                        $slots[] = $form;
                    }
                }
            } else {
                $slots[] = $value === null ? self::NULL : ($value === true ? self::TRUE : ($value === false ? self::FALSE : self::OTHER));
                $slots[] = 0;
                $slots[] = 0;
            }
            if ($handle !== null) {
                ++$place;
            }
        }
        $first = \count($this->words);
        foreach ($inner as $at) {
            $this->inner[] = $first + $at;
        }
        foreach ($slots as $slot) {
            $this->words[] = $slot;
        }

        return $handle === null ? $first : $first + 1;
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
                    $record[$this->strings[$name] ?? $this->name($name)] = $this->value($words, $at);
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
                    ? $this->strings[$word >> 4 << 24 | $address] ?? $this->name($word >> 4 << 24 | $address)
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
        return $this->strings[$place] = $this->module->readBytes($place & 16777215, $place >> 24);
    }

    /** Bytes that are no UTF-8 become U+FFFD: an odd byte in one title harms nothing else. */
    private static function repaired(string $text): string
    {
        return \htmlspecialchars_decode(\htmlspecialchars($text, ENT_NOQUOTES | ENT_SUBSTITUTE, 'UTF-8'), ENT_NOQUOTES);
    }
}

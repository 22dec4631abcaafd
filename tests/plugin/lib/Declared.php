<?php

declare(strict_types=1);

namespace Dongbo\PluginTests;

/**
 * Reads `js/admin/rest.d.ts` and holds answers against it.
 *
 * As much of TypeScript as that file says it uses: interfaces, type aliases, literals, unions,
 * arrays, `Record<string, T>`, inline objects, `extends` of nothing.
 */
final class Declared
{
    /** @var array<string, array<string, mixed>> Types by name. */
    private array $types = [];

    /** @var string[] */
    private array $words;

    private int $at = 0;

    public function __construct(string $source)
    {
        $source = (string) preg_replace(['~/\*.*?\*/~s', '~//[^\n]*~'], ' ', $source);
        preg_match_all('~\'[^\']*\'|[A-Za-z_$][\w$]*|-?\d+|[{}\[\]<>|?:;,()=]~', $source, $found);
        $this->words = $found[0];
        while ($this->at < count($this->words)) {
            $this->expect('export');
            $kind = $this->next();
            $name = $this->next();
            if ($kind === 'type') {
                $this->expect('=');
            }
            $this->types[$name] = $this->type();
            if ($this->peek() === ';') {
                $this->next();
            }
        }
    }

    /** @return array<string, array{given: array<string, mixed>, answer: array<string, mixed>}> */
    public function routes(): array
    {
        $routes = [];
        foreach ($this->types['Routes']['fields'] as $name => $field) {
            $routes[$name] = ['given' => $field['type']['fields']['given']['type'], 'answer' => $field['type']['fields']['answer']['type']];
        }

        return $routes;
    }

    /**
     * @param mixed                $value As json_decode gives it, objects as stdClass.
     * @param array<string, mixed> $type
     * @return string[] What is not as declared.
     */
    public function faults($value, array $type, string $place = 'answer'): array
    {
        switch ($type['is']) {
            case 'name':
                return $this->named($value, $type['name'], $place);
            case 'literal':
                return $value === $type['value'] ? [] : ["$place: " . json_encode($value) . ' is not ' . json_encode($type['value'])];
            case 'array':
                return $this->listed($value, $type['of'], $place);
            case 'record':
                return $value instanceof \stdClass ? $this->each(get_object_vars($value), $type['of'], $place) : ["$place: no record"];
            case 'union':
                return $this->any($value, $type['of'], $place);
            default:
                return $this->object($value, $type['fields'], $place);
        }
    }

    /** @param mixed $value @return string[] */
    private function named($value, string $name, string $place): array
    {
        $plain = ['string' => 'is_string', 'boolean' => 'is_bool', 'null' => 'is_null'];
        if (isset($plain[$name])) {
            return $plain[$name]($value) ? [] : ["$place: " . json_encode($value) . " is no $name"];
        }
        if ($name === 'number') {
            return is_int($value) || is_float($value) ? [] : ["$place: " . json_encode($value) . ' is no number'];
        }
        if ($name === 'unknown') {
            return [];
        }
        if (!isset($this->types[$name])) {
            throw new \LogicException("rest.d.ts names the type $name and does not say what it is");
        }

        return $this->faults($value, $this->types[$name], $place);
    }

    /** @param mixed $value @param array<string, mixed> $of @return string[] */
    private function listed($value, array $of, string $place): array
    {
        if (!is_array($value) || array_keys($value) !== array_keys(array_keys($value))) {
            return ["$place: no list"];
        }

        return $this->each($value, $of, $place);
    }

    /** @param array<int|string, mixed> $values @param array<string, mixed> $of @return string[] */
    private function each(array $values, array $of, string $place): array
    {
        $faults = [];
        foreach ($values as $key => $value) {
            $faults = array_merge($faults, $this->faults($value, $of, $place . '[' . $key . ']'));
        }

        return $faults;
    }

    /** @param mixed $value @param array<int, array<string, mixed>> $types @return string[] */
    private function any($value, array $types, string $place): array
    {
        $least = null;
        foreach ($types as $type) {
            $faults = $this->faults($value, $type, $place);
            if ($faults === []) {
                return [];
            }
            $least = $least === null || count($faults) < count($least) || $type['is'] === 'name' ? $faults : $least;
        }

        return $least ?? ["$place: nothing fits"];
    }

    /** @param mixed $value @param array<string, array{optional: bool, type: array<string, mixed>}> $fields @return string[] */
    private function object($value, array $fields, string $place): array
    {
        if (!$value instanceof \stdClass) {
            return ["$place: no record"];
        }
        $faults = [];
        $given = get_object_vars($value);
        foreach ($fields as $name => $field) {
            if (array_key_exists($name, $given)) {
                $faults = array_merge($faults, $this->faults($given[$name], $field['type'], "$place.$name"));
            } elseif (!$field['optional']) {
                $faults[] = "$place.$name is missing";
            }
        }
        foreach (array_diff(array_keys($given), array_map('strval', array_keys($fields))) as $name) {
            $faults[] = "$place.$name is not declared";
        }

        return $faults;
    }

    /** @return array<string, mixed> */
    private function type(): array
    {
        $types = [];
        do {
            if ($this->peek() === '|') {
                $this->next();
            }
            $types[] = $this->single();
        } while ($this->peek() === '|');

        return count($types) === 1 ? $types[0] : ['is' => 'union', 'of' => $types];
    }

    /** @return array<string, mixed> */
    private function single(): array
    {
        $word = $this->next();
        if ($word === '{') {
            $type = ['is' => 'object', 'fields' => $this->fields()];
        } elseif ($word === '(') {
            $type = $this->type();
            $this->expect(')');
        } elseif ($word[0] === "'") {
            $type = ['is' => 'literal', 'value' => substr($word, 1, -1)];
        } elseif (is_numeric($word)) {
            $type = ['is' => 'literal', 'value' => (int) $word];
        } elseif ($word === 'Record') {
            $this->expect('<');
            $this->expect('string');
            $this->expect(',');
            $type = ['is' => 'record', 'of' => $this->type()];
            $this->expect('>');
        } else {
            $type = ['is' => 'name', 'name' => $word];
        }
        while ($this->peek() === '[') {
            $this->next();
            $this->expect(']');
            $type = ['is' => 'array', 'of' => $type];
        }

        return $type;
    }

    /** @return array<string, array{optional: bool, type: array<string, mixed>}> */
    private function fields(): array
    {
        $fields = [];
        while ($this->peek() !== '}') {
            $name = trim($this->next(), "'");
            $optional = $this->peek() === '?';
            if ($optional) {
                $this->next();
            }
            $this->expect(':');
            $fields[$name] = ['optional' => $optional, 'type' => $this->type()];
            if (in_array($this->peek(), [';', ','], true)) {
                $this->next();
            }
        }
        $this->next();

        return $fields;
    }

    private function peek(): string
    {
        return $this->words[$this->at] ?? '';
    }

    private function next(): string
    {
        return $this->words[$this->at++] ?? '';
    }

    private function expect(string $word): void
    {
        $found = $this->next();
        if ($found !== $word) {
            throw new \LogicException("rest.d.ts: $word was wanted, $found stands at word {$this->at}: " . implode(' ', array_slice($this->words, max(0, $this->at - 12), 16)));
        }
    }
}

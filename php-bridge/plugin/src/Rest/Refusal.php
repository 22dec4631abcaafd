<?php

declare(strict_types=1);

namespace Dongbo\Rest;

use Dongbo\Texts;

/** A request that is not carried out: a code of words.json, so that its sentence and remedy stand in one place. */
final class Refusal extends \RuntimeException
{
    private string $name;

    /** @var array<int, array{name: string, value: string}> */
    private array $params;

    private int $status;

    /** @var array<int, mixed> What exactly, where there are several. */
    private array $details = [];

    /** @param array<string, string> $params By name. */
    public function __construct(string $code, int $status = 409, array $params = [])
    {
        $list = [];
        foreach ($params as $name => $value) {
            $list[] = ['name' => (string) $name, 'value' => (string) $value];
        }
        $this->name = $code;
        $this->params = $list;
        $this->status = $status;
        parent::__construct(Texts::sentence($code, $list));
    }

    /** @param array<int, mixed> $details */
    public function with(array $details): self
    {
        $this->details = $details;

        return $this;
    }

    /** The code. */
    public function name(): string
    {
        return $this->name;
    }

    /** @return array<int, array{name: string, value: string}> */
    public function params(): array
    {
        return $this->params;
    }

    /** @return array<string, mixed> `Said` of js/admin/rest.d.ts. */
    public function said(): array
    {
        return \Dongbo\Report\Said::of($this->name, $this->params);
    }

    public function asError(): \WP_Error
    {
        return new \WP_Error($this->name, $this->getMessage(), [
            'status' => $this->status,
            'remedy' => Texts::remedy($this->name, $this->params),
        ] + ($this->details === [] ? [] : ['details' => $this->details]));
    }
}

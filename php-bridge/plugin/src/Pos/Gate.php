<?php

declare(strict_types=1);

namespace Dongbo\Pos;

/** What stands before every call to the POS: the budget that all workers share. */
interface Gate
{
    /**
     * Asked before each call.
     *
     * @return array<string, mixed>|null An answer record in place of the POS's; null: go on.
     */
    public function before(): ?array;
}

<?php

declare(strict_types=1);

namespace Dongbo\Orders\Back;

/** Takes what is marked and brings the site after it, one by one, each stored by itself. */
interface Follower
{
    /**
     * @param bool $lists The lists were read just before.
     * @return array{done: bool, counts: array<string, int>, failure?: array<string, mixed>} Not done: the slice is over, or the POS did not answer.
     */
    public function run(bool $lists): array;
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/** Another worker has taken the run over: roll back and end the slice, it goes on there. */
final class FenceLost extends \RuntimeException
{
}

<?php

declare(strict_types=1);

namespace Dongbo\Sync;

/** The shop is no longer what the plan saw: the family has to be planned again. */
final class Stale extends \RuntimeException
{
}

<?php

declare(strict_types=1);

namespace Dongbo\Contract;

/** A demand that was not met. */
final class Unmet extends \RuntimeException
{
}

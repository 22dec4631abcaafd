<?php

declare(strict_types=1);

namespace Dongbo\Connection;

/** A stored secret cannot be read: the key it was encrypted with is gone (product.md A2). */
final class SecretLost extends \RuntimeException
{
}

<?php

declare(strict_types=1);

namespace Dongbo\Lanes;

/**
 * The database has lost the transaction (deadlock, lock time-out, reconnect, a hook that ran DDL)
 * while the worker still owns the run: roll back, drop caches, repeat in smaller parts.
 */
final class TransactionLost extends \RuntimeException
{
}

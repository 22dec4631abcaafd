<?php

declare(strict_types=1);

namespace Dongbo\Sync;

use Dongbo\Shop\Attributes;
use Dongbo\Shop\Origins;
use Dongbo\Shop\Products;
use Dongbo\Shop\Reader;

/** What planning and carrying out are put together from, for one connection and one piece of work. */
final class Parts
{
    public Mirror $mirror;
    public Families $families;
    public Planner $planner;

    private SyncContext $context;
    private Reader $reader;
    private Origins $origins;

    public function __construct(SyncContext $context)
    {
        $this->context = $context;
        $this->mirror = new Mirror($context->connectionId());
        $this->origins = new Origins($context->connectionId());
        $this->reader = new Reader($this->origins);
        $this->families = new Families($context, $this->mirror, $this->reader, $this->origins);
        $this->planner = new Planner($context, $this->families);
    }

    /** Somebody who carries plans out and adds what became of them to the result. */
    public function runner(SliceResult $result): Runner
    {
        if ($this->context->fence() === null) {
            throw new \LogicException('without a fence nothing may be written');
        }
        $attributes = new Attributes();
        $products = new Products($attributes, [$this->mirror, 'description']);

        return new Runner(
            $this->context,
            $this->families,
            $this->planner,
            $this->reader,
            new Applier($this->origins, $attributes, $products),
            $result,
            self::shopHasTransactions()
        );
    }

    /** On MyISAM a ROLLBACK undoes nothing: no transaction is claimed there. */
    private static function shopHasTransactions(): bool
    {
        global $wpdb;
        $tables = [$wpdb->posts, $wpdb->postmeta, $wpdb->term_relationships, $wpdb->prefix . 'wc_product_meta_lookup'];
        $engines = $wpdb->get_col($wpdb->prepare(
            'SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (%s, %s, %s, %s)',
            $tables
        ));

        return $engines !== [] && array_diff(array_map('strtolower', $engines), ['innodb']) === [];
    }
}

<?php
declare(strict_types=1);

namespace Dongbo\Audit;

/** Compares what must be with what is, row by row, and says each difference in words. */
final class Comparison {
	/** @var array<int,string> */
	public array $differences = array();
	/** @var array<string,int> How many values were compared, by field. */
	public array $compared = array();
	/** Rows that no SKU can tell apart: the plugin must name them instead. */
	public int $untold = 0;
	public int $rows   = 0;
	/** Products of goods that the POS has removed. */
	public int $left = 0;

	/**
	 * @param array<string,array> $expected Good id => expectation.
	 * @param array<int,array>    $products Post id => product.
	 * @param array<string,true>  $removed  Ids of goods the POS has removed; their products stay, not for sale.
	 */
	public function __construct( array $expected, array $products, array $removed = array() ) {
		$by_sku  = array();
		$wanted  = array();
		$parents = array();
		foreach ( $products as $id => $product ) {
			$sku = (string) ( $product['meta']['_sku'] ?? '' );
			if ( '' !== $sku ) {
				$by_sku[ self::key( $sku ) ][] = $id;
			}
		}
		foreach ( $expected as $row ) {
			$wanted[ self::key( $row['sku'] ) ] = ( $wanted[ self::key( $row['sku'] ) ] ?? 0 ) + 1;
		}
		foreach ( $expected as $good => $row ) {
			++$this->rows;
			if ( '' === $row['sku'] || $wanted[ self::key( $row['sku'] ) ] > 1 || mb_strlen( $row['sku'] ) > 100 ) {
				++$this->untold;
				continue;
			}
			$found = $by_sku[ self::key( $row['sku'] ) ] ?? array();
			if ( 1 !== count( $found ) ) {
				$this->differ( $row, (string) $good, 'products with this SKU', '1', (string) count( $found ) );
				continue;
			}
			$this->row( $row, (string) $good, $products[ $found[0] ], $products, $parents );
		}
		$this->nothing_too_many( $expected, $products, $parents, $removed );
	}

	private static function key( string $sku ): string {
		return mb_strtolower( trim( $sku ), 'UTF-8' );
	}

	private function row( array $row, string $good, array $product, array $products, array &$parents ): void {
		$meta   = $product['meta'];
		$holder = $product;
		$this->same( $row, $good, 'type', $row['type'], $product['type'] );
		if ( 'variation' === $row['type'] ) {
			$holder = $products[ $product['parent'] ] ?? array( 'name' => '', 'categories' => array(), 'type' => 'none' );
			$this->same( $row, $good, 'parent type', 'variable', $holder['type'] );
			$parents[ $row['parent'] ][ $product['parent'] ] = true;
			$this->same( $row, $good, 'parents of the family', '1', (string) count( $parents[ $row['parent'] ] ) );
			$this->same( $row, $good, 'attributes', self::text( $row['attributes'] ), self::text( $product['attributes'] ) );
		}
		$this->same( $row, $good, 'name', $row['name'], $holder['name'] );
		$this->same( $row, $good, 'categories', (string) $row['category'], implode( ', ', $holder['categories'] ) );
		$this->same( $row, $good, 'regular price', (string) $row['regular'], (string) ( $meta['_regular_price'] ?? '' ) );
		$this->same( $row, $good, 'sale price', (string) $row['sale'], (string) ( $meta['_sale_price'] ?? '' ) );
		$this->same( $row, $good, 'price', (string) ( $row['sale'] ?? $row['regular'] ), (string) ( $meta['_price'] ?? '' ) );
		$this->stock( $row, $good, $meta );
	}

	private function stock( array $row, string $good, array $meta ): void {
		if ( null !== $row['status'] ) {
			$this->same( $row, $good, 'stock status', $row['status'], (string) ( $meta['_stock_status'] ?? '' ) );
		} elseif ( 'none' === $row['stock'] ) {
			$this->same( $row, $good, 'stock managed', 'no', (string) ( $meta['_manage_stock'] ?? '' ) );
			$this->same( $row, $good, 'stock status', 'instock', (string) ( $meta['_stock_status'] ?? '' ) );
		} elseif ( null !== $row['stock'] ) {
			$this->same( $row, $good, 'stock', (string) $row['stock'], (string) (float) ( $meta['_stock'] ?? '' ) );
			$this->same( $row, $good, 'stock status', $row['stock'] > 0 ? 'instock' : 'outofstock', (string) ( $meta['_stock_status'] ?? '' ) );
		}
	}

	/** Every product of the shop must stand for a row or be the parent of one. */
	private function nothing_too_many( array $expected, array $products, array $parents, array $removed ): void {
		$skus = array();
		foreach ( $expected as $row ) {
			$skus[ self::key( $row['sku'] ) ] = true;
		}
		$used = array();
		foreach ( $parents as $ids ) {
			$used += $ids;
		}
		foreach ( $products as $id => $product ) {
			$sku = (string) ( $product['meta']['_sku'] ?? '' );
			if ( ( '' !== $sku && isset( $skus[ self::key( $sku ) ] ) ) || isset( $used[ $id ] ) || '' === $sku && $this->untold > 0 ) {
				continue;
			}
			// A `!` behind it: its link has ended.
			$origin = explode( ':', rtrim( (string) $product['origin'], '!' ) );
			if ( isset( $removed[ explode( '|', end( $origin ) )[0] ] ) ) {
				++$this->left;
				if ( 'instock' === ( $product['meta']['_stock_status'] ?? '' ) ) {
					$this->differences[] = sprintf( 'product %d "%s" (SKU "%s") is removed in the POS and can still be bought', $id, $product['name'], $sku );
				}
				continue;
			}
			$this->differences[] = sprintf( 'product %d "%s" (SKU "%s") stands for nothing in the POS', $id, $product['name'], $sku );
		}
	}

	private function same( array $row, string $good, string $field, string $must, string $is ): void {
		$this->compared[ $field ] = ( $this->compared[ $field ] ?? 0 ) + 1;
		if ( $must !== $is ) {
			$this->differ( $row, $good, $field, $must, $is );
		}
	}

	private function differ( array $row, string $good, string $field, string $must, string $is ): void {
		$this->differences[] = sprintf( '%s "%s" (POS id %s): %s must be "%s", is "%s"', $row['sku'], $row['name'], $good, $field, $must, $is );
	}

	private static function text( array $attributes ): string {
		$parts = array();
		foreach ( $attributes as $name => $value ) {
			$parts[] = "$name: $value";
		}
		return implode( ', ', $parts );
	}
}

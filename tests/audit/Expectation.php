<?php
declare(strict_types=1);

namespace Dongbo\Audit;

/**
 * What the shop must hold for one row of the POS's catalogue, worked out from the catalogue alone.
 *
 * This is a second, deliberately plain reading of product.md B1-B3, B7, C1-C3, D1-D2. It shares no
 * code with the plugin or the rules: two readings that agree are worth more than one.
 */
final class Expectation {
	/** @var array<string,array> */
	private array $goods = array();
	/** @var array<string,array> */
	private array $categories = array();
	/** @var array<string,array> */
	private array $books = array();
	/** @var array{branches:string[],regularBook:?string,saleBook:?string,orderBranch:?string} */
	private array $choices;
	private int $now;

	/**
	 * @param array $catalogue What the simulator answers at /_sim/catalogue.
	 * @param array $choices   branches (ids), orderBranch, regularBook, saleBook.
	 * @param int   $now       Seconds UTC.
	 */
	public function __construct( array $catalogue, array $choices, int $now ) {
		$this->choices = $choices + array( 'regularBook' => null, 'saleBook' => null, 'orderBranch' => null );
		$this->now     = $now;
		foreach ( $catalogue['products'] ?? array() as $row ) {
			$this->goods[ (string) $row['id'] ] = $row;
		}
		foreach ( $catalogue['categories'] ?? array() as $row ) {
			$this->categories[ (string) $row['id'] ] = $row;
		}
		foreach ( $catalogue['pricebooks'] ?? array() as $book ) {
			$this->books[ (string) $book['id'] ] = array( 'prices' => array() ) + $book;
		}
		foreach ( $this->goods as $id => $row ) {
			foreach ( $row['prices']['books'] ?? array() as $price ) {
				$this->books[ (string) $price['priceBookId'] ]['prices'][ (string) $id ] = (float) $price['price'];
			}
		}
	}

	/** @return array<string,array> Good id => expected values. */
	public function all(): array {
		$expected = array();
		foreach ( $this->goods as $id => $row ) {
			$expected[ (string) $id ] = $this->one( $row );
		}
		return $expected;
	}

	private function one( array $row ): array {
		$variant = $this->is_variant( $row );
		$regular = $this->regular( $row );
		return array(
			'sku'        => trim( (string) ( $row['code'] ?? '' ) ),
			'type'       => $variant ? 'variation' : 'simple',
			'parent'     => $variant ? $this->group( $row ) : null,
			'name'       => $this->title( $row ),
			'regular'    => $regular,
			'sale'       => $this->sale( $row, $regular ),
			'stock'      => $this->stock( $row ),
			'status'     => ( $row['isActive'] ?? true ) && ! $this->stopped_everywhere( $row ) ? null : 'outofstock',
			'category'   => $this->path( (string) ( $row['categoryId'] ?? '' ) ),
			'attributes' => $variant ? $this->attributes( $row ) : array(),
		);
	}

	/** @param array<string, true> $seen Units may name each other as their base. */
	private function root( array $row, array $seen = array() ): string {
		if ( ! empty( $row['masterProductId'] ) ) {
			return (string) $row['masterProductId'];
		}
		$base = (string) ( $row['masterUnitId'] ?? '' );
		if ( '' !== $base && isset( $this->goods[ $base ] ) && $base !== (string) $row['id'] && ! isset( $seen[ $base ] ) ) {
			return $this->root( $this->goods[ $base ], $seen + array( $base => true ) );
		}
		return '' !== $base ? $base : (string) $row['id'];
	}

	/** Rows that share a root and a unit level are one product. */
	private function group( array $row ): string {
		return $this->root( $row ) . '|' . ( empty( $row['masterUnitId'] ) ? '' : (string) ( $row['unit'] ?? '' ) );
	}

	private function is_variant( array $row ): bool {
		static $variable = null;
		if ( null === $variable ) {
			$variable = array();
			foreach ( $this->goods as $other ) {
				if ( ! empty( $other['attributes'] ) ) {
					$variable[ $this->group( $other ) ] = true;
				}
			}
		}
		return isset( $variable[ $this->group( $row ) ] );
	}

	/** "name (unit)" where a good is sold in more than one unit, else its name (B3). */
	private function title( array $row ): string {
		static $several = null;
		if ( null === $several ) {
			$several = array();
			foreach ( $this->goods as $other ) {
				if ( ! empty( $other['masterUnitId'] ) ) {
					$several[ $this->root( $other ) ] = true;
				}
			}
		}
		// Variants share one title, so one row of them says whether it bears a unit.
		$speaker = $this->is_variant( $row ) && empty( $row['masterUnitId'] ) ? $this->goods[ $this->root( $row ) ] ?? $row : $row;
		$unit    = (string) ( $speaker['unit'] ?? '' );
		$name    = trim( (string) $row['name'] );
		return '' !== $unit && isset( $several[ $this->root( $row ) ] ) ? "$name ($unit)" : $name;
	}

	private function in_force( array $book ): bool {
		$start = isset( $book['startDate'] ) ? self::instant( $book['startDate'] ) : null;
		$end   = isset( $book['endDate'] ) ? self::instant( $book['endDate'] ) : null;
		return ( $book['isActive'] ?? true )
			&& ( null === $start || $start <= $this->now )
			&& ( null === $end || $end >= $this->now );
	}

	private static function instant( string $text ): int {
		$offset = preg_match( '/(Z|[+-]\d\d:?\d\d)$/', $text ) ? '' : '+07:00';
		return ( new \DateTimeImmutable( preg_replace( '/\.\d+/', '', $text ) . $offset ) )->getTimestamp();
	}

	private function book_price( ?string $book, array $row ): ?float {
		if ( null === $book || ! isset( $this->books[ $book ] ) || ! $this->in_force( $this->books[ $book ] ) ) {
			return null;
		}
		$branches = array_map( 'strval', $this->books[ $book ]['branches'] ?? array() );
		if ( ! ( $this->books[ $book ]['isGlobal'] ?? true ) && array() !== $branches
			&& ! in_array( (string) $this->choices['orderBranch'], $branches, true ) ) {
			return null;
		}
		return $this->books[ $book ]['prices'][ (string) $row['id'] ] ?? null;
	}

	private function regular( array $row ): ?int {
		$price = (int) round( $this->book_price( $this->choices['regularBook'], $row ) ?? (float) $row['basePrice'] );
		return 0 === $price ? null : $price;
	}

	private function sale( array $row, ?int $regular ): ?int {
		$sale = $this->book_price( $this->choices['saleBook'], $row );
		if ( null === $sale || null === $regular ) {
			return null;
		}
		$sale = (int) round( $sale );
		return $sale > 0 && $sale < $regular ? $sale : null;
	}

	/** Whole pieces that can be sold; 'none' for a service, null where the POS does not say. */
	private function stock( array $row ) {
		if ( 3 === (int) ( $row['type'] ?? 2 ) ) {
			return 'none';
		}
		if ( 1 === (int) ( $row['type'] ?? 2 ) ) {
			return $this->combo_stock( $row );
		}
		$base = $row;
		if ( ! empty( $row['masterUnitId'] ) && isset( $this->goods[ (string) $row['masterUnitId'] ] ) ) {
			$base = $this->goods[ (string) $row['masterUnitId'] ];
		}
		$sellable = $this->sellable( $base );
		if ( null === $sellable ) {
			return null;
		}
		$ratio = (string) $base['id'] === (string) $row['id'] ? 1.0 : (float) ( $row['conversionValue'] ?? 1 );
		return (int) floor( $sellable / $ratio + 1e-9 );
	}

	private function sellable( array $row ): ?float {
		$sum = 0.0;
		foreach ( $this->choices['branches'] as $branch ) {
			$found = null;
			foreach ( $row['stock'] ?? array() as $stock ) {
				if ( (string) $stock['branchId'] === (string) $branch ) {
					$found = $stock;
				}
			}
			if ( null === $found ) {
				return null;
			}
			$traded = $found['isActive'] ?? true;
			$sum   += $traded ? max( 0.0, (float) $found['onHand'] - (float) ( $found['reserved'] ?? 0 ) ) : 0.0;
		}
		return $sum;
	}

	private function combo_stock( array $row ): ?int {
		foreach ( $row['stock'] ?? array() as $stock ) {
			if ( 0.0 !== (float) $stock['onHand'] ) {
				$own = $this->sellable( $row );
				return null === $own ? null : (int) floor( $own );
			}
		}
		$least = null;
		foreach ( $row['formulas'] ?? array() as $part ) {
			$material = $this->goods[ (string) $part['materialId'] ] ?? null;
			$sellable = null === $material ? null : $this->sellable( $material );
			if ( null === $sellable || (float) $part['quantity'] <= 0.0 ) {
				return null;
			}
			$allows = (int) floor( $sellable / (float) $part['quantity'] + 1e-9 );
			$least  = null === $least ? $allows : min( $least, $allows );
		}
		return $least;
	}

	/** Not traded in any of the chosen branches (B7). */
	private function stopped_everywhere( array $row ): bool {
		$stopped = array_filter(
			$row['stock'] ?? array(),
			fn( array $stock ): bool => in_array( (string) $stock['branchId'], $this->choices['branches'], true ) && ! ( $stock['isActive'] ?? true )
		);
		return count( $stopped ) === count( $this->choices['branches'] );
	}

	private function path( string $id ): ?string {
		$names = array();
		while ( isset( $this->categories[ $id ] ) && count( $names ) < 5 ) {
			array_unshift( $names, trim( (string) $this->categories[ $id ]['name'] ) );
			$id = (string) ( $this->categories[ $id ]['parentId'] ?? '' );
		}
		return array() === $names ? null : implode( ' > ', $names );
	}

	private function attributes( array $row ): array {
		$values = array();
		foreach ( $row['attributes'] ?? array() as $attribute ) {
			$values[ trim( (string) $attribute['attributeName'] ) ] = trim( (string) $attribute['attributeValue'] );
		}
		ksort( $values );
		return $values;
	}
}

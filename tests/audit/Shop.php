<?php
declare(strict_types=1);

namespace Dongbo\Audit;

/** What the shop's database really holds, read with plain SQL and no WordPress code. */
final class Shop {
	private \mysqli $db;
	private string $prefix;

	public function __construct( \mysqli $db, string $prefix ) {
		$this->db     = $db;
		$this->prefix = $prefix;
	}

	/** @return array<int,array> Post id => product or variation, trash left out. */
	public function products(): array {
		$products = array();
		foreach ( $this->rows( "SELECT ID, post_title, post_type, post_parent, post_status, post_content_filtered FROM {$this->prefix}posts
			WHERE post_type IN ('product', 'product_variation') AND post_status NOT IN ('trash', 'auto-draft')" ) as $row ) {
			$products[ (int) $row['ID'] ] = array(
				'id'         => (int) $row['ID'],
				'name'       => html_entity_decode( $row['post_title'], ENT_QUOTES | ENT_HTML5, 'UTF-8' ),
				'post_type'  => $row['post_type'],
				'parent'     => (int) $row['post_parent'],
				'status'     => $row['post_status'],
				'origin'     => $row['post_content_filtered'],
				'meta'       => array(),
				'type'       => 'product_variation' === $row['post_type'] ? 'variation' : '',
				'categories' => array(),
			);
		}
		$this->add_meta( $products );
		$this->add_terms( $products );
		return $products;
	}

	private function add_meta( array &$products ): void {
		foreach ( $this->rows( "SELECT m.post_id, m.meta_key, m.meta_value FROM {$this->prefix}postmeta m
			JOIN {$this->prefix}posts p ON p.ID = m.post_id WHERE p.post_type IN ('product', 'product_variation')" ) as $row ) {
			if ( isset( $products[ (int) $row['post_id'] ] ) ) {
				$products[ (int) $row['post_id'] ]['meta'][ $row['meta_key'] ] = $row['meta_value'];
			}
		}
	}

	private function add_terms( array &$products ): void {
		$names = array();
		$slugs = array();
		foreach ( $this->rows( "SELECT t.term_id, t.name, t.slug, tt.taxonomy, tt.parent FROM {$this->prefix}terms t
			JOIN {$this->prefix}term_taxonomy tt ON tt.term_id = t.term_id" ) as $row ) {
			$names[ (int) $row['term_id'] ]                 = $row;
			$slugs[ $row['taxonomy'] . '/' . $row['slug'] ] = html_entity_decode( $row['name'], ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		}
		$labels = array();
		foreach ( $this->rows( "SELECT attribute_name, attribute_label FROM {$this->prefix}woocommerce_attribute_taxonomies" ) as $row ) {
			$labels[ 'pa_' . $row['attribute_name'] ] = html_entity_decode( $row['attribute_label'], ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		}
		foreach ( $this->rows( "SELECT r.object_id, tt.term_id, tt.taxonomy FROM {$this->prefix}term_relationships r
			JOIN {$this->prefix}term_taxonomy tt ON tt.term_taxonomy_id = r.term_taxonomy_id
			WHERE tt.taxonomy IN ('product_type', 'product_cat')" ) as $row ) {
			$id = (int) $row['object_id'];
			if ( ! isset( $products[ $id ] ) ) {
				continue;
			}
			if ( 'product_type' === $row['taxonomy'] ) {
				$products[ $id ]['type'] = $names[ (int) $row['term_id'] ]['slug'];
			} else {
				$products[ $id ]['categories'][] = self::path( $names, (int) $row['term_id'] );
			}
		}
		foreach ( $products as &$product ) {
			$product['attributes'] = array();
			foreach ( $product['meta'] as $key => $slug ) {
				if ( 0 === strpos( (string) $key, 'attribute_pa_' ) ) {
					$taxonomy = substr( (string) $key, 10 );
					$label    = $labels[ $taxonomy ] ?? $labels[ rawurldecode( $taxonomy ) ] ?? $taxonomy;
					$product['attributes'][ $label ] = '' === $slug ? '' : ( $slugs[ "$taxonomy/$slug" ] ?? $slugs[ rawurldecode( $taxonomy ) . "/$slug" ] ?? $slug );
				}
			}
			ksort( $product['attributes'] );
		}
	}

	private static function path( array $names, int $id ): string {
		$path = array();
		while ( isset( $names[ $id ] ) && count( $path ) < 10 ) {
			array_unshift( $path, html_entity_decode( $names[ $id ]['name'], ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
			$id = (int) $names[ $id ]['parent'];
		}
		return implode( ' > ', $path );
	}

	private function rows( string $sql ): array {
		$result = $this->db->query( $sql );
		if ( false === $result ) {
			throw new \RuntimeException( $this->db->error . " in: $sql" );
		}
		return $result->fetch_all( MYSQLI_ASSOC );
	}
}

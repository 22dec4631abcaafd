# The site: WordPress, WooCommerce or its stand-in, Dongbo, a web server.

site_options() {
	LAB_DIR='' WANT_WORDPRESS=$WORDPRESS_DEFAULT WANT_WOOCOMMERCE=auto LAB_HPOS=on LAB_CRON=0 LAB_DURABLE=0
	LAB_PORT='' LAB_PLUGIN=1 LAB_SERVE=1 LAB_MULTISITE=0 LAB_OBJECT_CACHE=0 INI=() DEFINES=()
	while [ $# -gt 0 ]; do
		case $1 in
			--dir) LAB_DIR=$2; shift ;;
			--wordpress) WANT_WORDPRESS=$2; shift ;;
			--woocommerce) WANT_WOOCOMMERCE=$2; shift ;;
			--hpos) LAB_HPOS=$2; shift ;;
			--ini) INI+=("$2"); shift ;;
			--define) DEFINES+=("$2"); shift ;;
			--port) LAB_PORT=$2; shift ;;
			--cron) LAB_CRON=1 ;;
			--durable) LAB_DURABLE=1 ;;
			--no-plugin) LAB_PLUGIN=0 ;;
			--no-serve) LAB_SERVE=0 ;;
			--multisite) LAB_MULTISITE=1 ;;
			--object-cache) LAB_OBJECT_CACHE=1 ;;
			*) die "unknown option of up: $1" ;;
		esac
		shift
	done
	[ -n "$LAB_DIR" ] || die "up needs --dir DIR"
	[ "$LAB_HPOS" = on ] || [ "$LAB_HPOS" = off ] || die "--hpos is on or off"
}

site_up() {
	site_options "$@"
	packages_need
	local wordpress woocommerce template
	wordpress=$(source_wordpress "$WANT_WORDPRESS")
	LAB_WORDPRESS=$(version_of_wordpress "$wordpress")
	woocommerce=$(source_woocommerce "$WANT_WOOCOMMERCE" "$LAB_WORDPRESS")
	LAB_WOOCOMMERCE=$(version_of_woocommerce "$woocommerce")
	LAB_SHOP=real; [ "$woocommerce" = "$REPO/tests/shop-stand-in" ] && LAB_SHOP=stand-in

	site_clear
	site_files "$wordpress" "$woocommerce"
	template=$(site_template "$woocommerce")
	if [ -d "$template" ]; then
		cp -a --sparse=always "$template" "$LAB_DIR/db"
		database_start
	else
		site_install "$template"
	fi

	[ -n "$LAB_PORT" ] || LAB_PORT=$(free_port)
	LAB_URL=http://127.0.0.1:$LAB_PORT
	database_client "UPDATE wp_options SET option_value = '$LAB_URL' WHERE option_name IN ('siteurl', 'home')"
	site_config
	[ "$LAB_OBJECT_CACHE" = 0 ] || cp "$LAB_HOME/object-cache.php" "$LAB_DIR/wp/wp-content/object-cache.php"
	[ "$LAB_MULTISITE" = 0 ] || site_network
	[ "$LAB_SERVE" = 0 ] || site_serve
	lab_save
	if [ "$LAB_PLUGIN" = 1 ] && [ -f "$REPO/php-bridge/plugin/dongbo.php" ]; then
		ln -sfn "$REPO/php-bridge/plugin" "$LAB_DIR/wp/wp-content/plugins/dongbo"
		site_exec "$LAB_HOME/activate.php" dongbo/dongbo.php
	fi
	trap - EXIT
	say "WordPress $LAB_WORDPRESS, WooCommerce $LAB_WOOCOMMERCE ($LAB_SHOP), $LAB_URL (admin / admin)"
}

# The site becomes the first of a network, with a second one below it; constants as WordPress's own set-up tells them.
site_network() {
	local host=${LAB_URL#http://}
	site_define LAB_HOST "$host"
	site_exec "$LAB_HOME/network.php" "$host"
	site_define MULTISITE true
	site_define SUBDOMAIN_INSTALL false
	site_define DOMAIN_CURRENT_SITE "$host"
	site_define PATH_CURRENT_SITE /
	site_define SITE_ID_CURRENT_SITE 1
	site_define BLOG_ID_CURRENT_SITE 1
	site_exec "$LAB_HOME/second-site.php" "$host"
}

# A stopped lab goes on with its database, at the same address.
site_start() {
	site_stop
	trap site_stop EXIT
	database_start
	site_config
	site_serve
	lab_save
	trap - EXIT
}

# Takes down what an earlier `up` left in the folder; refuses a folder that is not a lab's.
site_clear() {
	if [ -f "$LAB_DIR/lab.env" ]; then
		(lab_load "$LAB_DIR"; site_stop)
		rm -rf "$LAB_DIR"
	elif [ -d "$LAB_DIR" ] && [ -n "$(ls -A "$LAB_DIR")" ]; then
		die "$LAB_DIR is not empty and not a lab: choose another folder"
	fi
	mkdir -p "$LAB_DIR/ini"
	LAB_DIR=$(readlink -f "$LAB_DIR")
	DB_PID='' WEB_PID='' DB_SOCKET='' DB_PORT='' LAB_URL='' LAB_DATABASE=wordpress
	lab_save
	trap site_stop EXIT
}

# Hard links where the file system allows: a bring-up is then a second, not ten.
site_copy() { cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -a "$1" "$2"; }; }

site_files() {
	site_copy "$1" "$LAB_DIR/wp"
	rm -rf "$LAB_DIR/wp/wp-content/plugins" "$LAB_DIR/wp/wp-config.php"
	mkdir -p "$LAB_DIR/wp/wp-content/"{plugins,mu-plugins,uploads}
	if [ "$LAB_SHOP" = stand-in ]; then
		ln -s "$2" "$LAB_DIR/wp/wp-content/plugins/woocommerce"
	else
		site_copy "$2" "$LAB_DIR/wp/wp-content/plugins/woocommerce"
	fi
	cp "$LAB_HOME/mu-plugin.php" "$LAB_DIR/wp/wp-content/mu-plugins/lab.php"
	printf '%s\n' opcache.enable=0 opcache.enable_cli=0 display_errors=stderr error_reporting=-1 memory_limit=512M \
		"${INI[@]+"${INI[@]}"}" >"$LAB_DIR/ini/lab.ini"
	printf '<?php\n' >"$LAB_DIR/defines.php"
	local define
	for define in "${DEFINES[@]+"${DEFINES[@]}"}"; do site_define "${define%%=*}" "${define#*=}"; done
}

site_define() {
	NAME=$1 VALUE=$2 php -n -r '
		$file = $argv[1];
		$name = getenv("NAME"); $value = getenv("VALUE");
		if (in_array($value, ["true", "false"], true)) { $value = $value === "true"; }
		$lines = preg_grep("/^define\\( " . preg_quote(var_export($name, true), "/") . ",/", file($file), PREG_GREP_INVERT);
		file_put_contents($file, implode("", $lines) . "define( " . var_export($name, true) . ", " . var_export($value, true) . " );\n");
	' "$LAB_DIR/defines.php"
}

site_config() {
	{
		printf '<?php\n'
		printf "define( 'DB_NAME', '%s' );\ndefine( 'DB_USER', 'root' );\ndefine( 'DB_PASSWORD', '' );\n" "$LAB_DATABASE"
		printf "define( 'DB_HOST', 'localhost:%s' );\ndefine( 'LAB_DIR', '%s' );\n" "$DB_SOCKET" "$LAB_DIR"
		[ "$LAB_CRON" = 1 ] || printf "define( 'DISABLE_WP_CRON', true );\n"
		printf "require '%s';\n" "$LAB_DIR/defines.php"
		printf "require '%s';\n" "$LAB_HOME/wp-config-common.php"
		printf "\$table_prefix = 'wp_';\nif ( ! defined( 'ABSPATH' ) ) {\n\tdefine( 'ABSPATH', __DIR__ . '/' );\n}\nrequire_once ABSPATH . 'wp-settings.php';\n"
	} >"$LAB_DIR/wp/wp-config.php"
}

# Where the database of a freshly installed site of this kind is kept: everything that shapes it is in the name.
site_template() {
	local woocommerce=$1 shape
	shape=$( { cat "$LAB_HOME"/*.php "$LAB_HOME"/lib/*.sh
		[ "$LAB_SHOP" = real ] || cat $(find "$woocommerce" -name '*.php' | sort)
		"$(database_daemon)" --version; php -v | head -1; readlink -f "$woocommerce"; } | sha256sum | cut -c1-16)
	printf '%s\n' "$CACHE/lab/wp-$LAB_WORDPRESS-wc-$LAB_WOOCOMMERCE-$LAB_SHOP-hpos-$LAB_HPOS-$shape"
}

site_install() {
	local template=$1 began=$SECONDS
	say "installing WordPress $LAB_WORDPRESS with WooCommerce $LAB_WOOCOMMERCE ($LAB_SHOP); kept for the next time"
	database_create "$LAB_DIR/db"
	database_start
	LAB_DATABASE='' database_client "CREATE DATABASE wordpress CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"
	LAB_URL=http://127.0.0.1
	site_config
	lab_php "$LAB_HOME/install.php" "$LAB_DIR/wp"
	site_exec "$LAB_HOME/activate.php" woocommerce/woocommerce.php
	site_exec "$LAB_HOME/shop-settings.php" "$LAB_HPOS"
	# WooCommerce's own notices while it installs are not the site's.
	[ ! -f "$LAB_DIR/debug.log" ] || mv "$LAB_DIR/debug.log" "$LAB_DIR/install.log"
	database_stop
	mkdir -p "$CACHE/lab"
	rm -rf "$template.$$"
	cp -a --sparse=always "$LAB_DIR/db" "$template.$$"
	# Another lab may have been quicker; both are the same.
	mv -T "$template.$$" "$template" 2>/dev/null || rm -rf "$template.$$"
	touch "$template"
	# What no bring-up has made for a week belongs to older sources.
	find "$CACHE/lab" -mindepth 1 -maxdepth 1 -mtime +7 -exec rm -rf {} +
	say "installed in $((SECONDS - began)) s"
	database_start
}

site_serve() {
	local deadline=$((SECONDS + 30))
	PHP_CLI_SERVER_WORKERS=4 PHP_INI_SCAN_DIR=":$LAB_DIR/ini" setsid php -S "127.0.0.1:$LAB_PORT" -t "$LAB_DIR/wp" \
		"$LAB_HOME/router.php" >"$LAB_DIR/web.log" 2>&1 </dev/null 8>&- 9>&- &
	WEB_PID=$!
	until (exec 3<>"/dev/tcp/127.0.0.1/$LAB_PORT") 2>/dev/null; do
		kill -0 "$WEB_PID" 2>/dev/null || { cat "$LAB_DIR/web.log" >&2; die "the web server ended"; }
		[ $SECONDS -lt $deadline ] || die "the web server does not answer; see $LAB_DIR/web.log"
		sleep 0.1
	done
}

site_stop() {
	trap - EXIT
	stop_process "${WEB_PID:-}"
	database_stop
}

lab_php() { PHP_INI_SCAN_DIR=":$LAB_DIR/ini" php "$@"; }

site_exec() {
	local php=() user=0
	while :; do
		case ${1:-} in
			-d) php+=(-d "$2"); shift 2 ;;
			--user) user=$2; shift 2 ;;
			*) break ;;
		esac
	done
	[ $# -gt 0 ] || die "exec needs a PHP file, or - for code on stdin"
	LAB_USER=$user lab_php "${php[@]+"${php[@]}"}" "$LAB_HOME/inside.php" "$LAB_DIR/wp" "$@"
}

lab_save() {
	local name
	LAB_WORDPRESS_VERSION=$LAB_WORDPRESS LAB_WOOCOMMERCE_VERSION=$LAB_WOOCOMMERCE LAB_ADMIN=admin LAB_PASSWORD=admin
	LAB_WOOCOMMERCE_NAME="WooCommerce $LAB_WOOCOMMERCE"
	[ "$LAB_SHOP" = real ] || LAB_WOOCOMMERCE_NAME="a stand-in for WooCommerce $LAB_WOOCOMMERCE (tests/shop-stand-in)"
	for name in LAB_DIR LAB_URL LAB_PORT LAB_WORDPRESS LAB_WOOCOMMERCE LAB_SHOP LAB_HPOS LAB_CRON LAB_DURABLE LAB_DATABASE \
		LAB_WORDPRESS_VERSION LAB_WOOCOMMERCE_VERSION LAB_WOOCOMMERCE_NAME LAB_ADMIN LAB_PASSWORD \
		DB_SOCKET DB_PORT DB_PID WEB_PID; do
		printf "%s='%s'\n" "$name" "${!name//\'/\'\\\'\'}"
	done >"$LAB_DIR/lab.env"
}

lab_load() {
	[ -f "$1/lab.env" ] || die "$1 is not a lab (no lab.env in it)"
	. "$1/lab.env"
}

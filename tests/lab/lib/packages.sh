# PHP and MariaDB from Debian.

PACKAGES=(php-cli php-mysql php-xml php-mbstring php-curl php-zip php-intl php-gd mariadb-server)

packages_missing() {
	local loaded module
	command -v php >/dev/null || { echo php-cli; return; }
	loaded=$(php -m)
	for module in mysqli dom mbstring curl zip intl gd; do
		grep -qix "$module" <<<"$loaded" || echo "php-$module"
	done
	command -v mariadbd >/dev/null || [ -x /usr/sbin/mariadbd ] || echo mariadb-server
	command -v mariadb-install-db >/dev/null || echo mariadb-server
}

packages_need() {
	local missing
	missing=$(packages_missing | sort -u | tr '\n' ' ')
	[ -z "$missing" ] && return 0
	if ! command -v apt-get >/dev/null; then
		die "missing on this machine: $missing- install PHP (>= 7.4, with mysqli, xml, mbstring, curl, zip, intl, gd) and MariaDB (>= 10.5), then try again"
	fi
	if [ "$(id -u)" != 0 ]; then
		die "missing on this machine: $missing- run once as root: apt-get install ${PACKAGES[*]}"
	fi
	say "installing (missing: $missing)"
	packages_without_services apt-get -q -o DPkg::Lock::Timeout=600 update >&2
	DEBIAN_FRONTEND=noninteractive packages_without_services apt-get -qy -o DPkg::Lock::Timeout=600 \
		--no-install-recommends install "${PACKAGES[@]}" >&2
	missing=$(packages_missing | tr '\n' ' ')
	[ -z "$missing" ] || die "still missing after the installation: $missing"
}

# The lab starts a database server of its own; the package must not start the machine's.
packages_without_services() {
	local policy=/usr/sbin/policy-rc.d status=0
	if [ -e "$policy" ]; then "$@"; return; fi
	printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod 755 "$policy"
	"$@" || status=$?
	rm -f "$policy"
	return "$status"
}

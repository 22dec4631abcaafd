# A MariaDB server of the lab's own: data in the lab's folder, a socket and a port on 127.0.0.1.

database_daemon() { command -v mariadbd || echo /usr/sbin/mariadbd; }

database_create() {
	local data=$1
	mkdir -p "$data"
	mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$data" --skip-test-db \
		--auth-root-authentication-method=normal --innodb-log-file-size=32M >"$data.log" 2>&1 \
		|| { cat "$data.log" >&2; die "the database could not be created in $data"; }
}

# Starts the server on $LAB_DIR/db; leaves DB_SOCKET, DB_PORT, DB_PID.
database_start() {
	local flush=2 deadline=$((SECONDS + 60))
	[ "${LAB_DURABLE:-}" = 1 ] && flush=1
	DB_SOCKET=$LAB_DIR/db.sock
	# A socket's path may have 107 bytes at most.
	[ ${#DB_SOCKET} -le 100 ] || DB_SOCKET=$(mktemp -u /tmp/dongbo-lab-XXXXXX.sock)
	DB_PORT=$(free_port)
	setsid "$(database_daemon)" --no-defaults --user="$(id -un)" --datadir="$LAB_DIR/db" --socket="$DB_SOCKET" \
		--bind-address=127.0.0.1 --port="$DB_PORT" --pid-file="$LAB_DIR/db.pid" --skip-name-resolve \
		--innodb-log-file-size=32M --innodb-buffer-pool-size=128M --innodb-flush-log-at-trx-commit="$flush" \
		--character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_520_ci --max-connections=60 \
		--performance-schema=OFF --log-error="$LAB_DIR/db.log" >/dev/null 2>&1 </dev/null 8>&- 9>&- &
	DB_PID=$!
	until LAB_DATABASE='' database_client 'SELECT 1' >/dev/null 2>&1; do
		kill -0 "$DB_PID" 2>/dev/null || { tail -20 "$LAB_DIR/db.log" >&2; die "the database server ended"; }
		[ $SECONDS -lt $deadline ] || die "the database server does not answer; see $LAB_DIR/db.log"
		sleep 0.1
	done
}

database_client() {
	local client=(mariadb --no-defaults --socket="$DB_SOCKET" --user=root --default-character-set=utf8mb4)
	if [ $# -gt 0 ]; then
		"${client[@]}" --batch --skip-column-names --execute="$1" "${LAB_DATABASE:-}"
	else
		"${client[@]}" "${LAB_DATABASE:-}"
	fi
}

database_stop() { stop_process "${DB_PID:-}"; rm -f "${DB_SOCKET:-}"; }

# A process that has ended and only waits for its parent to notice does not count.
process_runs() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }

# TERM first, so that the server closes its files; KILL after 20 s.
stop_process() {
	local pid=${1:-} i
	[ -n "$pid" ] && process_runs "$pid" || return 0
	kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
	for i in $(seq 200); do process_runs "$pid" || return 0; sleep 0.1; done
	kill -KILL -- "-$pid" 2>/dev/null || true
}

free_port() {
	php -n -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($s, false))[1];'
}

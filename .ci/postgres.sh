#!/bin/sh
# A temporary PostgreSQL cluster on loopback for the store's tests.
#   .ci/postgres.sh start [DIR]   makes it in DIR and prints its address
#   .ci/postgres.sh stop [DIR]    stops it and removes DIR
# DIR is a folder of its own under the system's temporary one unless given.
# Needs Debian's postgresql package. Root hands over to the postgres user,
# because the server refuses to run as root.
set -eu
action=${1:-} dir=${2:-${TMPDIR:-/tmp}/mujaz-postgres}
as() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

case $action in
start)
	bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
	mkdir -p "$dir"
	if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; fi
	port=${POSTGRES_PORT:-$((20000 + $$ % 20000))}
	as "$bin/initdb" -D "$dir/data" -U mujaz -A trust -E UTF8 --locale=C >"$dir/initdb.log" 2>&1
	# No fsync: the tests are about our transactions, not about this disk.
	as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/data/server.log" -o \
		"-p $port -k $dir/data -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300" start >"$dir/start.log" 2>&1
	echo "postgres://mujaz@127.0.0.1:$port/postgres?sslmode=disable"
	;;
stop)
	bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
	as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$dir"
	;;
*)
	echo "usage: .ci/postgres.sh start|stop [DIR]" >&2
	exit 2
	;;
esac

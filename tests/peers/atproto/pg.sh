#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A throw-away PostgreSQL cluster in DIR. It listens on a socket inside DIR and on no port at all, so that nothing can
# collide and nobody else can reach it. Root's calls run as the user "postgres", because PostgreSQL refuses root.
#
#   pg.sh up DIR | down DIR
set -euo pipefail

usage() {
  echo "usage: pg.sh up DIR | down DIR" >&2
  exit 2
}
[ $# -eq 2 ] || usage
dir=$2

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "pg.sh: PostgreSQL is missing (Debian's package 'postgresql')." >&2; exit 1; }

run() {
  if [ "$(id -u)" = 0 ]; then
    # Not in the caller's folder: the other user may not be allowed to be there.
    (cd / && exec runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

up() {
  if [ "$(id -u)" = 0 ]; then
    install -d -o postgres -m 700 "$dir"
  else
    install -d -m 700 "$dir"
  fi
  run "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  # What is in it lives for one test run: speed before safety. The servers open up to some sixty connections.
  run "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -s -w -t 60 start -o \
    "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=150"
}

down() {
  local pid
  pid=$(head -1 "$dir/data/postmaster.pid" 2>/dev/null) || return 0
  grep -zqxF -- "$dir/data" "/proc/$pid/cmdline" 2>/dev/null || return 0
  run "$bin/pg_ctl" -D "$dir/data" -s -m immediate -w -t 30 stop
}

case $1 in
up) up ;;
down) down ;;
*) usage ;;
esac

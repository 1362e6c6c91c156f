#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A private Bluesky network for the tests, made of the official servers (npm's @atproto/dev-env): PLC directory, PDS and
# AppView, with a PostgreSQL cluster of their own. Only loopback is listened on, every port is one the system found free.
#
#   net.sh get            installs the servers (and a Node of their own where none fits); quick when they are there
#   net.sh up STATE       starts a network; STATE becomes a JSON file that says where everything is
#   net.sh check STATE    tries, as an independent client, what the tests rely on
#   net.sh down STATE     stops it and removes all it wrote, STATE.log excepted; succeeds when nothing runs
#
# A network left over from a run that was aborted is stopped by the next `up` with the same STATE.
# Environment: INDELIBLE_PEERS  folder for what `get` installs ($HOME/.cache/indelible-peers)
#              SEED=0           no posts, only the accounts
#              RATE_LIMITS=1    the PDS keeps its real limits (429 and RateLimit-* headers)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
install_dir=${INDELIBLE_PEERS:-$HOME/.cache/indelible-peers}/atproto
own_node=$install_dir/node/node_modules/node/node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')/bin/node
own_node_version=20.20.2

die() {
  echo "net.sh: $*" >&2
  exit 1
}

# The servers run on Node 20 and 22. One without its headers is of no use either: better-sqlite3 is compiled against them.
node_fits() {
  local node=$1 major
  [ -x "$node" ] || return 1
  major=$("$node" -p 'process.versions.node.split(".")[0]' 2>/dev/null) || return 1
  case $major in 20 | 22) ;; *) return 1 ;; esac
  grep -q "NODE_MAJOR_VERSION $major\$" "$(node_home "$node")/include/node/node_version.h" 2>/dev/null
}

node_home() {
  dirname "$(dirname "$(readlink -f "$1")")"
}

find_node() {
  local node
  for node in "$(command -v node || true)" "$own_node"; do
    if [ -n "$node" ] && node_fits "$node"; then
      echo "$node"
      return 0
    fi
  done
  return 1
}

# ---- get

fetch_node() {
  echo "No Node 20 or 22 with headers here: installing Node $own_node_version into $install_dir/node"
  mkdir -p "$install_dir/node"
  echo '{"private": true}' >"$install_dir/node/package.json"
  # The package `node` finds the build for this processor in its install script.
  npm install --prefix "$install_dir/node" --no-audit --no-fund --loglevel=error "node@$own_node_version" >/dev/null
  node_fits "$own_node" || die "npm's package 'node' brought no usable Node $own_node_version."
}

# In a subshell, so that the lock is let go at its end.
get() (
  command -v npm >/dev/null || die "npm is missing; packaging/test installs it."
  mkdir -p "$install_dir"
  exec 9>"$install_dir/lock"
  flock 9
  local node wanted
  node=$(find_node) || { fetch_node && node=$own_node; }
  wanted="$("$node" -p process.version) $(sha256sum <"$here/package-lock.json")"
  [ "$(cat "$install_dir/complete" 2>/dev/null)" != "$wanted" ] || exit 0

  echo "Installing the Bluesky servers into $install_dir (about 350 MB; once)"
  rm -f "$install_dir/complete"
  cp "$here/package.json" "$here/package-lock.json" "$install_dir/"
  # No install scripts of other people run: the one package that needs building is built below, from its source.
  (cd "$install_dir" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
  (cd "$install_dir/node_modules/better-sqlite3" &&
    PATH=$(dirname "$node"):$PATH "$node" ../node-gyp/bin/node-gyp.js rebuild --release \
      "--nodedir=$(node_home "$node")" >"$install_dir/better-sqlite3.log" 2>&1) ||
    { tail -20 "$install_dir/better-sqlite3.log" >&2; die "better-sqlite3 did not compile (make, g++ and python3 are needed)."; }
  echo "$wanted" >"$install_dir/complete"
)

# ---- up, down

# What runs is written down in STATE.run, one "name=value" a line; nothing else is ever stopped or removed.
recorded() {
  sed -n "s/^$1=//p" "$state.run" 2>/dev/null | tail -1
}

# Process ids are used again by the system: ours carries the name of its state file in its environment.
is_ours() {
  [ -n "$1" ] && grep -zqxF "INDELIBLE_PEERS_STATE=$state" "/proc/$1/environ" 2>/dev/null
}

stop_process() {
  local pid=$1
  is_ours "$pid" || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do
    is_ours "$pid" || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}

down() {
  [ -e "$state.run" ] || return 0
  local run_dir
  run_dir=$(recorded run_dir)
  stop_process "$(recorded network_pid)"
  case $run_dir in
  /tmp/indelible-atproto.*)
    "$here/pg.sh" down "$run_dir/pg" >>"$state.log" 2>&1 || true
    rm -rf "$run_dir"
    ;;
  esac
  rm -f "$state" "$state.run"
}

up_once() {
  local node=$1 run_dir pid
  : >"$state.log"
  # Short, because a socket's path may have 107 characters; and not below a TMPDIR that is closed to other users.
  run_dir=$(mktemp -d /tmp/indelible-atproto.XXXXXX)
  echo "run_dir=$run_dir" >"$state.run"
  # Where root calls, PostgreSQL runs as a user of its own, who must be able to pass through.
  chmod 711 "$run_dir"
  mkdir "$run_dir/tmp"
  "$here/pg.sh" up "$run_dir/pg" >>"$state.log" 2>&1 || return 1

  TMPDIR=$run_dir/tmp INDELIBLE_PEERS_PACKAGES=$install_dir INDELIBLE_PEERS_RUN_DIR=$run_dir \
    setsid "$node" "$here/start.mjs" >>"$state.log" 2>&1 </dev/null &
  pid=$!
  echo "network_pid=$pid" >>"$state.run"
  for _ in $(seq 600); do
    [ ! -s "$state" ] || return 0
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

up() {
  [ ! -e "$state.run" ] || { echo "Stopping what an earlier run left behind"; down; }
  get
  local node
  node=$(find_node) || die "no Node that fits."
  # A free port can be taken by somebody else before the server listens on it: that deserves a second try, no more.
  up_once "$node" || { down; up_once "$node"; } || {
    tail -25 "$state.log" >&2
    down
    die "the network did not start; the whole log is in $state.log"
  }
  echo "The Bluesky network is up: $state"
}

command=${1:-}
case $command in
get) get ;;
up | down | check)
  [ -n "${2:-}" ] || die "usage: net.sh $command STATE"
  mkdir -p "$(dirname "$2")"
  state=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
  export INDELIBLE_PEERS_STATE=$state
  ;;
*) die "usage: net.sh get | up STATE | check STATE | down STATE" ;;
esac
case $command in
up) up ;;
down) down ;;
check)
  node=$(find_node) || die "no Node that fits; run: net.sh get"
  exec "$node" "$here/check.mjs" "$state"
  ;;
esac

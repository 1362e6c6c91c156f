# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What packaging/run and packaging/test share. Messages go to stderr: stdout belongs to the program that is run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() {
  echo "$*" >&2
}

# build PRESET [TARGET]: configures and builds in build/PRESET. Says nothing when there is nothing to do, and shows the
# end of its log when something fails.
build() {
  local preset=$1 dir=$root/build/$1 log=$root/build/$1.log notice
  local command=(cmake --build "$dir" ${2:+--target "$2"} -j "$(nproc)")
  mkdir -p "$root/build"
  if [ ! -e "$dir/build.ninja" ]; then
    say "Configuring Indelible (preset $preset) …"
    (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 || build_failed "$log"
    say "Building Indelible; the first time takes some minutes …"
    if [ -t 2 ]; then
      # On a terminal, ninja shows its progress in one line.
      "${command[@]}" >&2 || build_failed
      return
    fi
  fi
  (sleep 3 >&- 2>&- && say "Building Indelible …") &
  notice=$!
  disown
  "${command[@]}" >"$log" 2>&1 || build_failed "$log"
  kill "$notice" 2>/dev/null || true
}

build_failed() {
  kill "${notice:-}" 2>/dev/null || true
  [ -z "${1:-}" ] || tail -40 "$1" >&2
  say "Indelible could not be built.${1:+ The whole log is in $1.}"
  exit 1
}

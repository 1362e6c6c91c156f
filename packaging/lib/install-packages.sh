#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the distribution's packages that Indelible needs and that are missing; silent when there are none.
#   install-packages.sh run      to build and run it
#   install-packages.sh test     besides, to run its tests without the live ones
#   install-packages.sh live     besides, for the tests with servers of other people on loopback
#   install-packages.sh fuzz     besides those of run, to build the fuzzers
#   install-packages.sh check    besides, the tools for style and static checks
# Made for Debian 12. Elsewhere it says what is needed and lets the build try.
set -euo pipefail

# "a|b": the first one that the distribution has.
run_packages=(
  cmake ninja-build g++ ccache pkg-config
  qt6-base-dev qt6-base-dev-tools "qt6-svg-dev|libqt6svg6-dev" qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
  libqt6sql6-sqlite libgl-dev libvulkan-dev
  qtkeychain-qt6-dev qcoro-qt6-dev libexpected-dev libssl-dev libsqlite3-dev libicu-dev zlib1g-dev libzip-dev libqrencode-dev libgumbo-dev
  libetpan-dev libgmime-3.0-dev
  ca-certificates fonts-inter fonts-noto-core
)
test_packages=(
  catch2 xvfb libfaketime fonts-noto-cjk
  dbus gnome-keyring libsecret-tools
  desktop-file-utils appstream shellcheck python3 openssl zbar-tools
)
# For the page in a bundle. Ubuntu has it as a snap only; where it is missing, that test is skipped.
grep -qx 'ID=ubuntu' /etc/os-release 2>/dev/null || test_packages+=(chromium)
live_packages=(postgresql make "libcurl4|libcurl4t64")
# Under systemd mail servers would start with the computer, and push out the one that is there: somebody's own computer
# gets them by hand only. Where they are missing, their tests are skipped.
[ -d /run/systemd/system ] || live_packages+=(dovecot-imapd dovecot-lmtpd dovecot-submissiond opensmtpd)
# npm brings a Node; if that is too old for the servers, tests/peers/atproto/net.sh fetches a newer one for itself.
command -v npm >/dev/null || live_packages+=(npm)
# One version, as the preset "fuzz" names it.
fuzz_packages=(clang-14 libclang-rt-14-dev python3)
check_packages=(clang-format clang-tidy clazy)

case ${1:-} in
run) wanted=("${run_packages[@]}") ;;
test) wanted=("${run_packages[@]}" "${test_packages[@]}") ;;
live) wanted=("${run_packages[@]}" "${test_packages[@]}" "${live_packages[@]}") ;;
fuzz) wanted=("${run_packages[@]}" "${fuzz_packages[@]}") ;;
check) wanted=("${run_packages[@]}" "${test_packages[@]}" "${live_packages[@]}" "${check_packages[@]}") ;;
*)
  echo "usage: install-packages.sh run | test | live | fuzz | check" >&2
  exit 2
  ;;
esac

say() {
  echo "$*" >&2
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  say "This is neither Debian nor Ubuntu, so nothing is installed. Under the names that Debian uses, Indelible needs:"
  say "  ${wanted[*]}"
  exit 0
fi

installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)

is_installed() {
  grep -qxF -- "$1" <<<"$installed"
}

missing=()
for entry in "${wanted[@]}"; do
  IFS='|' read -ra names <<<"$entry"
  found=
  for name in "${names[@]}"; do
    ! is_installed "$name" || found=$name
  done
  [ -n "$found" ] || missing+=("$entry")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    say "These packages are missing, and without root or sudo they cannot be installed: ${missing[*]%%|*}"
    say "Ask an administrator for:  apt-get install --no-install-recommends ${missing[*]%%|*}"
    exit 1
  fi
  as_root=(sudo)
fi
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >&2
}

has_candidate() {
  [ -n "$(apt-cache show --no-all-versions "$1" 2>/dev/null)" ]
}

say "Installing packages of the distribution: ${missing[*]%%|*}"
# The lists of a fresh machine are empty, those of an old one name versions that are gone from the mirrors.
apt update
chosen=()
for entry in "${missing[@]}"; do
  IFS='|' read -ra names <<<"$entry"
  choice=${names[0]}
  for name in "${names[@]}"; do
    if has_candidate "$name"; then
      choice=$name
      break
    fi
  done
  chosen+=("$choice")
done
apt install --no-install-recommends "${chosen[@]}"

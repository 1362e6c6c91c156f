#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-keyring.sh COMMAND [ARGUMENT…]
#
# Gives the command a session bus of its own with GNOME Keyring on it, unlocked and empty, and ends with the command's
# exit code. Nothing of the user's own keyring is touched: keyring files and runtime folder live in a temporary folder
# that is removed. Ends with 77 ("skipped") where the programs are missing (Debian: gnome-keyring, dbus).
set -eu

# ask ANSWER ARGUMENT…: succeeds if a call with these arguments is answered by that boolean.
ask() {
    answer=$1
    shift
    dbus-send --session --print-reply "$@" 2>/dev/null | grep -q "boolean $answer"
}

wait_until() {
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || { echo "the keyring did not open" >&2; exit 1; }
        sleep 0.1
    done
}

on_private_bus() {
    # The empty line is the password of the new keyring.
    printf '\n' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    keyring=$!
    trap 'kill "$keyring" 2>/dev/null && wait "$keyring" || true' EXIT
    # Only a name that has an owner is asked: asking earlier would make the bus start a second, locked keyring.
    wait_until ask true --dest=org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets
    wait_until ask false --dest=org.freedesktop.secrets /org/freedesktop/secrets/aliases/default \
        org.freedesktop.DBus.Properties.Get string:org.freedesktop.Secret.Collection string:Locked
    code=0
    "$@" || code=$?
    exit "$code"
}

if [ "${INDELIBLE_KEYRING_HOME:-}" ]; then
    on_private_bus "$@"
fi

for program in dbus-run-session dbus-send gnome-keyring-daemon; do
    command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 77; }
done
INDELIBLE_KEYRING_HOME=$(mktemp -d)
export INDELIBLE_KEYRING_HOME
trap 'rm -rf "$INDELIBLE_KEYRING_HOME"' EXIT
mkdir -m 700 "$INDELIBLE_KEYRING_HOME/data" "$INDELIBLE_KEYRING_HOME/run"
code=0
XDG_DATA_HOME=$INDELIBLE_KEYRING_HOME/data XDG_RUNTIME_DIR=$INDELIBLE_KEYRING_HOME/run \
    dbus-run-session -- "$0" "$@" || code=$?
exit "$code"

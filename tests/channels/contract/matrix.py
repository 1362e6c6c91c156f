#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What misbehaving servers do to channels, as a table: each row in a process of its own, so that a crash and the memory are its own.

    matrix.py PROGRAM [NETWORK …]     PROGRAM is test_channels_contract; without names every network

Columns: runs in which the server did misbehave ("-": on this network it cannot misbehave so), items lost, items or answers that are there
twice, runs after which the account did not come to work again by itself, crashes, peak memory in MB. Ends with 1 where anything but runs and
memory is not 0, or a row needs more memory than LIMIT.
"""
import os
import subprocess
import sys
import tempfile

LIMIT = 400  # MB; a body of 1 GB is among what comes
NETWORKS = ["bluesky", "feeds", "mail", "mastodon", "telegram"]


def behaviours(program):
    listed = subprocess.run([program, "[names]"], capture_output=True, text=True, check=True).stdout
    names = [line.removeprefix("behaviour: ") for line in listed.splitlines() if line.startswith("behaviour: ")]
    if len(names) < 40:
        sys.exit(f"the program names only {len(names)} ways to misbehave:\n{listed}")
    return names


def run(program, network, behaviour):
    """Exit code, what it printed, peak memory in MB."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([program, "[matrix]"], stdout=out, stderr=subprocess.STDOUT,
                                   env=os.environ | {"INDELIBLE_NETWORK": network, "INDELIBLE_CONTRACT": behaviour})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return process.returncode, out.read().decode(errors="replace"), usage.ru_maxrss // 1024


def rows(program, network, behaviour):
    """Lines of the table, and what went wrong."""
    code, printed, megabytes = run(program, network, behaviour)
    lines = [line for line in printed.splitlines() if line.startswith(f"| {network} | ")]
    crashes = 1 if code < 0 or "fatal error condition" in printed else 0
    wrong = [printed] if code != 0 or not lines else []
    if megabytes > LIMIT:
        wrong.append(f"{network}, {behaviour}: {megabytes} MB of memory")
    table = []
    for line in lines or [f"| {network} | ? | {behaviour} | 0 | 0 | 0 | 0 |"]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[3] == "0" and not wrong:
            cells[3] = "-"
        table.append("| " + " | ".join([*cells, str(crashes), str(megabytes)]) + " |")
    return table, wrong


def main():
    program, *chosen = sys.argv[1:]
    print("| network | work | behaviour | runs | lost | doubled | unsettled | crashes | MB |\n|---|---|---|---|---|---|---|---|---|")
    failures = []
    for network in chosen or NETWORKS:
        for behaviour in behaviours(program):
            table, wrong = rows(program, network, behaviour)
            print("\n".join(table), flush=True)
            failures += wrong
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


main()

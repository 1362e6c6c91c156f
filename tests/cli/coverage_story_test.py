#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The coverage map by command: what nobody watches is said with every list, looks by hand run out, and all of it is on
the record."""
import csv
import os
import subprocess
import tempfile

from desk import Desk, expect


def states(desk, *clock):
    return {line["place"]: line["state"] for line in desk.run("coverage", *clock)["places"]}


def refused(desk, *words):
    done = subprocess.run(desk.arguments(*words), capture_output=True, text=True, timeout=60)
    expect(done.returncode in (1, 2) and done.stderr.strip(), f"refused: {done.stderr.strip()}")
    return done.stderr


def story(desk):
    morning = ("--clock", "2026-11-22T09:00:00Z")
    first = desk.run("list", *morning)["coverage"]
    expect(first["watched"] == 0 and first["not_watched"] > 10, "a new workspace watches nothing, and says so")
    desk.run("coverage", "not-watched", "Yelp", "--because", "We have no page there.", *morning)
    desk.run("coverage", "by-hand", "Google reviews, Mill Lane", "--every", "3", "--address", "https://maps.example/mill", *morning)
    now = states(desk, *morning)
    expect(now["Google reviews, Mill Lane"] == "look due", "a place that is to be looked at by hand was never looked at yet")
    expect("Google reviews" not in now and now["Yelp"] == "not watched", "and stands in the place of the usual one")
    desk.run("coverage", "looked", "google reviews, mill lane", *morning)
    expect(states(desk, *morning)["Google reviews, Mill Lane"] == "by hand", "somebody looked")
    later = ("--clock", "2026-11-25T09:00:00Z")
    expect(states(desk, *later)["Google reviews, Mill Lane"] == "look due", "three days later it is due again")
    table = os.path.join(desk.workspace, "coverage.csv")
    rows = desk.run("export", "coverage", "--out", table, *later)["rows"]
    with open(table, encoding="utf-8", newline="") as file:
        lines = {line["place"]: line for line in csv.DictReader(file)}
    expect(len(lines) == rows == len(states(desk, *later)), "the map as a table has every place")
    expect(lines["Yelp"]["why"] == "We have no page there." and lines["Google reviews, Mill Lane"]["state"] == "look due", "and says why")
    words = subprocess.run(desk.arguments("list", *later), capture_output=True, text=True, timeout=60).stdout
    expect(words.strip().splitlines()[-1].startswith("Watched: 0 of"), f"each list ends with what it does not know: {words.strip()}")
    expect("no address" in refused(desk, "coverage", "by-hand", "Yelp", "--address", "javascript:alert(1)"), "an address that is none")
    expect("1 to 90" in refused(desk, "coverage", "by-hand", "Yelp", "--every", "365"), "once a year is not watched")
    refused(desk, "coverage", "looked")
    expect(desk.run("record", "verify")["good"], "the record is whole")
    expect(desk.run("record", "rebuild", "--check")["good"], "and says all of it")


def main():
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(os.path.join(folder, "practice"))
        subprocess.run(desk.arguments("practice", "--no-window"), check=True, capture_output=True, timeout=120)
        count = desk.run("coverage")["count"]
        expect(count["watched"] > 0 and count["interrupted"] == 0, f"what was fetched just now is watched: {count}")
        # A workspace of its own for the story: one that a command makes.
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(os.path.join(folder, "shop"))
        desk.run("account", "add", "feed", "https://127.0.0.1:9/none", check=False)
        story(desk)


main()

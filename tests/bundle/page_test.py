#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""verify.html in a real browser, from a file, without a network: green for a whole bundle, red with the reason for each
class of damage, and on thousands of damaged and forged bundles the verdict of verify.py. Skipped without Chromium."""
import base64
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile

import browser
import damage
from damage import verify

FLIPS, FORGED, BATCH = 1_500, 300, 250

VERDICTS = """(async (bundles) => {
  const verdicts = [];
  for (const bundle of bundles) {
    const files = Object.fromEntries(NEEDED.map((name, i) => [name, bytesOf(atob(bundle[i]))]));
    verdicts.push(await check(files).then((story) => story.hidesLinks ? "none 0 blind" : "none 0", (problem) => {
      if (!(problem instanceof Refused))
        throw problem;
      return problem.reason + " " + problem.detail;
    }));
  }
  return verdicts;
})"""


def expect(truth, sentence):
    if not truth:
        raise AssertionError(sentence)
    print("ok", sentence, flush=True)


def shown(page):
    """(state, word, sentence) once the page has decided."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        state = page.evaluate("document.getElementById('verdict').dataset.state")
        if state != "busy":
            return (state, *page.evaluate("[byId('word').textContent, byId('sentence').textContent]"))
        time.sleep(0.02)
    raise AssertionError("the page did not decide")


def compare(page, what, bundles):
    ours = [damage.verdict(files) for files in bundles]
    theirs = []
    for begin in range(0, len(bundles), BATCH):
        encoded = [damage.encoded(files).decode().split(" ") for files in bundles[begin:begin + BATCH]]
        theirs += page.evaluate(f"{VERDICTS}({json.dumps(encoded)})")
    differing = [(i, a, b) for i, (a, b) in enumerate(zip(theirs, ours)) if a != b]
    if len(theirs) != len(ours) or differing:
        raise AssertionError(f"{what}: page and verify.py differ on {len(differing)} of {len(ours)}, first (number, page, "
                             f"verify.py): {differing[:3]}")
    accepted = sum(map(damage.is_accepted, ours))
    print(f"ok {what}: {len(ours)}, {accepted} accepted, {ours.count('none 0 blind')} of them blind, no verdict differs", flush=True)
    return accepted


def page_with(template, files, path):
    """The page of a bundle with other files inside it; script and style, and so their hashes, stay."""
    begin = template.index(b'id="bundle">') + len(b'id="bundle">')
    end = template.index(b"</script>", begin)
    inside = json.dumps({name: base64.b64encode(files[name]).decode() for name in verify.NEEDED}).encode()
    with open(path, "wb") as file:
        file.write(template[:begin] + inside + template[end:])


def zip_with(files, path, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, **options)


def opens_by_itself(page, folder, rng):
    for name in ("little", "sealed"):
        page.open(os.path.join(folder, name, "verify.html"))
        state, word, sentence = shown(page)
        expect((state, word) == ("fits", "The bundle fits itself") and "none missing" in sentence
               and "since they were signed" in sentence and "No key was compared" in sentence
               and "cannot be told" not in sentence, f"the {name} bundle fits itself")
        expect("write its record anew" in page.evaluate("document.querySelector('main').textContent"),
               "and the page says what it cannot show")
    expect(page.evaluate("byId('facts').textContent").count("2 entries, as the record says") == 1,
           "destroyed words are told")
    problems = [event for event in page.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")]
    expect(problems == [], f"nothing is complained about {problems}")
    asked = {event["params"]["request"]["url"] for event in page.events if event["method"] == "Network.requestWillBeSent"}
    expect(all(url.startswith("file://") and url.endswith("/verify.html") for url in asked), "nothing else is loaded")
    with open(os.path.join(folder, "little", "verify.html"), "rb") as file:
        template = file.read()
    little = verify.files_at(os.path.join(folder, "little"))
    sealed = verify.files_at(os.path.join(folder, "sealed"))
    classes = {what: files for what, files in damage.classes(rng, little, sealed) if files != little}
    path = os.path.join(folder, "damaged.html")
    for what, files in classes.items():
        page_with(template, files, path)
        page.open(path)
        state, word, sentence = shown(page)
        reason = damage.verdict(files).split(" ")
        expect((state, word) == ("refused", "Refused") and sentence == verify.SENTENCES[reason[0]].format(reason[1]),
               f"red where {what}: {sentence}")
    page_with(template, damage.blind(rng), path)
    page.open(path)
    state, _, sentence = shown(page)
    expect(state == "fits" and sentence.endswith("whether a conversation is missing cannot be told."), sentence)
    changed = template.replace(b"async function check(files", b"async function check(_files", 1)
    with open(path, "wb") as file:
        file.write(changed)
    page.open(path)
    expect(page.evaluate("typeof check") == "undefined", "a script that was changed does not run: the policy holds its hash")


def takes_others(page, folder, rng):
    little = verify.files_at(os.path.join(folder, "little"))
    page.open(os.path.join(folder, "sealed", "verify.html"))
    shown(page)

    def chosen(*paths):
        page.evaluate("document.getElementById('verdict').dataset.state = 'busy'")
        page.choose_files("#file", paths)
        return shown(page)

    good = os.path.join(folder, "good.zip")
    zip_with(little, good)
    expect(chosen(good)[0] == "fits" and page.evaluate("byId('facts').textContent").count("good.zip") == 1,
           "another bundle can be chosen")
    expect(chosen(*(os.path.join(folder, "little", name) for name in verify.NEEDED))[0] == "fits",
           "also one that was unpacked")
    with open(good, "rb") as file:
        data = file.read()
    commented = os.path.join(folder, "commented.zip")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(commented, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, old.read(name))
        archive.comment = b"x"
    bomb = os.path.join(folder, "bomb.zip")
    zip_with({**little, verify.LINES: bytes(20 << 20)}, bomb)
    stray = os.path.join(folder, "stray.zip")
    zip_with({**little, "evidence.pdf": b"x"}, stray)
    few = os.path.join(folder, "few.zip")
    zip_with({name: little[name] for name in verify.NEEDED[1:]}, few)
    cut, plain = os.path.join(folder, "cut.zip"), os.path.join(folder, "plain.zip")
    for path, content in ((cut, data[:-9]), (plain, b"no zip")):
        with open(path, "wb") as file:
            file.write(content)
    for path, words in ((bomb, "unpacks to more"), (stray, "evidence.pdf in it does not belong"),
                        (few, "case.csv is missing"), (cut, "no zip file, or it is damaged"), (commented, "no zip file"), (plain, "no zip file")):
        state, _, sentence = chosen(path)
        expect(state == "refused" and words in sentence, f"{os.path.basename(path)}: {sentence}")
        expect(page.evaluate("byId('compare').hidden && shown === null"), "and no earlier bundle is left to be compared")

    page.evaluate("document.getElementById('verdict').dataset.state = 'busy'")
    page.evaluate("""(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytesOf(atob("%s"))], "dropped.zip"));
      document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
    })()""" % base64.b64encode(data).decode())
    expect(shown(page)[0] == "fits", "a bundle can be dropped")
    ground = "getComputedStyle(byId('verdict')).backgroundColor"
    calm = page.evaluate(ground)

    for key, state, words in ((little[verify.KEY].decode(), "whole", "since they were signed with this key"),
                              (damage.key_line("indelible/" + "0" * 32, bytes(32)).decode(), "refused", "not the one you expect")):
        page.evaluate(f"byId('expected').value = {json.dumps(key)}; document.getElementById('verdict').dataset.state = 'busy'; "
                      "byId('form').requestSubmit()")
        answer = shown(page)
        expect(answer[0] == state and words in answer[2], f"a key is compared: {answer[2]}")
        expect((answer[1] == "Whole, and signed by the key you gave") == (state == "whole") and page.evaluate(ground) != calm,
               "and only then the answer is green or red")
    for key in ("", " \n\t"):
        page.evaluate(f"byId('expected').value = {json.dumps(key)}; document.getElementById('verdict').dataset.state = 'busy'; "
                      "byId('form').requestSubmit()")
        answer = shown(page)
        expect(answer[0] == "fits" and page.evaluate("!byId('noKey').hidden && byId('noKey').textContent")
               .startswith("The field is empty"), f"{key!r} is no key, and the page says so")
    expect(chosen(good)[0] == "fits" and page.evaluate("byId('noKey').hidden"), "until something else is asked")

    accepted = refused = 0
    for _ in range(600):
        changed = bytearray(data)
        changed[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        same = page.evaluate("""filesInZip(bytesOf(atob("%s"))).then((files) => NEEDED.map((name) => btoa(byteString(files[name]))),
                                () => null)""" % base64.b64encode(changed).decode())
        if same is None:
            refused += 1
        elif [base64.b64decode(text) for text in same] == [little[name] for name in verify.NEEDED]:
            accepted += 1
        else:
            raise AssertionError("a changed bit of a zip changed what came out of it")
    expect(refused > accepted, f"600 bits of a zip changed: {refused} refused, {accepted} led to the same files")


def is_accessible(page, folder):
    page.open(os.path.join(folder, "little", "verify.html"))
    shown(page)
    expect(page.evaluate("""document.querySelectorAll("h1").length === 1 && document.querySelectorAll("main h2").length > 3
        && [...document.querySelectorAll("h1, h2, label, button")].every((node) => node.textContent.trim() !== "")
        && [...document.querySelectorAll("input, textarea")].every((node) => node.labels.length === 1)
        && byId("verdict").getAttribute("role") === "status" && document.documentElement.lang === "en" """),
           "headings, labels and the status have names")
    stops = []
    for _ in range(3):
        for kind in ("keyDown", "keyUp"):
            page.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
    expect(stops == ["expected", "submit", "file"], f"everything is reached by Tab: {stops}")
    contrast = """((pairs) => pairs.map(([back, front]) => {
      const style = getComputedStyle(document.documentElement);
      const light = (name) => {
        const parts = style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16) / 255)
          .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05;
      };
      const [a, b] = [light(back), light(front)];
      return Math.max(a, b) / Math.min(a, b);
    }))([["--ground", "--text"], ["--card", "--text"], ["--card", "--quiet"], ["--good-ground", "--good"],
         ["--good-ground", "--text"], ["--wait-ground", "--ink"], ["--wait-ground", "--text"], ["--bad-ground", "--bad"], ["--bad-ground", "--text"], ["--ink", "--on-ink"]])"""
    for theme in ("light", "dark"):
        page.theme(theme)
        worst = min(page.evaluate(contrast))
        expect(worst >= 4.5, f"{theme}: contrast is {worst:.1f} or better")


def agrees(page, folder, rng):
    total = 0
    for name, other in (("little", "sealed"), ("sealed", "little")):
        files, foreign = (verify.files_at(os.path.join(folder, part)) for part in (name, other))
        page.open(os.path.join(folder, name, "verify.html"))
        shown(page)
        bits = list(damage.flips(rng, files, FLIPS))
        damaged = [made for _, made in damage.classes(rng, files, foreign)]
        weak = list(damage.weak_keys(files))
        expect(compare(page, f"single bits of the {name} bundle", bits) == 0, "none is accepted")
        expect(compare(page, f"other damage to the {name} bundle", damaged) == damaged.count(files), "nor here")
        compare(page, f"weak keys for the {name} bundle", weak)
        expect(page.evaluate("browserHasEd25519"), "the browser's own Ed25519 was used")
        page.evaluate("browserHasEd25519 = false")
        small = [made for made in bits[:400] + weak] + [files]
        expect(compare(page, "the same by the page's own Ed25519", small) == 1, "which takes the whole bundle only")
        page.evaluate("browserHasEd25519 = true")
        total += len(bits) + len(damaged) + len(weak) + len(small)
    forged = [damage.forged(rng) for _ in range(FORGED)]
    accepted = compare(page, "forged bundles", forged)
    expect(0 < accepted < FORGED, f"{total + FORGED} verdicts compared in all")


def main():
    if browser.chromium() is None:
        print("Chromium is not installed")
        return browser.SKIP
    seed = int(os.environ.get("SEED", random.randrange(10**9)))
    rng = random.Random(seed)
    print("seed", seed, flush=True)
    with tempfile.TemporaryDirectory() as folder, browser.Browser() as page:
        subprocess.run([os.environ["BUNDLE_VERDICTS"], "make", folder], check=True)
        opens_by_itself(page, folder, rng)
        takes_others(page, folder, rng)
        is_accessible(page, folder)
        agrees(page, folder, rng)
    return 0


if __name__ == "__main__":
    sys.exit(main())

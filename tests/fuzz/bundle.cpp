// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/check.h"
#include "app/bundle/zip.h"
#include "tests/bundle/hand_made.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::bundle;

namespace {

constexpr QByteArray Files::*kFiles[] = {&Files::table, &Files::lines, &Files::checkpoint, &Files::key,
                                         &Files::anchors};

const Files &whole()
{
    static const Files files = test::anchoredBundle();
    return files;
}

/// Believed is only what was signed, to the byte.
void requireTrueVerdict(const Files &files)
{
    const Checked checked = check(files);
    fuzz::require(!checked.verdict.isGood() || files == whole(), "no other bundle is believed");
    fuzz::require(checked.verdict.isGood() == sentenceOn(checked.verdict).isEmpty(), "a refusal is said");
}

void tryZip(const QByteArray &bytes)
{
    const Result<Files> files = unpacked(bytes);
    if (files)
        requireTrueVerdict(*files);
    else
        fuzz::require(!files.error().detail.isEmpty(), "a refusal is said");
}

/// Two bytes where, one how many go, and the rest comes there instead.
void tryChange(QByteArray bytes, QByteArray Files::*file)
{
    if (bytes.size() < 3)
        return;
    Files files = whole();
    const auto number = [&bytes](qsizetype i) { return qsizetype(static_cast<unsigned char>(bytes.at(i))); };
    const qsizetype at = (number(0) << 8 | number(1)) % ((files.*file).size() + 1);
    (files.*file).replace(at, number(2), bytes.mid(3));
    requireTrueVerdict(files);
}

/// Files that have nothing to do with the whole one, with a line of 0x1e between.
void tryFiles(const QByteArray &bytes)
{
    const QByteArrayList parts = bytes.split('\x1e');
    Files files;
    for (size_t i = 0; i < std::size(kFiles) && qsizetype(i) < parts.size(); ++i)
        files.*kFiles[i] = parts.at(qsizetype(i));
    requireTrueVerdict(files);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    const unsigned way = input.choice(std::size(kFiles) + 2);
    if (way < std::size(kFiles))
        tryChange(input.bytes(), kFiles[way]);
    else if (way == std::size(kFiles))
        tryFiles(input.bytes());
    else
        tryZip(input.bytes());
    return 0;
}

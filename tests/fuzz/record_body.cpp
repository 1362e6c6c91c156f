// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/canonical_json.h"
#include "app/record/entry.h"
#include "app/record/item_body.h"
#include "app/record/merkle.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonDocument>

using namespace indelible;
using namespace indelible::record;

namespace {

void tryBody(const QByteArray &bytes)
{
    // Any stored bytes are read without a crash, and what was read can be put on the record again in one form.
    const Result<QByteArray> once = canonicalJson(itemBody(itemFromBody(bytes)));
    if (!once)
        return;
    const Result<QByteArray> again = canonicalJson(itemBody(itemFromBody(*once)));
    fuzz::require(again && *again == *once, "an item has one form");
}

void tryCanonical(const QByteArray &bytes)
{
    const Result<QByteArray> once = canonicalJson(QJsonDocument::fromJson(bytes).object());
    if (!once)
        return;
    const QJsonDocument read = QJsonDocument::fromJson(*once);
    fuzz::require(read.isObject(), "the one form is JSON");
    const Result<QByteArray> again = canonicalJson(read.object());
    fuzz::require(again && *again == *once, "the one form is its own one form");
}

void tryEntry(const QByteArray &bytes)
{
    if (const std::optional<Entry> entry = Entry::fromBytes(bytes))
        fuzz::require(entry->toBytes() == bytes, "an entry has one form");
}

void tryFrontier(QByteArray bytes)
{
    const qint64 size = bytes.isEmpty() ? 0 : static_cast<unsigned char>(bytes.front());
    bytes.remove(0, 1);
    if (const std::optional<Frontier> frontier = Frontier::fromBytes(size, bytes))
        fuzz::require(frontier->toBytes() == bytes && frontier->root().size() == 32, "a frontier has one form");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(4)) {
    case 0:
        tryBody(input.bytes());
        break;
    case 1:
        tryCanonical(input.bytes());
        break;
    case 2:
        tryEntry(input.bytes());
        break;
    default:
        tryFrontier(input.bytes());
    }
    return 0;
}

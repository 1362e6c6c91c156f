// SPDX-License-Identifier: GPL-3.0-or-later
// The frozen formats, held against vectors that a second implementation computed (tests/data/record/make_vectors.py).
#include "app/record/entry.h"
#include "app/record/merkle.h"
#include "tests/record/vector_file.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::record;
using test::hexOf;

namespace {

QJsonObject vectors(QLatin1StringView part)
{
    return test::vectorsOf(u"vectors.json"_s).value(part).toObject();
}

} // namespace

TEST_CASE("the tree has the roots of RFC 6962")
{
    const QJsonObject rfc = vectors("rfc6962"_L1);
    const QJsonArray inputs = rfc.value("inputs"_L1).toArray();
    const QJsonArray roots = rfc.value("roots"_L1).toArray();
    REQUIRE(inputs.size() == 8);
    Frontier frontier;
    CHECK(frontier.root() == hexOf(roots.at(0)));
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        frontier.append(leafHash(hexOf(inputs.at(i))));
        CHECK(frontier.root() == hexOf(roots.at(i + 1)));
    }
    // The published value itself, so that both sides cannot be wrong together.
    CHECK(frontier.root().toHex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("entries have the frozen layout, byte for byte")
{
    const QJsonObject data = vectors("record"_L1);
    const QJsonArray roots = data.value("roots"_L1).toArray();
    Frontier frontier;
    for (const QJsonValue &value : data.value("entries"_L1).toArray()) {
        const QJsonObject v = value.toObject();
        Entry entry;
        entry.logId = hexOf(data.value("log_id"_L1));
        entry.idx = static_cast<quint64>(v.value("idx"_L1).toInteger());
        entry.timeMs = static_cast<quint64>(v.value("time_ms"_L1).toInteger());
        entry.kind = static_cast<quint16>(v.value("kind"_L1).toInteger());
        entry.flags = static_cast<quint16>(v.value("flags"_L1).toInteger());
        entry.subject = hexOf(v.value("subject"_L1));
        entry.subjectSeq = static_cast<quint32>(v.value("seq"_L1).toInteger());
        entry.actor = static_cast<quint32>(v.value("actor"_L1).toInteger());
        entry.previous = v.value("prev"_L1).toString().toULongLong();
        entry.commitment = commitment(hexOf(v.value("salt"_L1)), v.value("body"_L1).toString().toUtf8());
        CHECK(entry.commitment == hexOf(v.value("commit"_L1)));
        CHECK(entry.toBytes() == hexOf(v.value("entry"_L1)));
        CHECK(Entry::fromBytes(entry.toBytes()) == entry);
        frontier.append(leafHash(entry.toBytes()));
        CHECK(frontier.root() == hexOf(roots.at(frontier.size())));
    }
    CHECK(frontier.size() == 40);
}

TEST_CASE("what is no entry is refused")
{
    Entry entry;
    entry.logId = QByteArray(16, 'l');
    entry.subject = systemSubject();
    entry.commitment = QByteArray(32, 'c');
    const QByteArray good = entry.toBytes();
    CHECK(Entry::fromBytes(good).has_value());
    CHECK_FALSE(Entry::fromBytes(good.left(107)).has_value());
    CHECK_FALSE(Entry::fromBytes(good + 'x').has_value());
    QByteArray magic = good;
    magic[0] = 'X';
    CHECK_FALSE(Entry::fromBytes(magic).has_value());
    QByteArray flags = good;
    flags[42] = 1;
    CHECK_FALSE(Entry::fromBytes(flags).has_value());
}

TEST_CASE("a frontier goes on from its bytes as if it had never stopped")
{
    Frontier whole;
    Frontier resumed;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray leaf = leafHash(QByteArray::number(i));
        whole.append(leaf);
        const std::optional<Frontier> read = Frontier::fromBytes(resumed.size(), resumed.toBytes());
        REQUIRE(read.has_value());
        resumed = *read;
        resumed.append(leaf);
        REQUIRE(whole.root() == resumed.root());
    }
    CHECK_FALSE(Frontier::fromBytes(3, QByteArray(32, 'x')).has_value());
}

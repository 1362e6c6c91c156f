// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of sealed words in the files while a seal is not finished, and that nothing is once it is.
#include "app/seal/seal.h"
#include "app/store/rewrite.h"
#include "tests/seal/desk.h"

#include <cstdio>
#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::Desk;
using test::kAna;
using test::valueOf;
using test::wait;

namespace {

/// What Ana said, among what somebody else said. The search index keeps it in old segments; what else does, chance must
/// find: tests/rebuild (A9).
QByteArrayList fill(Desk &desk)
{
    const unsigned seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    QByteArrayList words;
    std::vector<RemoteItem> items;
    for (int i = 0; i < 600; ++i) {
        const QByteArray word = "canary" + QByteArray::number(i) + "q";
        const QString text = QString::fromLatin1(word) + u" about"_s.repeated(static_cast<int>(random() % 200));
        RemoteItem item = test::sampleItem(QString::number(1000 + i), u"t%1"_s.arg(i), text, desk.inbox.clock.now());
        if (random() % 2)
            item.author = {u"did:plc:bob"_s, u"bob.example"_s, u"Bob"_s};
        else
            words.append(word);
        items.push_back(std::move(item));
    }
    desk.inbox.ingest(std::move(items));
    return words;
}

/// As far as a seal comes when the power goes at its commit.
void sealAndStop(Desk &desk)
{
    const seal::Plan plan = desk.plan(kAna);
    desk.inbox.store.write([&desk, &plan](store::Connection &connection) {
        (void)seal::sealEntries(connection, desk.inbox.clock, desk.inbox.member, plan.entries, u"objection"_s);
    });
    REQUIRE(valueOf(wait(desk.inbox.store.database().emptyLog())));
}

std::optional<qint64> traces(Desk &desk)
{
    return desk.inbox.store.read(&store::readTraces);
}

} // namespace

TEST_CASE("A9: a seal that was broken off at its commit leaves words in the file, and the next start removes them")
{
    Desk desk;
    const QByteArrayList words = fill(desk);
    sealAndStop(desk);
    desk.inbox.reopen();
    // The danger is real: without this the rest would prove nothing.
    REQUIRE(desk.filesWith(words) == QStringList{u"indelible.sqlite"_s});
    REQUIRE(traces(desk).has_value());
    SECTION("a backup made meanwhile has none of them")
    {
        const QString copy = desk.backUp();
        CHECK(std::ranges::none_of(words, [&](const QByteArray &word) { return desk.isIn(copy, word); }));
        const auto restored = desk.restore(copy);
        REQUIRE(restored.has_value());
        desk.inbox.reopen();
        CHECK_FALSE(traces(desk).has_value());
    }
    SECTION("finished")
    {
        seal::SealService service = desk.seals();
        QList<seal::SealService::Stage> stages;
        QObject::connect(&service, &seal::SealService::progressed, &service,
                         [&stages](seal::SealService::Stage stage) { stages.append(stage); });
        CHECK(valueOf(wait(service.finish())));
        CHECK(stages == QList{seal::SealService::Stage::Rewriting, seal::SealService::Stage::EmptyingLog});
        CHECK(desk.filesWith(words).isEmpty());
        CHECK_FALSE(traces(desk).has_value());
        CHECK(valueOf(wait(service.finish())));
        CHECK(stages.size() == 2);
    }
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("A9: what a restore seals again is in no byte of what it puts in place")
{
    Desk desk;
    const QByteArrayList words = fill(desk);
    const QString before = desk.backUp();
    valueOf(desk.seal(kAna));
    REQUIRE(desk.filesWith(words).isEmpty());
    REQUIRE(desk.restore(before).has_value());
    CHECK(desk.filesWith(words).isEmpty());
}

TEST_CASE("while somebody reads an older state a seal says that it has left traces, and why")
{
    Desk desk;
    const QByteArrayList words = fill(desk);
    auto reader = std::make_unique<store::Connection>(desk.inbox.store.file(), store::Connection::Mode::ReadOnly);
    auto older = std::make_unique<store::ReadSnapshot>(*reader);
    REQUIRE(reader->statement("SELECT 1 FROM item").step());
    const seal::SealReport report = valueOf(desk.seal(kAna));
    CHECK(report.sealed > 0);
    CHECK_FALSE(report.traceless);
    CHECK(report.traces.contains(u"reads the workspace"_s));
    REQUIRE(traces(desk) == report.entry);
    REQUIRE_FALSE(desk.filesWith(words).isEmpty());
    older.reset();
    reader.reset();
    seal::SealService service = desk.seals();
    CHECK(valueOf(wait(service.finish())));
    CHECK(desk.filesWith(words).isEmpty());
}

TEST_CASE("what a seal removed is no longer in the way of one that came meanwhile")
{
    Desk desk;
    desk.inbox.store.write([](store::Connection &connection) {
        store::noteTraces(connection, 3);
        store::noteTraces(connection, 7);
        store::forgetTraces(connection, 3);
    });
    CHECK(traces(desk) == 7);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Invariants of the stored record, each under its number.
#include "app/record/checkpoint.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/connection.h"
#include "app/store/migrations/migrations.h"
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

quint32 newSeed()
{
    const quint32 seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    return seed;
}

/// RFC 6962, 2.1, word for word: nothing is kept from one call to the next.
QByteArray naiveRoot(const std::vector<QByteArray> &leaves, size_t from, size_t to)
{
    if (from == to)
        return record::emptyRoot();
    if (to - from == 1)
        return leaves[from];
    size_t half = 1;
    while (half * 2 < to - from)
        half *= 2;
    return record::nodeHash(naiveRoot(leaves, from, from + half), naiveRoot(leaves, from + half, to));
}

/// A record without an inbox around it, on a connection of the test's own.
struct Bare
{
    Bare()
        : connection(folder.filePath(u"indelible.sqlite"_s), store::Connection::Mode::ReadWrite)
    {
        store::migrate(connection);
        store::Transaction transaction(connection);
        record::createLog(connection, clock, {});
        transaction.commit();
    }

    void note(const QByteArray &subject, const QString &text)
    {
        record::Log log(connection, clock);
        log.append({record::Kind::Note, subject, 1, true, QJsonObject{{u"text"_s, text}}});
    }
    void fill(int entries)
    {
        store::Transaction transaction(connection);
        record::Log log(connection, clock);
        while (log.size() < entries)
            log.append({record::Kind::Note, QByteArray(record::kIdBytes, static_cast<char>('a' + log.size() % 7)), 1,
                        true, QJsonObject{{u"text"_s, QString::number(log.size())}}});
        transaction.commit();
    }
    qint64 number(const char *sql)
    {
        store::Statement row = connection.statement(sql);
        return row.step() ? row.integer(0) : -1;
    }
    void dropTriggers()
    {
        QStringList names;
        store::Statement row = connection.statement("SELECT name FROM sqlite_master WHERE type = 'trigger'");
        while (row.step())
            names.append(row.text(0));
        for (const QString &name : names)
            connection.execute(u"DROP TRIGGER "_s + name);
    }

    test::FakeClock clock;
    QTemporaryDir folder;
    store::Connection connection;
};

void checkWhole(Bare &bare)
{
    std::vector<QByteArray> leaves;
    store::forEachRecordRow(bare.connection, [&leaves](const store::RecordRow &row) {
        leaves.push_back(record::leafHash(row.entry));
        return true;
    });
    const record::Head head = record::readHead(bare.connection);
    CHECK(head.size == static_cast<qint64>(leaves.size()));
    CHECK(head.size == bare.number("SELECT count(*) FROM record_entry"));
    CHECK(head.size == bare.number("SELECT max(idx) + 1 FROM record_entry"));
    CHECK(head.root == naiveRoot(leaves, 0, leaves.size()));
    CHECK(record::verify(bare.connection).isGood());
}

} // namespace

TEST_CASE("A1: 10,000 random trees have the root that the definition gives")
{
    std::mt19937 random(newSeed());
    std::vector<QByteArray> leaves;
    for (int i = 0; i < 300; ++i)
        leaves.push_back(record::leafHash(QByteArray::number(random())));
    for (int history = 0; history < 10'000; ++history) {
        const size_t from = random() % leaves.size();
        const size_t to = from + random() % (leaves.size() - from);
        record::Frontier frontier;
        for (size_t i = from; i < to; ++i)
            frontier.append(leaves[i]);
        const std::optional<record::Frontier> read = record::Frontier::fromBytes(frontier.size(), frontier.toBytes());
        REQUIRE(read);
        REQUIRE(read->root() == naiveRoot(leaves, from, to));
    }
}

TEST_CASE("A1: after random histories of appending, failing and starting anew there is no gap, and the root is that of "
          "the entries")
{
    std::mt19937 random(newSeed());
    for (int history = 0; history < 20; ++history) {
        Bare bare;
        qint64 expected = 1;
        for (int step = 0; step < 25; ++step) {
            const int size = static_cast<int>(random() % 40);
            const bool fails = random() % 4 == 0;
            store::Transaction transaction(bare.connection);
            for (int i = 0; i < size; ++i)
                bare.note(QByteArray(record::kIdBytes, static_cast<char>(random() % 5)), QString::number(random()));
            if (fails)
                continue;
            transaction.commit();
            expected += size;
        }
        CHECK(record::readHead(bare.connection).size == expected);
        checkWhole(bare);
    }
}

TEST_CASE("A2: every byte of every entry, salt and body of 300 is changed by one bit, and every change is found")
{
    std::mt19937 random(newSeed());
    Bare bare;
    bare.fill(300);
    bare.dropTriggers();
    REQUIRE(record::verify(bare.connection).isGood());
    struct Cell
    {
        const char *read;
        const char *write;
    };
    qint64 tried = 0;
    for (const Cell &cell :
         {Cell{"SELECT entry FROM record_entry WHERE idx = ?", "UPDATE record_entry SET entry = ? WHERE idx = ?"},
          Cell{"SELECT salt FROM record_body WHERE idx = ?", "UPDATE record_body SET salt = ? WHERE idx = ?"},
          Cell{"SELECT body FROM record_body WHERE idx = ?", "UPDATE record_body SET body = ? WHERE idx = ?"}}) {
        for (qint64 idx = 0; idx < 300; ++idx) {
            store::Transaction transaction(bare.connection);
            const QByteArray good = [&] {
                store::Statement row = bare.connection.statement(cell.read);
                row.bind(idx);
                return row.step() ? row.blob(0) : QByteArray();
            }();
            REQUIRE_FALSE(good.isEmpty());
            for (qsizetype at = 0; at < good.size(); ++at, ++tried) {
                QByteArray changed = good;
                changed[at] = static_cast<char>(changed.at(at) ^ (1 << random() % 8));
                bare.connection.statement(cell.write).bind(changed, idx).run();
                const record::Verification checked = record::verify(bare.connection);
                if (checked.isGood())
                    FAIL(cell.write << " entry " << idx << " byte " << at << ": " << checked.problem.toStdString());
            }
        }
    }
    std::printf("%lld changes, all reported\n", static_cast<long long>(tried));
    CHECK(record::verify(bare.connection).isGood());
}

TEST_CASE("A3: a body that is taken away is missing, whichever it is, and is never taken for erased")
{
    Bare bare;
    bare.fill(100);
    bare.dropTriggers();
    for (qint64 idx = 0; idx < 100; ++idx) {
        store::Transaction transaction(bare.connection);
        bare.connection.statement("DELETE FROM record_body WHERE idx = ?").bind(idx).run();
        const record::Verification checked = record::verify(bare.connection);
        REQUIRE(checked.badEntry == idx);
        REQUIRE(checked.problem.contains(u"missing"_s));
    }
    CHECK(record::verify(bare.connection).isGood());
}

TEST_CASE("A6: of 64 checkpoints of a record every pair is consistent, and no changed root or proof is")
{
    Bare bare;
    const record::SigningKey key = record::SigningKey::generate();
    const QByteArray logId = record::readHead(bare.connection).logId;
    for (int size = 223; size < 223 + 64; ++size) { // over the first stored subtree of 256
        bare.fill(size);
        const record::Head head = record::readHead(bare.connection);
        const QByteArray note = record::signCheckpoint({record::originOf(logId), head.size, head.root}, key);
        store::insertCheckpoint(bare.connection, {head.size, note});
    }
    std::vector<record::Checkpoint> all;
    store::Statement row = bare.connection.statement("SELECT note FROM record_checkpoint ORDER BY n");
    while (row.step())
        all.push_back(record::openCheckpoint(row.blob(0), {record::originOf(logId), key.publicKey()}).value());
    REQUIRE(all.size() == 64);
    const record::SubtreeSource subtree = record::storedSubtrees(bare.connection);
    int pairs = 0;
    for (size_t j = 0; j < all.size(); ++j) {
        for (size_t i = 0; i <= j; ++i, ++pairs) {
            const auto holds = [&](const record::Checkpoint &from, const record::Checkpoint &to, const auto &proof) {
                return record::checkConsistency(from.size, from.root, to.size, to.root, proof);
            };
            std::vector<QByteArray> proof = record::consistencyProof(all[i].size, all[j].size, subtree);
            REQUIRE(holds(all[i], all[j], proof));
            record::Checkpoint other = all[i];
            other.root[5] = static_cast<char>(other.root.at(5) ^ 1);
            REQUIRE_FALSE(holds(other, all[j], proof));
            REQUIRE_FALSE(holds(all[i], all[(j + 1) % 64], proof));
            proof.push_back(all[i].root);
            REQUIRE_FALSE(holds(all[i], all[j], proof));
        }
    }
    CHECK(pairs == 2080);
}

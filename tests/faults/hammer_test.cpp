// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/evidence.h"
#include "app/record/checkpoint.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/record_table.h"
#include "tests/faults/report.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <array>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::valueOf;
using test::wait;

namespace {

/// A record is hammered up to this length, so that one verification does not take longer and longer; then a new one.
constexpr qint64 kLongest = 10'000;
constexpr int kMostAtOnce = 60;

/// What a verifier finds in one state of the database; the first thing that does not fit, in words.
struct Found
{
    record::Checkpoint head;
    QString problem;
};

Found look(store::Connection &connection, const std::optional<record::Checkpoint> &before, quint64 chance)
{
    const record::Verification checked = record::verify(connection);
    const record::Head head = record::readHead(connection);
    const record::SubtreeSource subtree = record::storedSubtrees(connection);
    Found found{{record::originOf(head.logId), head.size, head.root}, checked.problem};
    const auto require = [&found](bool holds, const char *what) {
        if (!holds && found.problem.isEmpty())
            found.problem = QString::fromLatin1(what);
    };
    require(checked.entries == head.size && checked.root == head.root, "the state is not of the entries");
    require(!record::isHalted(record::standingOf(keeper::storedEvidence(connection), subtree)), "the standing is bad");
    const auto idx = static_cast<qint64>(chance % static_cast<quint64>(head.size));
    require(record::checkInclusion(record::leafHash(store::readRecordEntry(connection, idx).value()), idx, head.size,
                                   record::inclusionProof(idx, head.size, subtree), head.root),
            "an inclusion proof does not hold");
    if (before)
        require(record::checkConsistency(before->size, before->root, head.size, head.root,
                                         record::consistencyProof(before->size, head.size, subtree)),
                "a consistency proof does not hold");
    return found;
}

/// Reads the whole record again and again, on a connection of its own, as another program would.
class Verifier
{
public:
    Verifier(const QString &folder, test::Report &report)
        : m_database(valueOf(store::Database::open({folder, true})))
        , m_report(report)
    {
    }

    /// Takes what is finished and begins anew; `entries` are acknowledged by now.
    void go(qint64 entries)
    {
        if (m_running && !m_future.isFinished())
            return;
        take(entries);
        m_begunAt = entries;
        m_running = true;
        m_future = m_database->scan([before = m_before, chance = m_report.chance()()](store::Connection &connection) {
            return look(connection, before, chance);
        });
    }

    void take(qint64 entries)
    {
        if (!std::exchange(m_running, false))
            return;
        const Found found = valueOf(wait(m_future));
        INFO("seed " << m_report.seed() << ", " << found.head.size << " entries");
        REQUIRE(found.problem == QString());
        // All that was acknowledged when it began, and nothing that was not when it ended.
        REQUIRE(found.head.size >= m_begunAt);
        REQUIRE(found.head.size <= entries);
        m_report.count("verified");
        m_report.count("while it grew", entries > m_begunAt ? 1 : 0);
        m_before = found.head;
    }

private:
    std::unique_ptr<store::Database> m_database;
    test::Report &m_report;
    QFuture<Result<Found>> m_future;
    std::optional<record::Checkpoint> m_before;
    qint64 m_begunAt = 0;
    bool m_running = false;
};

/// Adds entries in one transaction, signs now and then, and now and then fails before the end.
void add(store::Connection &connection, test::TempInbox &inbox, const record::SigningKey &key, std::mt19937_64 &chance)
{
    {
        record::Log log(connection, inbox.clock);
        for (quint64 left = 1 + chance() % kMostAtOnce; left > 0; --left)
            log.append({record::Kind::Note, QByteArray(record::kIdBytes, static_cast<char>('a' + chance() % 9)),
                        inbox.member, true, QJsonObject{{u"text"_s, QString::number(chance())}}});
    }
    if (chance() % 3 == 0) {
        const record::Head head = record::readHead(connection);
        const record::Checkpoint checkpoint{record::originOf(head.logId), head.size, head.root};
        store::insertCheckpoint(connection, {head.size, record::signCheckpoint(checkpoint, key)});
    }
    if (chance() % 5 == 0)
        throw store::StoreException(ErrorKind::Cancelled, u"on purpose"_s);
}

/// One record from its beginning until it is long enough or the time is over.
void hammer(test::Report &report, std::chrono::steady_clock::time_point end)
{
    test::TempInbox inbox;
    const record::SigningKey key = record::SigningKey::generate();
    inbox.store.write(
        [&key](store::Connection &connection) { store::insertRecordKey(connection, 0, key.publicKey()); });
    std::array verifiers{Verifier(inbox.store.folder(), report), Verifier(inbox.store.folder(), report)};
    qint64 entries = inbox.entries();
    while (entries < kLongest && std::chrono::steady_clock::now() < end) {
        const auto added = wait(inbox.store.database().write([&](store::Connection &connection) {
            add(connection, inbox, key, report.chance());
            return record::readHead(connection).size;
        }));
        report.count(added ? "commits" : "failed on purpose");
        REQUIRE((added || added.error().kind == ErrorKind::Cancelled));
        entries = added ? *added : entries;
        for (Verifier &verifier : verifiers)
            verifier.go(entries);
    }
    for (Verifier &verifier : verifiers)
        verifier.take(entries);
    report.count("entries", static_cast<int>(entries));
}

} // namespace

TEST_CASE("A11: two that verify while one appends give no false alarm")
{
    test::Report report("hammer", "HAMMER", 4);
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(report.rounds());
    while (std::chrono::steady_clock::now() < end)
        hammer(report, end);
    CHECK(report.counted("while it grew") > 0);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/checkpoint.h"
#include "app/record/log.h"
#include "app/record/standing.h"
#include "app/record/stored_tree.h"
#include "packaging/benchmark/helpers.h"
#include "packaging/benchmark/measures.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace indelible::bench {

namespace {

constexpr int kAppended = 50'000;
constexpr int kAtOnce = 50;
constexpr int kBodyBytes = 600;
constexpr int kProofs = 500;

} // namespace

QJsonObject recordProofs(const QString &folder)
{
    std::unique_ptr<store::Database> database = openDatabase(folder, true);
    QElapsedTimer timer;
    timer.start();
    // As at a start: against a mark that lies half way back.
    valueOf(database->read([](store::Connection &connection) {
        const record::Head head = record::readHead(connection);
        const record::SubtreeSource subtree = record::storedSubtrees(connection);
        const qint64 half = head.size / 2;
        const record::Checkpoint mark{record::originOf(head.logId), half, record::rootOf(half, subtree)};
        return record::standingOf({mark.origin, head.size, head.root, mark, false, {mark}, true}, subtree) ==
               record::Standing::Open;
    }));
    const double standing = milliseconds(timer);
    std::vector<double> times;
    QRandomGenerator random(7);
    for (int i = 0; i < kProofs; ++i) {
        timer.start();
        valueOf(database->read([&random](store::Connection &connection) {
            const qint64 size = record::readHead(connection).size;
            return record::inclusionProof(random.bounded(size), size, record::storedSubtrees(connection));
        }));
        times.push_back(milliseconds(timer));
    }
    return {
        {u"standing"_s, standing}, {u"proof_p50"_s, percentile(times, 0.5)}, {u"proof_max"_s, percentile(times, 1)}};
}

QJsonObject recordAppend(const QString &folder)
{
    const SystemClock clock;
    std::unique_ptr<store::Database> database = openDatabase(folder, false);
    valueOf(database->write([&](store::Connection &connection) { record::createLog(connection, clock, {}); }));
    const QJsonObject body{{u"text"_s, QString(kBodyBytes, u'x')}};
    QElapsedTimer timer;
    timer.start();
    for (int first = 0; first < kAppended; first += kAtOnce) {
        valueOf(database->write([&](store::Connection &connection) {
            record::Log log(connection, clock);
            for (int i = 0; i < kAtOnce; ++i)
                log.append({record::Kind::Note, record::systemSubject(), 0, false, body});
        }));
    }
    return {{u"ms"_s, milliseconds(timer)}, {u"entries"_s, kAppended}};
}

QJsonObject rawAppend(const QString &file)
{
    sqlite3 *database = nullptr;
    check(sqlite3_open(file.toUtf8().constData(), &database), database);
    check(sqlite3_exec(database,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry (id INTEGER PRIMARY "
                       "KEY, body BLOB NOT NULL)",
                       nullptr, nullptr, nullptr),
          database);
    sqlite3_stmt *insert = nullptr;
    check(sqlite3_prepare_v2(database, "INSERT INTO entry (id, body) VALUES (?, ?)", -1, &insert, nullptr), database);
    const QByteArray body(kBodyBytes, 'x');
    QElapsedTimer timer;
    timer.start();
    for (int first = 0; first < kAppended; first += kAtOnce) {
        check(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), database);
        for (int i = first; i < first + kAtOnce; ++i) {
            sqlite3_bind_int64(insert, 1, i);
            sqlite3_bind_blob(insert, 2, body.constData(), static_cast<int>(body.size()), SQLITE_STATIC);
            check(sqlite3_step(insert), database);
            sqlite3_reset(insert);
        }
        check(sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr), database);
    }
    const double measured = milliseconds(timer);
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return {{u"ms"_s, measured}, {u"entries"_s, kAppended}};
}

} // namespace indelible::bench

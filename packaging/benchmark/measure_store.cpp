// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/export_service.h"
#include "app/inbox/inbox_service.h"
#include "app/inbox/ingest.h"
#include "app/record/hash.h"
#include "app/record/log.h"
#include "app/record/verify.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "app/store/record_table.h"
#include "app/store/settings_table.h"
#include "packaging/benchmark/corpus.h"
#include "packaging/benchmark/helpers.h"
#include "packaging/benchmark/measures.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::bench {

namespace {

constexpr int kPage = 100;

} // namespace

double percentile(std::vector<double> values, double part)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values.at(static_cast<size_t>(part * static_cast<double>(values.size() - 1)));
}

qint64 peakMemoryKiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong();
    }
    return 0;
}

QJsonObject fill(const QString &folder, qint64 items)
{
    const SystemClock clock;
    const Corpus corpus;
    const Instant now = clock.now();
    std::unique_ptr<store::Database> database = openDatabase(folder, false);
    Account account;
    account.channel = u"bluesky"_s;
    account.network = u"bluesky"_s;
    account.remoteId = u"us"_s;
    account.handle = u"us.example"_s;
    account.name = u"Us"_s;
    account.state = AccountState::Paused;
    account.id = valueOf(database->write([&](store::Connection &connection) {
        store::writeSetting(connection, u"workspace_id"_s, u"bench"_s);
        store::writeSetting(connection, u"business_name"_s, u"Bench"_s);
        store::writeSetting(connection, u"desk_member"_s, QString::number(store::insertMember(connection, u"Us"_s)));
        record::createLog(connection, clock, {});
        return store::insertAccount(connection, account, randomBytes(16), now);
    }));
    // The pages are made beforehand where they fit, so that making them is not measured: a channel's part is parsing.
    double measured = 0;
    for (qint64 first = 0; first < items; first += kPage) {
        inbox::Arrival arrival;
        for (qint64 i = first; i < std::min(items, first + kPage); ++i)
            arrival.items.push_back(corpus.item(i, now, items));
        arrival.cursor = QByteArray::number(first);
        QElapsedTimer timer;
        timer.start();
        valueOf(database->write([&](store::Connection &connection) {
            return inbox::ingest(connection, clock, account, arrival).newItems;
        }));
        measured += milliseconds(timer);
    }
    return {{u"ms"_s, measured}, {u"items"_s, items}};
}

QJsonObject rawFill(const QString &file, qint64 items)
{
    const Corpus corpus;
    const Instant now = SystemClock().now();
    sqlite3 *database = nullptr;
    check(sqlite3_open(file.toUtf8().constData(), &database), database);
    check(sqlite3_exec(database,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE item (id INTEGER PRIMARY "
                       "KEY, text TEXT NOT NULL);"
                       "CREATE VIRTUAL TABLE item_text USING fts5 (text)",
                       nullptr, nullptr, nullptr),
          database);
    sqlite3_stmt *insert = nullptr;
    sqlite3_stmt *index = nullptr;
    check(sqlite3_prepare_v2(database, "INSERT INTO item (id, text) VALUES (?, ?)", -1, &insert, nullptr), database);
    check(sqlite3_prepare_v2(database, "INSERT INTO item_text (rowid, text) VALUES (?, ?)", -1, &index, nullptr),
          database);
    double measured = 0;
    for (qint64 first = 0; first < items; first += kPage) {
        std::vector<QByteArray> texts;
        for (qint64 i = first; i < std::min(items, first + kPage); ++i)
            texts.push_back(corpus.item(i, now, items).text.toUtf8());
        QElapsedTimer timer;
        timer.start();
        check(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), database);
        for (size_t i = 0; i < texts.size(); ++i) {
            for (sqlite3_stmt *statement : {insert, index}) {
                sqlite3_bind_int64(statement, 1, first + static_cast<qint64>(i) + 1);
                sqlite3_bind_text(statement, 2, texts[i].constData(), static_cast<int>(texts[i].size()), SQLITE_STATIC);
                check(sqlite3_step(statement), database);
                sqlite3_reset(statement);
            }
        }
        check(sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr), database);
        measured += milliseconds(timer);
    }
    sqlite3_finalize(insert);
    sqlite3_finalize(index);
    sqlite3_close(database);
    return {{u"ms"_s, measured}, {u"items"_s, items}};
}

QJsonObject search(const QString &folder)
{
    const SystemClock clock;
    const Corpus corpus;
    std::unique_ptr<store::Database> database = openDatabase(folder, true);
    inbox::InboxService inbox(*database, clock, 1);
    QRandomGenerator random(7);
    std::vector<double> times;
    // Words of every frequency, typed letter by letter, alone and behind another word.
    for (int i = 0; i < 60; ++i) {
        const QString word = corpus.words().at(static_cast<int>(std::pow(20'000.0, random.generateDouble())) - 1);
        const QString before = i % 3 == 0 ? corpus.words().at(random.bounded(200)) + u' ' : QString();
        for (qsizetype letters = 2; letters <= word.size(); ++letters) {
            InboxQuery query;
            query.view = View::Everything;
            query.search = before + word.left(letters);
            query.limit = 50;
            QElapsedTimer timer;
            timer.start();
            valueOf(inbox.page(query));
            times.push_back(milliseconds(timer));
        }
    }
    return {{u"p50"_s, percentile(times, 0.5)},
            {u"p95"_s, percentile(times, 0.95)},
            {u"max"_s, percentile(times, 1)},
            {u"queries"_s, static_cast<qint64>(times.size())}};
}

QJsonObject verify(const QString &folder)
{
    std::unique_ptr<store::Database> database = openDatabase(folder, true);
    QElapsedTimer timer;
    timer.start();
    const record::Verification checked =
        valueOf(database->read([](store::Connection &connection) { return record::verify(connection); }));
    if (!checked.isGood()) {
        qCritical("%s", qPrintable(checked.problem));
        std::exit(1);
    }
    return {{u"ms"_s, milliseconds(timer)}, {u"entries"_s, checked.entries}};
}

QJsonObject hashSameBytes(const QString &folder)
{
    std::unique_ptr<store::Database> database = openDatabase(folder, true);
    const double time = valueOf(database->read([](store::Connection &connection) {
        QElapsedTimer timer;
        timer.start();
        store::forEachRecordRow(connection, [](const store::RecordRow &row) {
            (void)record::sha256({row.entry});
            (void)record::sha256({*row.salt, *row.body});
            return true;
        });
        return milliseconds(timer);
    }));
    return {{u"ms"_s, time}};
}

QJsonObject exportItems(const QString &folder)
{
    const SystemClock clock;
    std::unique_ptr<store::Database> database = openDatabase(folder, false);
    exchange::ExportService exports(*database, clock, 1);
    const QString file = folder + u".csv"_s;
    QElapsedTimer timer;
    timer.start();
    const qint64 rows = valueOf(exports.exportCsv(exchange::ExportKind::Items, file, false)).rows;
    const double measured = milliseconds(timer);
    QFile::remove(file);
    return {{u"ms"_s, measured}, {u"rows"_s, rows}, {u"peak_kib"_s, peakMemoryKiB()}};
}

} // namespace indelible::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rebuild/check.h"
#include "app/record/verify.h"
#include "tests/faults/report.h"
#include "tests/faults/workload.h"
#include "tests/support/catch.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::Workload;

namespace {

enum class Damage { Bit, SixteenBytes, Page, Cut, LogBit, LogSixteenBytes, LogCut };
constexpr Damage kDamages[] = {Damage::Bit,    Damage::SixteenBytes,    Damage::Page,  Damage::Cut,
                               Damage::LogBit, Damage::LogSixteenBytes, Damage::LogCut};
const char *const kNames[] = {"bit", "16 bytes", "page", "cut", "log bit", "log 16 bytes", "log cut"};

constexpr qint64 kPage = 4096;

void harm(QByteArray &bytes, Damage damage, std::mt19937_64 &chance)
{
    const qint64 at = static_cast<qint64>(chance() % static_cast<quint64>(bytes.size()));
    switch (damage) {
    case Damage::Bit:
    case Damage::LogBit:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (chance() % 8)));
        break;
    case Damage::SixteenBytes:
    case Damage::LogSixteenBytes:
        for (qint64 i = at; i < std::min(at + 16, qint64(bytes.size())); ++i)
            bytes[i] = static_cast<char>(chance());
        break;
    case Damage::Page:
        bytes.replace(at / kPage * kPage, kPage, QByteArray(kPage, '\0'));
        break;
    case Damage::Cut:
    case Damage::LogCut:
        bytes.truncate(at);
        break;
    }
}

/// All that a person could be shown, table by table, as one hash each; the empty string where it cannot be read.
struct Contents
{
    QByteArray record;      ///< entries, bodies, tree, keys
    QByteArray checkpoints; ///< the newest one is outside the workspace too
    QByteArray projections; ///< everything else
    friend bool operator==(const Contents &, const Contents &) = default;
};

void addTable(QCryptographicHash &hash, store::Connection &connection, const QString &table)
{
    store::Statement rows = connection.statementFor(u"SELECT * FROM %1"_s.arg(table));
    store::Statement columns = connection.statementFor(u"SELECT count(*) FROM pragma_table_info('%1')"_s.arg(table));
    const int width = columns.step() ? static_cast<int>(columns.integer(0)) : 0;
    hash.addData(table.toUtf8());
    while (rows.step()) {
        for (int i = 0; i < width; ++i) {
            const QByteArray value = rows.blob(i);
            hash.addData(QByteArray::number(value.size()) + (rows.isNull(i) ? '-' : ':') + value);
        }
    }
}

Contents contentsOf(store::Connection &connection)
{
    QCryptographicHash record(QCryptographicHash::Sha256);
    QCryptographicHash checkpoints(QCryptographicHash::Sha256);
    QCryptographicHash projections(QCryptographicHash::Sha256);
    store::Statement tables = connection.statement(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name");
    while (tables.step()) {
        const QString table = tables.text(0);
        addTable(table == "record_checkpoint"_L1  ? checkpoints
                 : table.startsWith("record_"_L1) ? record
                                                  : projections,
                 connection, table);
    }
    for (const char *word : {"words", "edited", "answer", "page1", "page2", "page3", "page9", "xx*"}) {
        store::Statement found = connection.statement("SELECT rowid FROM item_text WHERE item_text MATCH ? ORDER BY 1");
        found.bind(QString::fromLatin1(word));
        while (found.step())
            projections.addData(QByteArray::number(found.integer(0)) + ' ');
    }
    return {record.result(), checkpoints.result(), projections.result()};
}

enum class Verdict {
    Refused,
    Integrity,
    Record,
    Rebuild,
    Standing,
    Unreadable,
    Unharmed,
    CheckpointsOther,
    ProjectionsOther,
    RecordOther
};
const char *const kVerdicts[] = {
    "refused",    "found by integrity_check", "found by verify",    "found by rebuild --check", "found by the marks",
    "unreadable", "all data right",           "checkpoints silent", "projections nearly right", "record silent"};

bool projectionsFollow(Workload &work)
{
    return work.database()
        .scan([&work](store::Connection &connection) {
            return rebuild::checkProjections(connection, work.folder()).isGood();
        })
        .result()
        .value_or(false);
}

/// What a person would be told who opens this and has it checked.
Verdict judge(Workload &work, const Contents &right)
{
    if (!work.open())
        return Verdict::Refused;
    auto looking = work.database().scan([&work, &right](store::Connection &connection) {
        if (store::integrityCheck(connection) != "ok"_L1)
            return Verdict::Integrity;
        if (!record::verify(connection).isGood())
            return Verdict::Record;
        const Contents found = contentsOf(connection);
        if (found.record != right.record)
            return Verdict::RecordOther;
        if (found.projections != right.projections)
            return rebuild::checkProjections(connection, work.folder()).isGood() ? Verdict::ProjectionsOther
                                                                                 : Verdict::Rebuild;
        return found.checkpoints == right.checkpoints ? Verdict::Unharmed : Verdict::CheckpointsOther;
    });
    looking.waitForFinished();
    const Result<Verdict> verdict = looking.result();
    if (!verdict)
        return Verdict::Unreadable;
    if (*verdict < Verdict::Unharmed)
        return *verdict;
    const Result<record::Standing> standing = work.standing();
    return !standing || record::isHalted(*standing) ? Verdict::Standing : *verdict;
}

} // namespace

TEST_CASE("damage to the file never changes the record unseen, nor more than a moment or a phrase beside it")
{
    test::Report report("damage", "DAMAGE", 350);
    Workload work;
    REQUIRE(work.open());
    for (int i = 0; i < 8; ++i)
        REQUIRE(work.run(i % 4 == 3 ? Workload::Step::Send : Workload::Step::Receive));
    work.close();
    REQUIRE(work.open());
    for (const Workload::Step step : {Workload::Step::Receive, Workload::Step::Send, Workload::Step::Sign})
        REQUIRE(work.run(step));
    const test::DiskImage withLog = work.files();
    const Contents right = *work.database().scan(&contentsOf).result();
    REQUIRE(projectionsFollow(work));
    work.close();
    const test::DiskImage whole = work.files();

    for (int round = 0; round < report.rounds(); ++round) {
        const Damage damage = kDamages[static_cast<size_t>(round) % std::size(kDamages)];
        const bool ofLog = damage >= Damage::LogBit;
        test::DiskImage image = ofLog ? withLog : whole;
        harm(image[ofLog ? work.file() + u"-wal"_s : work.file()], damage, report.chance());
        work.replaceFiles(image);
        const Verdict verdict = judge(work, right);
        work.close();
        report.count("copies");
        report.count(kVerdicts[static_cast<int>(verdict)]);
        INFO(kNames[static_cast<int>(damage)] << ", round " << round << ", seed " << report.seed());
        CHECK(verdict != Verdict::RecordOther);
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cases/case_service.h"
#include "app/coverage/coverage_service.h"
#include "app/exchange/export_service.h"
#include "app/record/history.h"
#include "app/seal/seal_service.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::sampleItem;
using test::TempInbox;

namespace {

QByteArray contents(const QString &name)
{
    QFile file(name);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

} // namespace

TEST_CASE("an export of items holds every word of every version, and is on the record")
{
    TempInbox inbox;
    const QString longText = u"A \"long\" one,\nwith lines. "_s.repeated(200) + u"last word"_s;
    RemoteItem item = sampleItem(u"00123"_s, u"t"_s, u"=HYPERLINK(\"x\")"_s, inbox.clock.now());
    inbox.ingest({item, sampleItem(u"2"_s, u"t"_s, longText, inbox.clock.now())});
    item.text = u"second thoughts"_s;
    item.version = u"v2"_s;
    inbox.ingest({item}, {{u"2"_s, RemoteGone::Reason::DeletedByAuthor}});
    const QString file = inbox.store.folder() + u"/items.csv"_s;
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    const qint64 entries = inbox.entries();
    CHECK(test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Items, file, true))).rows == 2);
    const QByteArray csv = contents(file);
    CHECK(csv.startsWith("\xEF\xBB\xBF\"item\",\"conversation\""));
    CHECK(csv.contains("\"second thoughts\",\"'=HYPERLINK(\"\"x\"\")\""));
    CHECK(csv.contains(QString(longText).replace(u'"', u"\"\""_s).toUtf8()));
    CHECK(csv.contains("\"deleted by author\""));
    CHECK(csv.contains("\"00123\""));
    CHECK(csv.contains("2026-11-22T09:00:00.000Z"));
    CHECK(inbox.entries() == entries + 1);
}

TEST_CASE("an export of many items has each once, in order")
{
    const int count = GENERATE(0, 1, 999, 1000, 1001, 2500);
    TempInbox inbox;
    std::vector<RemoteItem> items;
    for (int i = 0; i < count; ++i)
        items.push_back(sampleItem(QString::number(i), u"t%1"_s.arg(i % 40), u"words %1"_s.arg(i), inbox.clock.now()));
    if (count > 0)
        inbox.ingest(std::move(items));
    const QString file = inbox.store.folder() + u"/items.csv"_s;
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    CHECK(test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Items, file, false))).rows == count);
    const QByteArrayList lines = contents(file).split('\n');
    REQUIRE(lines.size() == count + 2); // the header before, nothing behind the last
    for (int i = 0; i < count; ++i)
        REQUIRE(lines.at(i + 1).contains("\"words " + QByteArray::number(i) + "\""));
}

TEST_CASE("an export of cases holds titles, states, people and notes")
{
    TempInbox inbox;
    cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now())}).changed.front();
    const CaseId caseId = test::valueOf(test::wait(cases.open(id, u"Cold soup"_s)));
    test::valueOf(test::wait(cases.addNote(caseId, u"Called twice"_s)));
    const QString file = inbox.store.folder() + u"/cases.csv"_s;
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    CHECK(test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Cases, file, false))).rows == 1);
    const QByteArray csv = contents(file);
    CHECK(csv.startsWith("\"case\",\"title\""));
    CHECK(csv.contains("\"Cold soup\",\"heard\",\"\",\"Ana Duarte\""));
    CHECK(csv.contains("Priya: Called twice"));
}

TEST_CASE("an export of the record holds every entry with what it says, who did it and its seal")
{
    TempInbox inbox;
    inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"Where is my \"cake\"?"_s, inbox.clock.now())});
    cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
    (void)test::valueOf(test::wait(cases.open(ConversationId(1), u"Late cake"_s)));
    const QString file = inbox.store.folder() + u"/record.csv"_s;
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    const qint64 entries = inbox.entries();
    CHECK(test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Record, file, false))).rows == entries);
    const QByteArray csv = contents(file);
    CHECK(csv.count("\r\n") == entries + 1);
    CHECK(csv.contains("\"0\",\"2026-11-22T09:00:00.000Z\",\"genesis\""));
    CHECK(csv.contains("\"item seen\",\"Ana Duarte\",\"bluesky\",\"program\",\"{"));
    CHECK(csv.contains(R"(""text"":""Where is my \""cake\""?"")"));
    CHECK(csv.contains("\"case opened\",\"Late cake\",\"\",\"Priya\""));
    const auto seal = inbox.store.read([](store::Connection &c) { return record::readEntries(c, {1}).front().seal; });
    CHECK(csv.contains('"' + seal.toHex() + "\"\r\n"));
    CHECK(inbox.entries() == entries + 1);
}

TEST_CASE("an export of the coverage map says where silence is no calm, and is on the record")
{
    TempInbox inbox;
    coverage::CoverageService places(inbox.store.database(), inbox.clock, inbox.member);
    Place yelp;
    yelp.name = u"Yelp"_s;
    yelp.reason = u"=We have no page there"_s;
    test::valueOf(test::wait(places.describe(yelp)));
    test::valueOf(test::wait(places.looked(u"Town square"_s)));
    const QString file = inbox.store.folder() + u"/coverage.csv"_s;
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    const qint64 entries = inbox.entries();
    const qint64 rows = test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Coverage, file, false))).rows;
    const QByteArray csv = contents(file);
    CHECK(csv.count("\r\n") == rows + 1);
    CHECK(csv.contains("\"Yelp\",\"\",\"not watched\",\"\",\"\",\"\",\"'=We have no page there\""));
    CHECK(csv.contains(
        "\"Town square\",\"\",\"by hand\",\"2026-11-22T09:00:00.000Z\",\"7\",\"2026-11-29T09:00:00.000Z\""));
    CHECK(csv.contains('"' + inbox.account.name.toUtf8() + "\",\"Bluesky\","));
    CHECK(inbox.entries() == entries + 1);
}

TEST_CASE("an export that cannot be written says so, leaves no half file and is not on the record")
{
    TempInbox inbox;
    inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now())});
    const qint64 entries = inbox.entries();
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    const QString file = inbox.store.folder() + u"/no such folder/items.csv"_s;
    const Result<exchange::ExportReport> failed =
        test::wait(exports.exportCsv(exchange::ExportKind::Items, file, false));
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().detail.contains(u"no such folder"_s));
    CHECK_FALSE(QFileInfo::exists(file));
    CHECK(inbox.entries() == entries);
}

TEST_CASE("an export never replaces a file that is no CSV, least of all the workspace itself")
{
    TempInbox inbox;
    inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now())});
    const qint64 entries = inbox.entries();
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    for (const QString &file : {inbox.store.file(), inbox.store.file() + u"-wal"_s}) {
        REQUIRE(QFileInfo::exists(file));
        const Result<exchange::ExportReport> refused =
            test::wait(exports.exportCsv(exchange::ExportKind::Items, file, false));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == ErrorKind::Rejected);
    }
    CHECK(inbox.entries() == entries);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("where words were sealed an export says so, with day and reason, instead of nothing")
{
    TempInbox inbox;
    cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
    RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"the secret"_s, inbox.clock.now());
    const ConversationId id = inbox.ingest({item}).changed.front();
    item.text = u"the secret, edited"_s;
    item.version = u"v2"_s;
    inbox.ingest({item});
    const CaseId caseId = test::valueOf(test::wait(cases.open(id, u"About the secret"_s)));
    test::valueOf(test::wait(cases.addNote(caseId, u"a secret note"_s)));
    seal::SealService seals(inbox.store.database(), inbox.clock, inbox.member, inbox.store.folder() + u"/backups"_s);
    const seal::Plan plan = test::valueOf(test::wait(seals.plan(seal::Person{u"bluesky"_s, item.author.handle})));
    const qint64 entry = test::valueOf(test::wait(seals.seal(plan, u"objection"_s, plan.entries.size()))).entry;
    const QByteArray notice = "(erased as the law requires on 2026-11-22T09:00:00.000Z: objection; entry " +
                              QByteArray::number(entry) + " of the record)";
    exchange::ExportService exports(inbox.store.database(), inbox.clock, inbox.member);
    const QString items = inbox.store.folder() + u"/items.csv"_s;
    test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Items, items, false)));
    CHECK(contents(items).contains("\"" + notice + "\",\"" + notice + "\""));
    CHECK_FALSE(contents(items).contains("1970"));
    const QString table = inbox.store.folder() + u"/cases.csv"_s;
    test::valueOf(test::wait(exports.exportCsv(exchange::ExportKind::Cases, table, false)));
    CHECK(contents(table).contains(notice));
    CHECK_FALSE(contents(items).contains("secret"));
    CHECK_FALSE(contents(table).contains("secret"));
}

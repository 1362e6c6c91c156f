// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundle_service.h"
#include "app/bundle/case_reader.h"
#include "app/bundle/case_story.h"
#include "app/bundle/check.h"
#include "app/bundle/zip.h"
#include "app/cases/case_service.h"
#include "app/keeper/record_keeper.h"
#include "app/record/log.h"
#include "app/record/stored_tree.h"
#include "app/store/conversation_table.h"
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"
#include "tests/support/test_secrets.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using bundle::BundleService;
using bundle::Fault;
using test::sampleItem;
using test::valueOf;
using test::wait;

namespace {

/// A workspace with case 1, of two conversations, among others.
struct Desk
{
    Desk()
        : keeper({&inbox.store.database(), &secrets, &inbox.clock, u"w"_s, elsewhere.path() + u"/marks"_s})
        , cases(inbox.store.database(), inbox.clock, inbox.member)
        , bundles(inbox.store.database(), inbox.clock, inbox.member, &keeper)
    {
        first = inbox.ingest({sampleItem(u"1"_s, u"t1"_s, u"Cold soup"_s, inbox.clock.now())}).changed.front();
        second = inbox.ingest({sampleItem(u"2"_s, u"t2"_s, u"=cold(again)"_s, inbox.clock.now())}).changed.front();
        inbox.ingest({sampleItem(u"3"_s, u"t3"_s, u"Others' words"_s, inbox.clock.now())});
        REQUIRE(valueOf(wait(cases.open(first, u"Soup"_s))) == CaseId(1));
        valueOf(wait(cases.link(CaseId(1), second)));
        valueOf(wait(cases.addNote(CaseId(1), u"Called twice"_s)));
        valueOf(wait(keeper.open()));
    }

    Result<bundle::BundleReport> write(const QString &name) { return wait(bundles.write(CaseId(1), name)); }
    [[nodiscard]] QString file(const QString &name = u"case.zip"_s) const { return elsewhere.filePath(name); }
    static bundle::Files read(const QString &name)
    {
        QFile zip(name);
        REQUIRE(zip.open(QIODevice::ReadOnly));
        return valueOf(bundle::unpacked(zip.readAll()));
    }
    template<typename Function>
    auto scan(Function function)
    {
        return valueOf(wait(inbox.store.database().scan(std::move(function))));
    }

    QTemporaryDir elsewhere;
    test::TempInbox inbox;
    test::TestSecrets secrets;
    keeper::RecordKeeper keeper;
    cases::CaseService cases;
    BundleService bundles;
    ConversationId first;
    ConversationId second;
};

} // namespace

TEST_CASE("a bundle of a case holds it and its conversations and nobody else's, and is good")
{
    Desk desk;
    const auto report = valueOf(desk.write(desk.file()));
    CHECK(report.entries == 6);
    const bundle::Files files = Desk::read(desk.file());
    const auto checked = bundle::check(files, report.key);
    CHECK(bundle::sentenceOn(checked.verdict) == QString());
    CHECK(checked.proven.caseNumber == u"1"_s);
    CHECK(files.table.contains("\"'=cold(again)\""));
    CHECK(files.table.contains("\"Called twice\""));
    CHECK_FALSE(files.table.contains("Others"));
    // The key is made with the first signature, before the export.
    CHECK(checked.proven.checkpoint.size == desk.inbox.entries());
    CHECK(desk.inbox.verify().isGood());
    CHECK(record::verifierText(desk.keeper.publicKey().value()) == report.key);
}

TEST_CASE("each bundle counts the ones before it")
{
    Desk desk;
    valueOf(desk.write(desk.file()));
    desk.inbox.ingest({sampleItem(u"4"_s, u"t1"_s, u"And the bread?"_s, desk.inbox.clock.now())});
    const QString next = desk.file(u"next.zip"_s);
    CHECK(valueOf(desk.write(next)).entries == 8);
    CHECK(bundle::check(Desk::read(next)).verdict.isGood());
}

TEST_CASE("a bundle never replaces a file, an earlier bundle neither")
{
    Desk desk;
    valueOf(desk.write(desk.file()));
    const auto bytes = [&desk] {
        QFile file(desk.file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray earlier = bytes();
    const qint64 before = desk.inbox.entries();
    const auto refused = desk.write(desk.file());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Rejected);
    CHECK(refused.error().detail.contains("Nothing was written; give another name"_L1));
    CHECK(desk.inbox.entries() == before);
    CHECK(bytes() == earlier);
}

TEST_CASE("what is appended after the export does not come into the bundle, and does not spoil it")
{
    Desk desk;
    valueOf(wait(desk.keeper.sign()));
    const qint64 entry = desk.inbox.store.write([&desk](store::Connection &connection) {
        return bundle::appendExport(connection, desk.inbox.clock, desk.inbox.member, CaseId(1));
    });
    desk.inbox.ingest({sampleItem(u"4"_s, u"t1"_s, u"Meanwhile"_s, desk.inbox.clock.now())});
    const auto rows = desk.scan([entry](store::Connection &connection) {
        return bundle::readCase(connection, entry, record::readHead(connection).size);
    });
    CHECK(rows.size() == 6);
    bundle::Story story;
    CHECK(bundle::tell(rows, story).isGood());
}

TEST_CASE("proofs hold in a record of many blocks")
{
    Desk desk;
    for (int page = 0; page < 12; ++page) {
        std::vector<RemoteItem> items;
        for (int i = 0; i < 60; ++i)
            items.push_back(sampleItem(u"p%1-%2"_s.arg(page).arg(i), i == 0 ? u"t1"_s : u"o%1-%2"_s.arg(page).arg(i),
                                       u"x"_s, desk.inbox.clock.now()));
        desk.inbox.ingest(std::move(items));
    }
    CHECK(valueOf(desk.write(desk.file())).entries == 18);
    CHECK(bundle::check(Desk::read(desk.file())).verdict.isGood());
}

TEST_CASE("words that were destroyed are left out, and the seal that says so is found and put in")
{
    Desk desk;
    const qint64 sealed = desk.inbox.store.write([&desk](store::Connection &connection) {
        const auto conversation = desk.first;
        const QByteArray subject = store::requireConversation(connection, conversation).subject;
        const qint64 idx = store::readSubjectHead(connection, subject).last.value();
        record::Log log(connection, desk.inbox.clock);
        log.append({record::Kind::Erase,
                    record::systemSubject(),
                    0,
                    true,
                    {{u"entries"_s, QJsonArray{idx}}, {u"reason"_s, u"art-17"_s}}});
        log.append({record::Kind::Erase, record::systemSubject(), 0, true, {{u"entries"_s, QJsonArray{idx + 1}}}});
        return idx;
    });
    // As sealing will do; nothing in the program can yet.
    test::tamperWithFile(desk.inbox.store.file(), "DELETE FROM record_body WHERE idx = " + QByteArray::number(sealed));
    const qint64 entry = desk.inbox.store.write([&desk](store::Connection &connection) {
        return bundle::appendExport(connection, desk.inbox.clock, desk.inbox.member, CaseId(1));
    });
    const auto rows = desk.scan([entry](store::Connection &connection) {
        return bundle::readCase(connection, entry, record::readHead(connection).size);
    });
    CHECK(rows.size() == 7);
    bundle::Story story;
    CHECK(bundle::tell(rows, story).isGood());
    CHECK(story.sealedBy.keys() == QList<qint64>{sealed});
}

TEST_CASE("without a key there is no bundle, no file and no entry")
{
    Desk desk;
    desk.secrets.locked = true;
    const qint64 before = desk.inbox.entries();
    const auto refused = desk.write(desk.file());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Secrets);
    CHECK(refused.error().detail.contains("what is unsigned proves nothing"_L1));
    CHECK(desk.inbox.entries() == before);
    CHECK_FALSE(QFile::exists(desk.file()));
    BundleService practice(desk.inbox.store.database(), desk.inbox.clock, desk.inbox.member, nullptr);
    CHECK(wait(practice.write(CaseId(1), desk.file())).error().kind == ErrorKind::Rejected);
}

TEST_CASE("a bundle that cannot be written leaves no half file and no entry")
{
    Desk desk;
    valueOf(wait(desk.keeper.sign()));
    const qint64 before = desk.inbox.entries();
    CHECK(desk.write(desk.file(u"none/case.zip"_s)).error().kind == ErrorKind::Storage);
    CHECK(wait(desk.bundles.write(CaseId(9), desk.file())).error().kind == ErrorKind::NotFound);
    const auto refused = desk.write(desk.inbox.store.file());
    CHECK(refused.error().detail.contains("a bundle never replaces one"_L1));
    CHECK(desk.inbox.entries() == before);
    CHECK(QDir(desk.elsewhere.path()).entryList(QDir::Files).isEmpty());
}

TEST_CASE("no bundle leaves a record that does not match")
{
    Desk desk;
    valueOf(wait(desk.keeper.sign()));
    test::tamperWithFile(desk.inbox.store.file(), "UPDATE record_body SET body = CAST('{}' AS BLOB) WHERE idx = 3");
    const auto refused = desk.write(desk.file());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Damaged);
    CHECK(refused.error().detail.contains("entry 3"_L1));
    CHECK_FALSE(QFile::exists(desk.file()));
}

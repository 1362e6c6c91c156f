// SPDX-License-Identifier: GPL-3.0-or-later
// What is held on one person leaves whole, and nobody else's name with it.
#include "app/people/people_service.h"
#include "app/people/person_file.h"

#include "app/cases/case_service.h"
#include "app/seal/seal_service.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

const seal::Person kAna{u"bluesky"_s, u"ana.example"_s};

RemoteItem said(TempInbox &inbox, const QString &id, const QString &thread, const QString &text)
{
    return test::sampleItem(id, thread, text, inbox.clock.now());
}

RemoteItem saidByBob(TempInbox &inbox, const QString &id, const QString &thread, const QString &text)
{
    RemoteItem item = said(inbox, id, thread, text);
    item.author = {u"did:plc:bob"_s, u"bob.example"_s, u"Bob Miller"_s};
    return item;
}

people::PersonFile fileOf(TempInbox &inbox)
{
    return inbox.store.read(
        [now = inbox.clock.now()](store::Connection &connection) { return people::readPerson(connection, kAna, now); });
}

QByteArray bytesOf(const people::PersonFile &file)
{
    return QJsonDocument(file.document).toJson() + file.table;
}

} // namespace

TEST_CASE("a person is given all of their words, our answers and notes, and nobody else's name")
{
    TempInbox inbox;
    cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
    RemoteItem edited = said(inbox, u"1"_s, u"alone"_s, u"first words"_s);
    RemoteItem ours = test::ownItem(u"2"_s, u"alone"_s, u"our reply, unlike to Bob Miller"_s, inbox.clock.now());
    const ConversationId alone = inbox.ingest({edited, ours}).changed.front();
    edited.text = u"second words about @bob.example and did:plc:bob"_s;
    edited.version = u"v2"_s;
    inbox.ingest({edited});
    valueOf(wait(inbox.service->addNote(alone, u"promised by Priya, as to Bob MILLER"_s)));
    const CaseId own = valueOf(wait(cases.open(alone, u"Cold soup"_s)));
    valueOf(wait(cases.addNote(own, u"refunded"_s)));

    RemoteItem toBob = test::ownItem(u"5"_s, u"shared"_s, u"only for that other one"_s, inbox.clock.now());
    toBob.parentId = u"4"_s;
    RemoteItem toAna = test::ownItem(u"6"_s, u"shared"_s, u"for her"_s, inbox.clock.now());
    toAna.parentId = u"3"_s;
    const ConversationId shared = inbox
                                      .ingest({said(inbox, u"3"_s, u"shared"_s, u"third words"_s),
                                               saidByBob(inbox, u"4"_s, u"shared"_s, u"what he said"_s), toBob, toAna})
                                      .changed.front();
    const CaseId both = valueOf(wait(cases.open(shared, u"A quarrel"_s)));
    valueOf(wait(inbox.service->addNote(shared, u"note on both"_s)));
    inbox.ingest({}, {{u"3"_s, RemoteGone::Reason::DeletedByAuthor}});

    const people::PersonFile file = fileOf(inbox);
    const QByteArray bytes = bytesOf(file);
    INFO(bytes.toStdString());
    for (const char *word : {"first words", "second words", "third words", "our reply", "for her", "promised by",
                             "Cold soup", "refunded", "ana.example", "deleted by author"})
        CHECK(bytes.contains(word));
    for (const char *word : {"bob", "Bob", "Miller", "MILLER", "Priya", "what he said", "only for that other one",
                             "A quarrel", "note on both"})
        CHECK_FALSE(bytes.contains(word));
    CHECK(file.items == 4);
    const QJsonArray held = file.document.value("cases"_L1).toArray();
    REQUIRE(held.size() == 2);
    CHECK_FALSE(held.at(0).toObject().value("about_others_too"_L1).toBool());
    CHECK(held.at(1).toObject().value("about_others_too"_L1).toBool());
    CHECK(held.at(1).toObject().value("case"_L1).toString() == both.toString());
    CHECK(file.document.value("conversations"_L1).toArray().at(1).toObject().value("items_of_others"_L1).toInt() == 2);
}

TEST_CASE("names that somebody had before go too, and the person's own stay")
{
    TempInbox inbox;
    RemoteItem odd = saidByBob(inbox, u"0"_s, u"t"_s, u"hi"_s);
    odd.author = {u"did:plc:odd"_s, u"odd.example"_s, u"Person"_s};
    inbox.ingest({odd});
    RemoteItem earlier = saidByBob(inbox, u"1"_s, u"t"_s, u"hello"_s);
    earlier.author.name = u"Robert Oldname"_s;
    inbox.ingest({earlier});
    RemoteItem ana = said(inbox, u"2"_s, u"t"_s, u"robert oldname, is that you? Yours, Annie"_s);
    ana.author.name = u"Annie"_s;
    inbox.ingest({ana});
    inbox.ingest({saidByBob(inbox, u"3"_s, u"t"_s, u"me"_s), said(inbox, u"4"_s, u"t"_s, u"ok"_s)});
    const people::PersonFile file = fileOf(inbox);
    const QByteArray bytes = bytesOf(file);
    CHECK_FALSE(bytes.toLower().contains("oldname"));
    CHECK(file.table.contains("\"person\"")); // a word of ours, whoever is called so
    CHECK(bytes.contains("Yours, Annie"));
    CHECK(file.document.value("person"_L1).toObject().value("earlier_names"_L1).toArray() == QJsonArray{u"Annie"_s});
}

TEST_CASE("what was sealed is told with day and reason")
{
    TempInbox inbox;
    inbox.ingest({said(inbox, u"1"_s, u"t"_s, u"the secret"_s), said(inbox, u"2"_s, u"t"_s, u"the news"_s)});
    seal::SealService seals(inbox.store.database(), inbox.clock, inbox.member, inbox.store.folder() + u"/backups"_s);
    const seal::Plan plan = valueOf(wait(seals.plan(ItemId(1))));
    valueOf(wait(seals.seal(plan, u"objection"_s, 1)));
    const people::PersonFile file = fileOf(inbox);
    const QJsonArray items =
        file.document.value("conversations"_L1).toArray().at(0).toObject().value("items"_L1).toArray();
    REQUIRE(items.size() == 2);
    CHECK(items.at(0).toObject().value("erased"_L1).toString() == toRfc3339(inbox.clock.now()));
    CHECK(items.at(0).toObject().value("erased_because"_L1).toString() == u"objection"_s);
    CHECK(items.at(1).toObject().value("text"_L1).toString() == u"the news"_s);
    CHECK(file.table.contains("objection"));
}

TEST_CASE("the file is new and whole, and the record says that it was made but not about whom")
{
    TempInbox inbox;
    QTemporaryDir outside;
    inbox.ingest({said(inbox, u"1"_s, u"t"_s, u"words"_s)});
    people::PeopleService service(inbox.store.database(), inbox.clock, inbox.member);
    const QString file = outside.filePath(u"ana.zip"_s);
    const qint64 entry = inbox.entries();
    CHECK(valueOf(wait(service.exportPerson(kAna, file))).items == 1);
    QFile zip(file);
    REQUIRE(zip.open(QIODevice::ReadOnly));
    CHECK(zip.read(4) == "PK\3\4");
    const QJsonObject body =
        inbox.store.read([entry](store::Connection &connection) { return record::readBody(connection, entry); });
    CHECK(body == QJsonObject{{u"rows"_s, 1}, {u"what"_s, u"person"_s}});
    CHECK(wait(service.exportPerson(kAna, file)).error().kind == ErrorKind::Rejected);
    CHECK(wait(service.exportPerson({u"bluesky"_s, u"nobody"_s}, outside.filePath(u"b.zip"_s))).error().kind ==
          ErrorKind::NotFound);
    CHECK_FALSE(QFile::exists(outside.filePath(u"b.zip"_s)));
    CHECK(inbox.entries() == entry + 1);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::ownItem;
using test::sampleItem;
using test::TempInbox;

TEST_CASE("what arrives is there, once, with its words on the record")
{
    TempInbox inbox;
    const inbox::IngestReport report =
        inbox.ingest({sampleItem(u"1"_s, u"t"_s, u"cold soup"_s, inbox.clock.now())}, {}, QByteArray("c1"));
    CHECK(report.newItems == 1);
    REQUIRE(report.changed.size() == 1);
    const ConversationView view = inbox.open(report.changed.front());
    REQUIRE(view.items.size() == 1);
    CHECK(view.items.front().item == sampleItem(u"1"_s, u"t"_s, u"cold soup"_s, inbox.clock.now()));
    CHECK(view.row.unread);
    CHECK(view.row.person.name == u"Ana Duarte"_s);
    CHECK(inbox.store.read([&inbox](store::Connection &connection) {
        return store::readCursor(connection, inbox.account.id);
    }) == "c1");
    CHECK(inbox.verify().isGood());
}

TEST_CASE("the same arrival twice changes nothing the second time")
{
    TempInbox inbox;
    const std::vector<RemoteItem> items{sampleItem(u"1"_s, u"t"_s, u"a"_s, inbox.clock.now()),
                                        sampleItem(u"1"_s, u"t"_s, u"a"_s, inbox.clock.now()),
                                        sampleItem(u"2"_s, u"t"_s, u"b"_s, inbox.clock.now())};
    CHECK(inbox.ingest(items).newItems == 2);
    const qint64 entries = inbox.entries();
    const inbox::IngestReport again = inbox.ingest(items);
    CHECK(again.newItems == 0);
    CHECK(again.changed.isEmpty());
    CHECK(inbox.entries() == entries);
}

TEST_CASE("two accounts of one network that are told the same each have it, and neither touches the other's")
{
    TempInbox inbox;
    Account second = test::sampleAccount();
    second.remoteId += u"-second"_s;
    second.handle = u"second.example"_s;
    second.secretKey += u"-second"_s;
    inbox.store.write([&](store::Connection &connection) {
        second.id = store::insertAccount(connection, second, randomBytes(16), inbox.clock.now());
    });
    const RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"to both of you"_s, inbox.clock.now());
    const ConversationId first = inbox.ingest({item}).changed.front();
    const auto toSecond = [&](const inbox::Arrival &arrival) {
        return inbox.store.write(
            [&](store::Connection &connection) { return inbox::ingest(connection, inbox.clock, second, arrival); });
    };
    const inbox::IngestReport other = toSecond({{item}, {}, "second's place"});
    CHECK(other.newItems == 1);
    REQUIRE(other.changed.size() == 1);
    CHECK(other.changed.front() != first);
    (void)toSecond({{}, {{u"1"_s, RemoteGone::Reason::DeletedByAuthor}}, {}});
    CHECK(inbox.open(other.changed.front()).items.front().gone);
    CHECK_FALSE(inbox.open(first).items.front().gone);
    CHECK(inbox.open(first).row.accountName == inbox.account.name);
    InboxQuery query;
    query.view = View::Everything;
    query.account = second.id;
    CHECK(inbox.list(query).size() == 1);
}

TEST_CASE("an edit keeps both versions, and a deletion keeps everything")
{
    TempInbox inbox;
    RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"worst bakery"_s, inbox.clock.now());
    const ConversationId id = inbox.ingest({item}).changed.front();
    item.text = u"forty guests saw it"_s;
    item.version = u"v2"_s;
    inbox.clock.advance(10min);
    CHECK(inbox.ingest({item}).revisions == 1);
    CHECK(inbox.ingest({item}).revisions == 0);
    CHECK(inbox.ingest({}, {{u"1"_s, RemoteGone::Reason::DeletedByAuthor}}).gone == 1);
    CHECK(inbox.ingest({}, {{u"1"_s, RemoteGone::Reason::DeletedByAuthor}}).gone == 0);
    const ConversationView view = inbox.open(id);
    REQUIRE(view.items.size() == 1);
    const ItemView &shown = view.items.front();
    REQUIRE(shown.revisions.size() == 2);
    CHECK(shown.revisions.at(0).text == u"worst bakery"_s);
    CHECK(shown.revisions.at(1).text == u"forty guests saw it"_s);
    CHECK(shown.gone == RemoteGone::Reason::DeletedByAuthor);
    CHECK(view.row.edited);
    CHECK(view.row.gone);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("what was said between two visits becomes revisions, each once")
{
    const auto words = [](QStringView version, QStringView text) {
        return Wording{version.toString(), text.toString(), {}, {}};
    };
    TempInbox inbox;
    RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"cold soup"_s, inbox.clock.now());
    item.version = u"v1"_s;
    const auto revisions = [&] {
        QStringList texts;
        const ConversationView view = inbox.open(ConversationId(1));
        for (const Revision &revision : view.items.front().revisions)
            texts.append(revision.text);
        return texts;
    };
    QStringList expected{u"cold soup"_s};
    SECTION("of what is seen for the first time") {}
    SECTION("of what was seen at the beginning")
    {
        inbox.ingest({item});
    }
    SECTION("of what was seen at the beginning, under another version's name")
    {
        item.version = u"hash"_s;
        inbox.ingest({item});
    }
    SECTION("of what was seen in the middle, where something is said again")
    {
        item.text = u"warm soup"_s;
        item.version = u"v2"_s;
        inbox.ingest({item});
        expected.clear();
    }
    SECTION("of which nothing that is told was seen: all of it")
    {
        item.text = u"SOUP"_s;
        item.version = u"v0"_s;
        inbox.ingest({item});
        expected = {u"SOUP"_s, u"cold soup"_s};
    }
    expected.append({u"warm soup"_s, u"cold soup"_s, u"warm soup"_s, u"no soup"_s});
    item.text = u"no soup"_s;
    item.version = u"v5"_s;
    item.earlier = {words(u"v1", u"cold soup"), words(u"v2", u"warm soup"), words(u"v3", u"cold soup"),
                    words(u"v3a", u"cold soup"), words(u"v4", u"warm soup")};
    inbox.ingest({item});
    CHECK(revisions() == expected);
    CHECK(inbox.ingest({item}).revisions == 0);
    CHECK(inbox.open(ConversationId(1)).items.front().item.version == u"v5"_s);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("what we sent is the first of its versions, whatever the network made of its words")
{
    TempInbox inbox;
    RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"Sorry"_s, inbox.clock.now());
    item.direction = Direction::Outgoing;
    item.version = u"sent"_s;
    inbox.ingest({item});
    item.version = u"edited"_s;
    item.text = u"@ana So sorry"_s;
    item.earlier = {{u"hash"_s, u"@ana Sorry"_s, {}, {}}, {u"between"_s, u"@ana Very sorry"_s, {}, {}}};
    CHECK(inbox.ingest({item}).revisions == 2);
    CHECK(inbox.ingest({item}).revisions == 0);
}

TEST_CASE("a gone mark for something never seen is no error")
{
    TempInbox inbox;
    CHECK(inbox.ingest({}, {{u"unknown"_s, RemoteGone::Reason::DeletedByAuthor}}).gone == 0);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("an item from the future does not stay on top")
{
    TempInbox inbox;
    inbox.ingest({sampleItem(u"1"_s, u"far"_s, u"from 2099"_s, inbox.clock.now() + std::chrono::hours(24 * 365 * 73))});
    inbox.clock.advance(1h);
    inbox.ingest({sampleItem(u"2"_s, u"near"_s, u"from now"_s, inbox.clock.now())});
    InboxQuery query;
    query.view = View::Everything;
    query.order = Order::Newest;
    const std::vector<ConversationRow> rows = inbox.list(query);
    REQUIRE(rows.size() == 2);
    CHECK(rows.front().threadId == u"near"_s);
    // What the author's side said stays as it was said.
    CHECK(inbox.open(rows.back().id).items.front().item.createdAt > inbox.clock.now());
}

TEST_CASE("a post with 3,000 combining marks is kept whole and shown short")
{
    TempInbox inbox;
    const QString text = u"Z"_s + QString(3000, QChar(0x0301)) + u" end"_s;
    const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, text, inbox.clock.now())}).changed.front();
    const ConversationView view = inbox.open(id);
    CHECK(view.items.front().item.text == text);
    CHECK(view.row.snippet.size() < 20);
}

TEST_CASE("a long thread is opened at its end and read upwards in windows without gaps")
{
    TempInbox inbox;
    std::vector<RemoteItem> items;
    for (int i = 0; i < 150; ++i)
        items.push_back(sampleItem(QString::number(i), u"t"_s, QString::number(i),
                                   inbox.clock.now() + std::chrono::seconds(i) - 1h));
    const ConversationId id = inbox.ingest(items).changed.front();
    QStringList texts;
    std::optional<ItemId> before;
    for (;;) {
        const ConversationView view = test::valueOf(test::wait(inbox.service->open(id, 60, before)));
        QStringList part;
        for (const ItemView &item : view.items)
            part.append(item.item.text);
        texts = part + texts;
        if (!view.olderItems)
            break;
        before = view.items.front().id;
    }
    REQUIRE(texts.size() == 150);
    for (int i = 0; i < 150; ++i)
        CHECK(texts.at(i) == QString::number(i));
}

TEST_CASE("a transaction that cannot be stored leaves the cursor where it was")
{
    TempInbox inbox;
    inbox.ingest({}, {}, QByteArray("before"));
    const inbox::Arrival arrival{{sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now())}, {}, QByteArray("after")};
    const Result<void> failed = test::wait(inbox.store.database().write([&](store::Connection &connection) {
        (void)inbox::ingest(connection, inbox.clock, inbox.account, arrival);
        throw store::StoreException(ErrorKind::DiskFull, u"full"_s);
    }));
    CHECK_FALSE(failed.has_value());
    CHECK(inbox.store.read([&inbox](store::Connection &connection) {
        return store::readCursor(connection, inbox.account.id);
    }) == "before");
    CHECK(inbox.list(View::Everything).empty());
    CHECK(inbox.ingest(arrival).newItems == 1);
}

TEST_CASE("a full disk fails the page with one clear sentence, and everything goes on when there is room")
{
    TempInbox inbox;
    inbox.ingest({sampleItem(u"0"_s, u"t"_s, u"before"_s, inbox.clock.now())});
    // SQLite's own limit stands for the disk's: the error and the path through the code are the same.
    const auto limitPages = [&inbox](const QString &pages) {
        inbox.store.write([&pages](store::Connection &connection) {
            store::Statement(connection.statementFor(u"PRAGMA max_page_count = "_s + pages)).step();
        });
    };
    limitPages(u"1"_s);
    std::vector<RemoteItem> items;
    for (int i = 1; i < 400; ++i)
        items.push_back(sampleItem(QString::number(i), u"t"_s, QString(500, u'x'), inbox.clock.now()));
    const inbox::Arrival arrival{items, {}, QByteArray("after")};
    const auto result = test::wait(inbox.store.database().write(
        [&](store::Connection &connection) { return inbox::ingest(connection, inbox.clock, inbox.account, arrival); }));
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::DiskFull);
    CHECK(result.error().detail.startsWith(u"The disk is full. Nothing stored is lost"_s));
    CHECK(inbox.verify().isGood());
    limitPages(u"1000000"_s);
    CHECK(inbox.ingest(items, {}, QByteArray("after")).newItems == 399);
    CHECK(inbox.verify().isGood());
}

TEST_CASE("what the network hid and shows again is there again, and both are on the record")
{
    TempInbox inbox;
    const RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"x"_s, inbox.clock.now());
    const ConversationId id = inbox.ingest({item}).changed.front();
    inbox.ingest({}, {{u"1"_s, RemoteGone::Reason::HiddenByNetwork}});
    CHECK(inbox.open(id).items.front().gone.has_value());
    const qint64 before = inbox.entries();
    const inbox::IngestReport report = inbox.ingest({item});
    CHECK(report.changed == QList<ConversationId>{id});
    CHECK_FALSE(inbox.open(id).items.front().gone.has_value());
    CHECK_FALSE(inbox.open(id).row.gone);
    CHECK(inbox.entries() == before + 1);
    inbox.ingest({}, {{u"1"_s, RemoteGone::Reason::DeletedByAuthor}});
    CHECK(inbox.open(id).items.front().gone == RemoteGone::Reason::DeletedByAuthor);
}

TEST_CASE("a link that leads somewhere else now is an edit, though every word is the same")
{
    TempInbox inbox;
    RemoteItem item = sampleItem(u"1"_s, u"t"_s, u"see here"_s, inbox.clock.now());
    item.version = u"v1"_s;
    item.links = {{4, 4, TextLink::Kind::Web, u"https://menu.example/"_s}};
    const ConversationId id = inbox.ingest({item}).changed.front();
    item.version = u"v2"_s;
    item.links.front().target = u"https://elsewhere.example/"_s;
    CHECK(inbox.ingest({item}).revisions == 1);
    CHECK(inbox.open(id).items.front().revisions.size() == 2);
    item.version = u"v3"_s;
    item.media = {{u"image"_s, u"a cake"_s, {}}};
    CHECK(inbox.ingest({item}).revisions == 1);
    item.version = u"v4"_s;
    CHECK(inbox.ingest({item}).revisions == 0);
}

TEST_CASE("the list shows what a mail says anew, and everything of it is kept; other networks' words are left alone")
{
    const QString words = u"The handle came off again."_s;
    const QString text = words + u"\n\nOn 20/11/2026 09:00, Pri wrote:\n> Enjoy your basket!\n"_s;
    for (const auto &[network, snippet] :
         {std::pair{u"email"_s, words}, std::pair{u"bluesky"_s, QString(text).simplified()}}) {
        Account account = test::sampleAccount();
        account.network = network;
        TempInbox inbox(account);
        const ConversationId id = inbox.ingest({sampleItem(u"1"_s, u"t"_s, text, inbox.clock.now())}).changed.front();
        const ConversationView view = inbox.open(id);
        CHECK(view.row.snippet == snippet);
        CHECK(view.items.front().item.text == text);
        InboxQuery query;
        query.view = View::Everything;
        query.search = u"basket "_s;
        CHECK(inbox.list(query).size() == 1);
    }
}

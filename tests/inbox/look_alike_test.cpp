// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/look_alike.h"
#include "app/store/look_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::sampleItem;
using test::TempInbox;

namespace {

const Author kMartina{u"did:martina"_s, u"martina.example"_s, u"Martina"_s};
const Author kOther{u"did:other"_s, u"rnartina.example"_s, u"Martina"_s};

RemoteItem by(const Author &author, const QString &remoteId, const QString &threadId, Instant at)
{
    RemoteItem item = sampleItem(remoteId, threadId, u"hello "_s + remoteId, at);
    item.author = author;
    return item;
}

ConversationView conversation(TempInbox &inbox, const QString &threadId)
{
    for (const ConversationRow &row : inbox.list(View::Everything)) {
        if (row.threadId == threadId)
            return inbox.open(row.id);
    }
    FAIL("no such conversation");
    return {};
}

std::optional<LookAlike> look(TempInbox &inbox, const Author &who)
{
    return inbox.store.read(
        [&](store::Connection &connection) { return store::earlierLookAlike(connection, inbox.account.network, who); });
}

} // namespace

TEST_CASE("who has a handle like somebody's who was here before is told apart, and the first one is left alone")
{
    TempInbox inbox;
    inbox.ingest({by(kMartina, u"1"_s, u"t1"_s, inbox.clock.now()), by(kOther, u"2"_s, u"t2"_s, inbox.clock.now()),
                  by(kOther, u"3"_s, u"t1"_s, inbox.clock.now())});
    const LookAlike martina{inbox.account.network, kMartina.handle, false};
    const ConversationView hers = conversation(inbox, u"t1"_s);
    CHECK_FALSE(hers.looksLike);
    REQUIRE(hers.items.size() == 2);
    CHECK_FALSE(hers.items[0].looksLike);
    CHECK(hers.items[1].looksLike == martina);
    CHECK(conversation(inbox, u"t2"_s).looksLike == martina);
}

TEST_CASE("somebody between a customer and the business who copies its name is told apart")
{
    Account shop = test::sampleAccount();
    TempInbox inbox(shop);
    const Author copy{u"did:copy"_s, shop.handle.section(u'.', 0, 0) + u"-support.example"_s, u"Support"_s};
    inbox.ingest({by(kMartina, u"1"_s, u"t1"_s, inbox.clock.now()), by(copy, u"2"_s, u"t1"_s, inbox.clock.now()),
                  test::ownItem(u"3"_s, u"t1"_s, u"write to us"_s, inbox.clock.now())});
    const ConversationView view = conversation(inbox, u"t1"_s);
    REQUIRE(view.items.size() == 3);
    CHECK_FALSE(view.items[0].looksLike);
    CHECK(view.items[1].looksLike == LookAlike{shop.network, shop.handle, true});
    CHECK_FALSE(view.items[2].looksLike);
}

TEST_CASE("looks follow a handle that changes, and are made anew by other rules")
{
    TempInbox inbox;
    inbox.ingest({by(kMartina, u"1"_s, u"t1"_s, inbox.clock.now()), by(kOther, u"2"_s, u"t2"_s, inbox.clock.now())});
    REQUIRE(look(inbox, kOther));
    SECTION("the first one is called otherwise now")
    {
        Author renamed = kMartina;
        renamed.handle = u"tina.example"_s;
        inbox.ingest({by(renamed, u"3"_s, u"t1"_s, inbox.clock.now())});
        CHECK_FALSE(look(inbox, kOther));
    }
    SECTION("the first one is called so only now")
    {
        Author copied = kOther;
        copied.remoteId = u"did:third"_s;
        copied.handle = u"1isbeth.example"_s;
        Author renamed = kMartina;
        renamed.handle = u"lisbeth.example"_s;
        inbox.ingest({by(copied, u"3"_s, u"t3"_s, inbox.clock.now()), by(renamed, u"4"_s, u"t1"_s, inbox.clock.now())});
        CHECK(look(inbox, copied) == LookAlike{inbox.account.network, renamed.handle, false});
    }
    SECTION("other rules made them")
    {
        inbox.tamper("UPDATE handle_look SET look = 'old'; UPDATE look_rules SET rules = 'other'");
        CHECK(look(inbox, kOther));
    }
    SECTION("the same rules made them")
    {
        inbox.tamper("UPDATE handle_look SET look = 'old'");
        CHECK_FALSE(look(inbox, kOther));
    }
    SECTION("they come with a workspace from before")
    {
        inbox.tamper("DROP TABLE handle_look; DROP TABLE look_rules; DROP INDEX conversation_to_refresh; DROP TABLE "
                     "account_trouble; PRAGMA "
                     "user_version = 4");
        CHECK(look(inbox, kOther));
    }
}

TEST_CASE("a workspace of an older schema that is only read tells nobody apart, and opens")
{
    TempInbox inbox;
    inbox.ingest({by(kMartina, u"1"_s, u"t1"_s, inbox.clock.now()), by(kOther, u"2"_s, u"t2"_s, inbox.clock.now())});
    const ConversationId id = conversation(inbox, u"t2"_s).row.id;
    inbox.service.reset();
    inbox.store.close();
    test::tamperWithFile(inbox.store.file(),
                         "DROP TABLE handle_look; DROP TABLE look_rules; DROP INDEX conversation_to_refresh; DROP "
                         "TABLE account_trouble; PRAGMA user_version = 4");
    const auto database = test::valueOf(store::Database::open({inbox.store.folder(), true, {}}));
    inbox::InboxService service(*database, inbox.clock, inbox.member);
    CHECK_FALSE(test::valueOf(test::wait(service.open(id))).looksLike);
}

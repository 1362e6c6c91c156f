// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/session.h"

#include "app/inbox/inbox_service.h"
#include "app/outbox/outbox_service.h"
#include "app/record/verify.h"
#include "app/session/account_service.h"
#include "app/store/database.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"

#include <QDir>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using session::Session;
using test::valueOf;
using test::wait;

namespace {

struct Place
{
    Result<std::unique_ptr<Session>> open(bool practice = true, bool readOnly = false)
    {
        session::SessionOptions options;
        options.folder = folder.path();
        options.practice = practice;
        options.clock = &clock;
        options.useKeychain = false;
        options.readOnly = readOnly;
        return Session::open(std::move(options));
    }
    static int fetch(Session &session)
    {
        int items = 0;
        const std::vector<Account> accounts = session.accounts().accounts();
        for (const Account &account : accounts)
            items += valueOf(wait(session.sync().syncAccount(account.id, sync::SyncEngine::Depth::Usual))).newItems;
        return items;
    }
    test::FakeClock clock;
    QTemporaryDir folder;
};

ConversationRow firstOf(Session &session, View view, const QString &network)
{
    InboxQuery query;
    query.view = view;
    for (const ConversationRow &row : valueOf(wait(session.inbox().page(query))).rows) {
        if (row.network == network)
            return row;
    }
    FAIL("no such conversation");
    return {};
}

} // namespace

TEST_CASE("a practice workspace has its people, its accounts and its own record, and keeps them")
{
    Place place;
    int items = 0;
    {
        const std::unique_ptr<Session> session = valueOf(place.open());
        CHECK(session->isPractice());
        CHECK(session->businessName() == u"Marigold Bakehouse"_s);
        CHECK(session->accounts().accounts().size() == 7);
        items = place.fetch(*session);
        CHECK(items > 100);
    }
    const std::unique_ptr<Session> again = valueOf(place.open());
    CHECK(place.fetch(*again) == 0);
    CHECK(valueOf(wait(again->database().read([](store::Connection &connection) {
              return record::verify(connection);
          }))).isGood());
}

TEST_CASE("practice goes the same way as a real network: an answer is sent once and they answer back")
{
    Place place;
    const std::unique_ptr<Session> session = valueOf(place.open());
    place.fetch(*session);
    const ConversationRow row = firstOf(*session, View::NeedsReply, u"bluesky"_s);
    valueOf(wait(session->outbox().queue(row.id, u"Entschuldigung!"_s, row.audience,
                                         session->accounts().capabilities(row.account).publicLimit, 0ms)));
    CHECK(place.fetch(*session) == 0);
    CHECK(valueOf(wait(session->inbox().open(row.id))).row.turn == Turn::Waiting);
    place.clock.advance(5min);
    CHECK(place.fetch(*session) >= 1);
    CHECK(valueOf(wait(session->inbox().open(row.id))).row.turn == Turn::NeedsReply);
}

TEST_CASE("an answer that was under way when the program ended is looked up and not sent twice")
{
    Place place;
    ConversationId conversation;
    {
        const std::unique_ptr<Session> session = valueOf(place.open());
        place.fetch(*session);
        const ConversationRow row = firstOf(*session, View::NeedsReply, u"bluesky"_s);
        conversation = row.id;
        valueOf(wait(session->outbox().queue(row.id, u"once"_s, row.audience, {}, 0ms)));
        channels::Channel *channel = session->sync().channel(row.account);
        valueOf(wait(session->outbox().drain(row.account, *channel)));
        // As a crash leaves it between the network's answer and the commit: the attempt is there, its end is not.
        valueOf(wait(session->database().write([](store::Connection &connection) {
            connection.execute(u"UPDATE outbox SET state = 2, remote_id = NULL"_s);
        })));
    }
    const std::unique_ptr<Session> session = valueOf(place.open());
    CHECK(valueOf(wait(session->inbox().open(conversation))).outbox.front().state == OutboxState::Unknown);
    place.clock.advance(1min);
    place.fetch(*session);
    const ConversationView view = valueOf(wait(session->inbox().open(conversation)));
    CHECK(view.outbox.empty());
    int copies = 0;
    for (const ItemView &item : view.items)
        copies += item.item.text == u"once"_s ? 1 : 0;
    CHECK(copies == 1);
}

TEST_CASE("a workspace that is open elsewhere can be looked at and not opened")
{
    Place place;
    const std::unique_ptr<Session> session = valueOf(place.open());
    place.fetch(*session);
    const Result<std::unique_ptr<Session>> second = place.open();
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == ErrorKind::InUse);
    const std::unique_ptr<Session> looking = valueOf(place.open(true, true));
    const ConversationRow row = firstOf(*looking, View::NeedsReply, u"bluesky"_s);
    const Result<void> refused = wait(looking->inbox().markDone(row.id, true));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Storage);
}

TEST_CASE("practice and real data are never mixed")
{
    Place place;
    CHECK_FALSE(valueOf(place.open(false))->isPractice());
    const Result<std::unique_ptr<Session>> mixed = place.open(true);
    REQUIRE_FALSE(mixed.has_value());
    CHECK(mixed.error().kind == ErrorKind::Rejected);
}

TEST_CASE("a paused account is left alone and a disconnected one keeps its history")
{
    Place place;
    const std::unique_ptr<Session> session = valueOf(place.open());
    place.fetch(*session);
    const AccountId id = session->accounts().accounts().front().id;
    valueOf(wait(session->accounts().pause(id, true)));
    CHECK(session->accounts().account(id)->state == AccountState::Paused);
    valueOf(wait(session->accounts().pause(id, false)));
    CHECK(session->accounts().account(id)->state == AccountState::Live);
    valueOf(wait(session->accounts().disconnectAccount(id)));
    CHECK(session->accounts().account(id)->state == AccountState::Disconnected);
    CHECK(session->sync().channel(id) == nullptr);
    InboxQuery query;
    query.view = View::Everything;
    query.account = id;
    CHECK_FALSE(valueOf(wait(session->inbox().page(query))).rows.empty());
}

TEST_CASE("an unknown network cannot be connected")
{
    Place place;
    const std::unique_ptr<Session> session = valueOf(place.open(false));
    channels::SignIn credentials;
    const Result<Account> refused = wait(session->accounts().connectAccount(u"nonet"_s, credentials));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Usage);
}

TEST_CASE("who signs in to a mailbox again need not say by which server mail is sent")
{
    test::FakeMailServer server;
    Place place;
    const std::unique_ptr<Session> session = valueOf(place.open(false));
    channels::SignIn credentials;
    credentials.handle = u"shop@quay.example"_s;
    credentials.server = QUrl(u"imap://127.0.0.1:%1"_s.arg(server.imapPort()));
    credentials.sendingServer = QUrl(u"smtp://127.0.0.1:%1"_s.arg(server.smtpPort()));
    credentials.secret = server.password;
    session::AccountService &accounts = session->accounts();
    const Account first = valueOf(wait(accounts.connectAccount(u"mail"_s, credentials)));
    credentials.sendingServer = {};
    credentials.handle = u" Shop@Quay.example "_s;
    const Account again = valueOf(wait(accounts.connectAccount(u"mail"_s, credentials)));
    CHECK(again.id == first.id);
    CHECK(accounts.accounts().size() == 1);
    // Whoever leaves takes all of it out of the keychain.
    valueOf(wait(accounts.disconnectAccount(first.id)));
    const Result<Account> refused = wait(accounts.connectAccount(u"mail"_s, credentials));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Usage);
    CHECK(refused.error().detail.contains(u"server for sending"_s));
}

TEST_CASE("a workspace that is open is backed up once a day by itself, and practice is not")
{
    for (const bool practice : {false, true}) {
        Place place;
        const QTemporaryDir marks;
        session::SessionOptions options;
        options.folder = place.folder.path();
        options.practice = practice;
        options.clock = &place.clock;
        options.useKeychain = false;
        options.markFolder = marks.path();
        const std::unique_ptr<Session> session = valueOf(Session::open(std::move(options)));
        session->startWork();
        const QDir backups(place.folder.filePath(u"backups"_s));
        if (practice) {
            test::waitUntil([&session] { return !session->sync().isBusy(); });
            CHECK_FALSE(backups.exists());
        } else {
            test::waitUntil(
                [&backups] { return !backups.entryList({u"indelible-*.sqlite"_s}, QDir::Files).isEmpty(); });
        }
        (void)wait(session->finishWork());
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/storage_rule.h"

#include "app/inbox/inbox_service.h"
#include "app/record/log.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/store/database.h"
#include "app/store/record_table.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"

#include <QHash>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace indelible;
using session::Session;
using test::valueOf;
using test::wait;

namespace {

/// The practice inbox, in which some authors have deleted what they wrote.
struct Practice
{
    Practice()
    {
        session::SessionOptions options;
        options.folder = folder.path();
        options.practice = true;
        options.clock = &clock;
        options.useKeychain = false;
        session = valueOf(Session::open(std::move(options)));
        for (const Account &account : std::vector<Account>(session->accounts().accounts()))
            valueOf(wait(session->sync().syncAccount(account.id, sync::SyncEngine::Depth::Thorough)));
    }

    /// By account: how many items their authors have deleted, and how many of these still have their words here.
    struct Deleted
    {
        int all = 0;
        int readable = 0;
    };
    QHash<AccountId, Deleted> deleted()
    {
        QHash<AccountId, Deleted> found;
        InboxQuery query;
        query.view = View::Everything;
        query.limit = 500;
        for (const ConversationRow &row : valueOf(wait(session->inbox().page(query))).rows) {
            const ConversationView view = valueOf(wait(session->inbox().open(row.id)));
            for (const ItemView &item : view.items) {
                if (item.gone != RemoteGone::Reason::DeletedByAuthor)
                    continue;
                ++found[row.account].all;
                found[row.account].readable += item.sealedAt ? 0 : 1;
            }
        }
        return found;
    }

    test::FakeClock clock;
    QTemporaryDir folder;
    std::unique_ptr<Session> session;
};

} // namespace

TEST_CASE("a deletion alone takes nothing from the record")
{
    Practice practice;
    const auto before = practice.deleted();
    REQUIRE_FALSE(before.isEmpty());
    CHECK(valueOf(wait(practice.session->storageRule().applyNow())) == 0);
    for (const auto &account : practice.deleted())
        CHECK(account.readable == account.all);
}

TEST_CASE("what authors delete is sealed where a person chose the network's rule, and only there")
{
    Practice practice;
    const auto before = practice.deleted();
    REQUIRE_FALSE(before.isEmpty());
    const AccountId follower = before.constBegin().key();
    valueOf(wait(practice.session->accounts().followStorageRule(follower, true)));
    CHECK(practice.session->accounts().account(follower)->followsStorageRule);
    CHECK(valueOf(wait(practice.session->storageRule().applyNow())) >= before.value(follower).all);
    const auto after = practice.deleted();
    for (auto account = after.constBegin(); account != after.constEnd(); ++account)
        CHECK(account->readable == (account.key() == follower ? 0 : before.value(account.key()).readable));
    CHECK(valueOf(wait(practice.session->storageRule().applyNow())) == 0);

    // The program did it, and says so.
    const auto last = valueOf(wait(practice.session->database().read([](store::Connection &connection) {
        const qint64 size = store::readRecordState(connection)->size;
        return record::Entry::fromBytes(store::readRecordRow(connection, size - 1)->entry);
    })));
    REQUIRE(last.has_value());
    CHECK(static_cast<record::Kind>(last->kind) == record::Kind::Erase);
    CHECK(last->actor == 0);
    CHECK((last->flags & record::kFlagHuman) == 0);
}

TEST_CASE("a choice that was taken back seals nothing more, and both are on the record")
{
    Practice practice;
    const AccountId follower = practice.deleted().constBegin().key();
    const auto size = [&] { return valueOf(wait(practice.session->database().read(&store::readRecordState)))->size; };
    const qint64 before = size();
    valueOf(wait(practice.session->accounts().followStorageRule(follower, true)));
    valueOf(wait(practice.session->accounts().followStorageRule(follower, false)));
    CHECK(size() == before + 2);
    CHECK_FALSE(practice.session->accounts().account(follower)->followsStorageRule);
    CHECK(valueOf(wait(practice.session->storageRule().applyNow())) == 0);
}

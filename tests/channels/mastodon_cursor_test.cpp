// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_cursor.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Status made(const QString &id)
{
    Status status;
    status.id = id;
    status.item.remoteId = uriOf(id);
    status.item.version = u"1"_s;
    return status;
}

std::vector<Notification> page(const QStringList &ids)
{
    std::vector<Notification> notifications;
    for (const QString &id : ids)
        notifications.push_back({id, made(id)});
    return notifications;
}

QStringList idsOf(const std::vector<Status> &statuses)
{
    QStringList ids;
    for (const Status &status : statuses)
        ids.append(status.id);
    return ids;
}

} // namespace

TEST_CASE("a position comes back as it was written, and one that cannot be read is the beginning")
{
    Position position;
    position.part = GENERATE(Position::Part::Notifications, Position::Part::Own, Position::Part::Conversations);
    position.notifications = {u"10"_s, u"20"_s, u"15"_s, 3};
    position.ownPage = u"7"_s;
    position.ownPages = 2;
    position.seen = {u"x"_s};
    rememberThread(position, uriOf(u"1"_s));
    const Cursor bytes = writePosition(position);
    CHECK(writePosition(readPosition(bytes)) == bytes);
    CHECK(isKnownThread(readPosition(bytes), uriOf(u"1"_s)));
    CHECK_FALSE(isKnownThread(readPosition(bytes), uriOf(u"2"_s)));
    for (const QByteArray &bad : {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("{\"last\":7}")})
        CHECK(writePosition(readPosition(bad)) == writePosition(Position()));
}

TEST_CASE("the walk goes down to what is stored before that moves")
{
    Position position;
    position.notifications.last = u"10"_s;
    CHECK(idsOf(takeNew(position, page({u"40"_s, u"39"_s}))) == QStringList{u"39"_s, u"40"_s});
    CHECK(position.notifications.last == u"10"_s);
    CHECK(position.notifications.floor == u"39"_s);
    CHECK(idsOf(takeNew(position, page({u"39"_s, u"12"_s, u"10"_s, u"9"_s}))) == QStringList{u"12"_s});
    CHECK(takeNew(position, page({u"10"_s})).empty());
    CHECK(position.notifications.last == u"40"_s);
    CHECK(position.part == Position::Part::Notifications);
    CHECK(takeNew(position, page({u"40"_s})).empty());
    CHECK(position.part == Position::Part::Own);
}

TEST_CASE("the first run goes back so many pages and no further")
{
    Position position;
    int pages = 0;
    for (int id = 90'000; position.notifications.last.isEmpty(); id -= 10, ++pages)
        CHECK(takeNew(position, page({QString::number(id), QString::number(id - 1)})).size() == 2);
    CHECK(pages == kFirstRunPages);
    CHECK(position.notifications.last == u"90000"_s);
    CHECK(position.notifications.floor.isEmpty());
}

TEST_CASE("own statuses are read until a page has nothing new")
{
    Position position;
    position.part = Position::Part::Own;
    CHECK(takeOwn(position, {made(u"5"_s), made(u"4"_s)}).size() == 2);
    CHECK(position.ownPage == u"4"_s);
    CHECK(position.part == Position::Part::Own);
    CHECK(takeOwn(position, {made(u"4"_s), made(u"3"_s)}).size() == 1);
    CHECK(takeOwn(position, {made(u"3"_s)}).empty());
    CHECK(position.part == Position::Part::Conversations);
    CHECK(position.ownPage.isEmpty());
    Status edited = made(u"5"_s);
    edited.item.version = u"2"_s;
    CHECK(takeOwn(position, {edited, made(u"4"_s)}).size() == 1);
}

TEST_CASE("of private conversations, what a notification or our own list has brought is nothing new")
{
    const auto privately = [](const QString &id) {
        Status status = made(id);
        status.item.audience = Audience::Private;
        return status;
    };
    Position position;
    CHECK(takeNew(position, {{u"40"_s, privately(u"1"_s)}, {u"41"_s, made(u"2"_s)}}).size() == 2);
    CHECK(takeNew(position, {}).empty());
    CHECK(takeOwn(position, {privately(u"3"_s)}).size() == 1);
    position.part = Position::Part::Conversations;
    const std::vector<Status> page{privately(u"4"_s), privately(u"3"_s), privately(u"1"_s)};
    CHECK(idsOf(takeConversations(position, page)) == QStringList{u"4"_s});
    CHECK(position.part == Position::Part::Notifications);
    CHECK(takeConversations(position, page).empty());
    Status edited = privately(u"1"_s);
    edited.item.version = u"2"_s;
    CHECK(takeConversations(position, {edited}).size() == 1);
}

TEST_CASE("a list that leads to itself ends, and boosts are nothing of ours")
{
    Position position;
    position.part = Position::Part::Own;
    Status boost = made(u"9"_s);
    boost.isBoost = true;
    CHECK(takeOwn(position, {boost}).empty());
    CHECK(position.part == Position::Part::Conversations);
    position.part = Position::Part::Own;
    int pages = 0;
    for (int id = 0; position.part == Position::Part::Own; ++id, ++pages)
        CHECK(takeOwn(position, {made(QString::number(id))}).size() == 1);
    CHECK(pages == kOwnPages);
}

TEST_CASE("what a position remembers is bounded, and what was seen last is kept")
{
    Position position;
    for (int i = 0; i < 3000; ++i)
        rememberThread(position, uriOf(QString::number(i)));
    CHECK(writePosition(position).size() < 64 * 1024);
    CHECK(isKnownThread(position, uriOf(u"2999"_s)));
    CHECK_FALSE(isKnownThread(position, uriOf(u"1"_s)));
}

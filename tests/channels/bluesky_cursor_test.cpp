// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_cursor.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::bluesky;
using namespace Qt::StringLiterals;

namespace {

const Instant kNow = *fromRfc3339(u"2026-11-22T09:00:00Z"_s);

Instant hoursAgo(int hours)
{
    return kNow - std::chrono::hours(hours);
}

Notification mention(const QString &key, Instant indexedAt, const QString &version = u"v1"_s)
{
    RemoteItem item;
    item.remoteId = key;
    item.version = version;
    return {indexedAt, item};
}

QStringList ids(const std::vector<RemoteItem> &items)
{
    QStringList all;
    for (const RemoteItem &item : items)
        all.append(item.remoteId);
    return all;
}

std::vector<Instant> timesOf(const NotificationPage &page)
{
    std::vector<Instant> times;
    for (const Notification &notification : page.notifications)
        times.push_back(notification.indexedAt);
    return times;
}

/// Reads one page: what is new in it.
QStringList readPage(Position &position, const NotificationPage &page)
{
    const QStringList fresh = ids(takeNew(position, page, kNow));
    REQUIRE(finishPage(position, timesOf(page), page.next, kNow));
    return fresh;
}

} // namespace

TEST_CASE("a position survives being written and read")
{
    Position position;
    position.part = Position::Part::Messages;
    position.notificationsWalk = {u"p"_s, u"m"_s, 3, 4, hoursAgo(1)};
    position.feedWalk = {u"f"_s, {}, 0, 1, {}};
    position.feedProblem = u"trouble"_s;
    position.notificationsUntil = hoursAgo(2);
    position.feedUntil = hoursAgo(3);
    position.known = {u"a"_s, u"b"_s};
    position.seen = {u"c"_s};
    position.messages = {u"log"_s, true, true, {u"c1"_s}, {u"c2"_s}, {u"q"_s, {}, 1, 2, {}}};
    const channels::Cursor bytes = writePosition(position);
    CHECK(writePosition(readPosition(bytes)) == bytes);
    const Position back = readPosition(bytes);
    CHECK(back.part == Position::Part::Messages);
    CHECK(back.notificationsWalk.newest == hoursAgo(1));
    CHECK(back.messages.pending == QStringList{u"c1"_s});
    CHECK(back.messages.listing);
}

TEST_CASE("a cursor that cannot be read means the beginning")
{
    const channels::Cursor beginning = writePosition({});
    for (const char *bytes : {"", "garbage", "{}", "[]", R"({"format":2,"part":1})", R"({"format":1,"part":7})",
                              R"({"format":1,"part":-1})"})
        CHECK(writePosition(readPosition(bytes)) == beginning);
}

TEST_CASE("the first walk reads to the end, however old, and empty pages lead on")
{
    Position position;
    CHECK(readPage(position, {{mention(u"b"_s, hoursAgo(1)), mention(u"a"_s, hoursAgo(2))}, u"p2"_s}) ==
          QStringList{u"a"_s, u"b"_s});
    CHECK(position.notificationsWalk.page == "p2"_L1);
    CHECK(readPage(position, {{}, u"p3"_s}).isEmpty());
    CHECK(position.part == Position::Part::Notifications);
    CHECK(readPage(position, {{mention(u"old"_s, hoursAgo(20'000))}, {}}) == QStringList{u"old"_s});
    CHECK(position.part == Position::Part::Feed);
    CHECK(position.notificationsUntil == hoursAgo(1));
    CHECK(position.notificationsWalk.page.isEmpty());
}

TEST_CASE("later walks stop a day below what was read and take only what is new")
{
    Position position;
    readPage(position, {{mention(u"b"_s, hoursAgo(1)), mention(u"a"_s, hoursAgo(30))}, {}});
    position.part = Position::Part::Notifications;
    // "late" sorts below "b" although it came later; "edited" has other content under a known id.
    const NotificationPage top{{mention(u"new"_s, hoursAgo(0)), mention(u"b"_s, hoursAgo(1)),
                                mention(u"late"_s, hoursAgo(10)), mention(u"a"_s, hoursAgo(30))},
                               u"p2"_s};
    CHECK(readPage(position, top) == QStringList{u"late"_s, u"new"_s});
    CHECK(position.part == Position::Part::Notifications);
    CHECK(readPage(position, {{mention(u"ancient"_s, hoursAgo(40))}, u"p3"_s}).isEmpty());
    CHECK(position.part == Position::Part::Feed);
    CHECK(position.notificationsUntil == hoursAgo(0));
    position.part = Position::Part::Notifications;
    CHECK(readPage(position, {{mention(u"b"_s, hoursAgo(1), u"v2"_s), mention(u"b"_s, hoursAgo(1))}, {}}) ==
          QStringList{u"b"_s});
}

TEST_CASE("a page of what was read within the last day leads on, one below does not")
{
    Position position;
    readPage(position, {{mention(u"a"_s, hoursAgo(0))}, {}});
    position.part = Position::Part::Notifications;
    readPage(position, {{mention(u"b"_s, hoursAgo(3)), mention(u"c"_s, hoursAgo(23))}, u"p2"_s});
    CHECK(position.part == Position::Part::Notifications);
    readPage(position, {{mention(u"d"_s, hoursAgo(23)), mention(u"e"_s, hoursAgo(90))}, u"p3"_s});
    CHECK(position.part == Position::Part::Notifications);
    readPage(position, {{mention(u"f"_s, hoursAgo(25))}, u"p4"_s});
    CHECK(position.part == Position::Part::Feed);
}

TEST_CASE("a date from the future does not end the next walk early")
{
    Position position;
    readPage(position, {{mention(u"prophet"_s, kNow + std::chrono::hours(10'000))}, {}});
    CHECK(position.notificationsUntil == kNow);
    position.part = Position::Part::Notifications;
    CHECK(readPage(position, {{mention(u"next"_s, hoursAgo(-1))}, {}}) == QStringList{u"next"_s});
}

TEST_CASE("what is remembered stays small")
{
    Position position;
    NotificationPage page;
    for (int i = 0; i < 10'000; ++i)
        page.notifications.push_back(mention(QString::number(i), hoursAgo(1)));
    CHECK(readPage(position, page).size() == 10'000);
    CHECK(position.known.size() <= 4000);
    CHECK(writePosition(position).size() < 64 * 1024);
}

TEST_CASE("a server that leads in circles is found out, whatever the circle")
{
    const int tail = GENERATE(0, 1, 5, 40);
    const int circle = GENERATE(1, 2, 3, 7, 100);
    PageWalk walk;
    int pages = 0;
    Result<void> advanced;
    while (advanced && pages < 2000) {
        const int index = pages < tail ? pages : tail + (pages - tail) % circle;
        advanced = walk.advance(u"p%1"_s.arg(index));
        ++pages;
    }
    REQUIRE_FALSE(advanced);
    CHECK(advanced.error().kind == ErrorKind::InvalidReply);
    CHECK(advanced.error().detail.contains("leads in circles"_L1));
    CHECK(pages <= 4 * (tail + circle) + 4);
    CHECK(pages > tail + circle);
}

TEST_CASE("trouble with one part is told from trouble with the account")
{
    const auto partOnly = [](ErrorKind kind) { return concernsPartOnly(Error{kind, {}, {}, {}, {}, false}); };
    for (const ErrorKind kind : {ErrorKind::Timeout, ErrorKind::ServerTrouble, ErrorKind::InvalidReply,
                                 ErrorKind::NotFound, ErrorKind::Forbidden})
        CHECK(partOnly(kind));
    for (const ErrorKind kind : {ErrorKind::Offline, ErrorKind::RateLimited, ErrorKind::Unauthorised,
                                 ErrorKind::Cancelled, ErrorKind::Secrets})
        CHECK_FALSE(partOnly(kind));
}

TEST_CASE("a long straight way is no circle")
{
    PageWalk walk;
    for (int i = 0; i < 5000; ++i)
        REQUIRE(walk.advance(u"p%1"_s.arg(i)));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_cursor.h"
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::telegram;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Instant kNow = FakeClock().now();

Updates page(qint64 first, qint64 last)
{
    Updates updates;
    updates.first = first;
    updates.last = last;
    return updates;
}

Position positionAt(qint64 next, Instant heard, Instant asked)
{
    Position position;
    position.next = next;
    position.heard = heard;
    position.asked = asked;
    return position;
}

} // namespace

TEST_CASE("a position comes back as it was, and damage means the beginning")
{
    Position position = positionAt(9004, kNow - 1h, kNow);
    advance(position, page(9010, 9011), 9004, kNow);
    const Position again = readPosition(writePosition(position));
    CHECK(again.next == 9012);
    CHECK(again.heard == kNow);
    CHECK(again.asked == kNow);
    CHECK(again.notice == position.notice);
    CHECK(again.noticed == kNow);
    for (const QByteArray &damaged : {QByteArray(), QByteArray("[]"), QByteArray("{\"next\":\"x\"}")})
        CHECK_FALSE(offsetFor(readPosition(damaged), kNow));
}

TEST_CASE("the service is asked from behind what is stored, and after a day without news for whatever is there")
{
    CHECK_FALSE(offsetFor(Position(), kNow));
    CHECK(offsetFor(positionAt(9004, kNow - 23h, kNow), kNow) == 9004);
    CHECK_FALSE(offsetFor(positionAt(9004, kNow - 25h, kNow), kNow));
    // A negative offset would throw away what waits.
    CHECK_FALSE(offsetFor(positionAt(-5, kNow, kNow), kNow));
}

TEST_CASE("a page moves the position on, and one that was there already does not")
{
    Position position = positionAt(9004, kNow - 1h, kNow - 1h);
    CHECK(advance(position, page(9004, 9006), 9004, kNow));
    CHECK(position.next == 9007);
    CHECK_FALSE(advance(position, page(9004, 9006), 9007, kNow + 1min));
    CHECK(position.next == 9007);
    CHECK_FALSE(advance(position, Updates(), 9007, kNow + 2min));
    CHECK(position.heard == kNow);
    CHECK(position.asked == kNow + 2min);
    CHECK(noticeFor(position, kNow + 2min).isEmpty());
    // Numbers that begin anew, lower than before.
    CHECK(advance(position, page(12, 13), std::nullopt, kNow + 3min));
    CHECK(position.next == 14);
}

TEST_CASE("where something may have been lost, it is said for a day")
{
    Position late = positionAt(9004, kNow - 25h, kNow - 25h);
    advance(late, page(9007, 9007), std::nullopt, kNow);
    CHECK(noticeFor(late, kNow).contains(u"from 2026-11-21 08:00 UTC to 2026-11-22 09:00 UTC"_s));
    advance(late, Updates(), 9008, kNow + 1h);
    CHECK_FALSE(noticeFor(late, kNow + 23h).isEmpty());
    CHECK(noticeFor(late, kNow + 25h).isEmpty());

    Position jumped = positionAt(9004, kNow - 1h, kNow - 1h);
    advance(jumped, page(9007, 9007), 9004, kNow);
    CHECK(noticeFor(jumped, kNow).contains(u"(9004 to 9006)"_s));

    Position odd = positionAt(9004, kNow - 1h, kNow - 1h);
    Updates unreadable = page(9004, 9005);
    unreadable.unreadable = 2;
    advance(odd, unreadable, 9004, kNow);
    CHECK(noticeFor(odd, kNow).startsWith(u"2 of Telegram's messages could not be read."_s));

    Position first;
    advance(first, page(500, 502), std::nullopt, kNow);
    CHECK(noticeFor(first, kNow).isEmpty());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("a moment survives being written and read")
{
    const Instant instant = fromMs(1'795'338'000'123);
    CHECK(toRfc3339(instant) == u"2026-11-22T09:00:00.123Z"_s);
    CHECK(fromRfc3339(toRfc3339(instant)) == instant);
}

TEST_CASE("times with other zones and without fractions are read")
{
    CHECK(fromRfc3339(u"2026-11-22T10:00:00+01:00"_s) == fromMs(1'795'338'000'000));
    CHECK(fromRfc3339(u"2026-11-22T09:00:00Z"_s) == fromMs(1'795'338'000'000));
    CHECK(fromRfc3339(u"2026-11-22T09:00:00.123456Z"_s) == fromMs(1'795'338'000'123));
}

TEST_CASE("what is no RFC 3339 time is refused")
{
    for (const QString &text : {u""_s, u"yesterday"_s, u"2026-11-22"_s, u"2026-11-22T09:00:00"_s,
                                u"2026-13-22T09:00:00Z"_s, u"-0001-11-22T09:00:00Z"_s})
        CHECK_FALSE(fromRfc3339(text).has_value());
}

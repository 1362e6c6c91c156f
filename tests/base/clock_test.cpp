// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/clock.h"
#include "tests/support/catch.h"

#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("a moment survives being written and read")
{
    const Instant instant = fromMs(1'795'338'000'123);
    CHECK(toRfc3339(instant) == u"2026-11-22T09:00:00.123Z"_s);
    CHECK(fromRfc3339(toRfc3339(instant)) == instant);
}

TEST_CASE("any moment is written as Qt writes it")
{
    const quint32 seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937_64 random(seed);
    const qint64 first = -62'135'596'800'000;
    const qint64 last = 253'402'300'799'999;
    std::vector<qint64> moments{first, first - 1, first + 1, last, last + 1, 0, -1, 951'782'400'000, 4'107'542'399'999};
    for (int i = 0; i < 20'000; ++i)
        moments.push_back(first + static_cast<qint64>(random() % static_cast<quint64>(last - first)));
    for (const qint64 ms : moments) {
        INFO(ms);
        REQUIRE(toRfc3339(fromMs(ms)) == toDateTime(fromMs(ms)).toString(Qt::ISODateWithMs));
    }
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/tid.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::bluesky;

namespace {

QByteArray noughts(qsizetype count)
{
    return QByteArray(count, '\0');
}

QByteArray ones(qsizetype count)
{
    return QByteArray(count, '\xff');
}

} // namespace

TEST_CASE("a key is the time in base 32 with the clock id behind it")
{
    // 2023-05-01T00:00:00Z is 1682899200000000 microseconds; worked out by hand from the specification's alphabet.
    TidGenerator keys(&noughts);
    const QByteArray key = keys.next(fromMs(1'682'899'200'000));
    quint64 value = 0;
    for (const char letter : key)
        value = value << 5U | static_cast<quint64>(QByteArray("234567abcdefghijklmnopqrstuvwxyz").indexOf(letter));
    CHECK(value >> 10U == 1'682'899'200'000'000U);
    CHECK((value & 1023U) == 0);
    CHECK(key == "3jumu2k6k2222");
    TidGenerator others(&ones);
    CHECK(others.next(fromMs(1'682'899'200'000)) == "3jumu2k6k22zz");
}

TEST_CASE("keys grow, also where the clock stands still or goes back")
{
    TidGenerator keys;
    QByteArray last;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray key = keys.next(fromMs(1'795'338'000'000 - i));
        CHECK(isTid(key));
        CHECK(key > last);
        last = key;
    }
    CHECK(keys.next(fromMs(1'795'338'000'001)) > last);
    CHECK(keys.next(fromMs(-5)).size() == 13);
}

TEST_CASE("only thirteen letters of the alphabet with a clear top bit are a key")
{
    CHECK(isTid("3jzfcijpj2z2a"));
    CHECK(isTid("7777777777777"));
    CHECK(isTid("2222222222222"));
    CHECK_FALSE(isTid("kjzfcijpj2z2a"));
    CHECK_FALSE(isTid("zzzzzzzzzzzzz"));
    CHECK_FALSE(isTid("3jzfcijpj2z21"));
    CHECK_FALSE(isTid("3JZFCIJPJ2Z2A"));
    CHECK_FALSE(isTid("3jzfcijpj2z2"));
    CHECK_FALSE(isTid("3jzf-cijpj-2z-2a"));
    CHECK_FALSE(isTid(""));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/csv.h"
#include "tests/support/catch.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace indelible::exchange;

TEST_CASE("rows are quoted as RFC 4180 says")
{
    CHECK(csvRow({u"plain"_s, u"a \"quote\""_s, u"two\nlines, and a comma"_s, qint64(-5), u""_s}) ==
          "\"plain\",\"a \"\"quote\"\"\",\"two\nlines, and a comma\",\"-5\",\"\"\r\n");
    CHECK(csvRow({u"\u4e2d\u00e9"_s}) == "\"\xe4\xb8\xad\xc3\xa9\"\r\n");
    // Half of a character is none, also beside a quote and at the end.
    const QString half(QChar(0xD83D));
    CHECK(csvRow({half + u"\"a"_s + half}) == "\"\xef\xbf\xbd\"\"a\xef\xbf\xbd\"\r\n");
    CHECK(csvRow({u"\U0001F950\""_s}) == "\"\xf0\x9f\xa5\x90\"\"\"\r\n");
}

TEST_CASE("text that a spreadsheet would run is guarded, numbers of ours are not")
{
    for (const QString &text : {u"=1+1"_s, u"+49 30 1234"_s, u"-5 stars"_s, u"@shop"_s, u"\tx"_s, u"\rx"_s,
                                u"\uFF1D1"_s, u"'=1"_s, u"''@x"_s})
        CHECK(guardCell(text) == u'\'' + text);
    for (const QString &text : {u""_s, u"'"_s, u"'tis"_s, u"1=1"_s, u" =1"_s})
        CHECK(guardCell(text) == text);
    CHECK(csvRow({qint64(-5), u"-5"_s}) == "\"-5\",\"'-5\"\r\n");
}

TEST_CASE("the guard can always be undone, and never lets a trigger through")
{
    constexpr char16_t kAlphabet[] = u"'=+-@\t\rab \uFF1D\uFF20";
    QRandomGenerator random(4711);
    for (int i = 0; i < 50'000; ++i) {
        QString text;
        for (int length = random.bounded(6); length > 0; --length)
            text += QChar(kAlphabet[random.bounded(static_cast<int>(std::size(kAlphabet)) - 1)]);
        const QString guarded = guardCell(text);
        REQUIRE(unguardCell(guarded) == text);
        REQUIRE((guarded.isEmpty() || !u"=+-@\t\r\uFF1D\uFF20"_s.contains(guarded.front())));
    }
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/canonical_json.h"
#include "tests/support/catch.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace indelible;
using record::canonicalJson;

TEST_CASE("a body is written in one form only")
{
    const QJsonObject object{{u"b"_s, 1},
                             {u"a"_s, QJsonArray{true, false, QJsonValue(), u"x"_s}},
                             {u"\u00e9"_s, u"\u4e2d"_s},
                             {u"Z"_s, QJsonObject{}}};
    CHECK(canonicalJson(object) ==
          QByteArray("{\"Z\":{},\"a\":[true,false,null,\"x\"],\"b\":1,\"\xc3\xa9\":\"\xe4\xb8\xad\"}"));
}

TEST_CASE("keys are sorted by their UTF-8 bytes, not by UTF-16 units")
{
    // U+FF01 sorts before U+1F600 in UTF-8, and behind its surrogates in UTF-16.
    const QJsonObject object{{u"\uFF01"_s, 1}, {QString::fromUcs4(U"\U0001F600"), 2}};
    CHECK(canonicalJson(object) == QByteArray("{\"\xef\xbc\x81\":1,\"\xf0\x9f\x98\x80\":2}"));
}

TEST_CASE("control characters and quotes are escaped, and read back the same")
{
    QString text;
    for (char16_t c = 0; c < 0x30; ++c)
        text += QChar(c);
    text += u"\"\\\u2028"_s;
    const Result<QByteArray> bytes = canonicalJson({{u"t"_s, text}});
    REQUIRE(bytes.has_value());
    CHECK(QJsonDocument::fromJson(*bytes).object().value("t"_L1).toString() == text);
}

TEST_CASE("numbers that are not whole, or too large to be exact, are refused")
{
    CHECK(canonicalJson({{u"n"_s, qint64(1) << 53}}).has_value());
    CHECK_FALSE(canonicalJson({{u"n"_s, (qint64(1) << 53) + 1}}).has_value());
    CHECK(canonicalJson({{u"n"_s, -5}}) == QByteArray("{\"n\":-5}"));
    CHECK_FALSE(canonicalJson({{u"n"_s, 0.5}}).has_value());
    CHECK_FALSE(canonicalJson({{u"n"_s, 1e300}}).has_value());
    CHECK_FALSE(canonicalJson({{u"n"_s, QJsonArray{1, QJsonObject{{u"m"_s, 1.5}}}}}).has_value());
}

TEST_CASE("two names that would become one are refused")
{
    const QString high{QChar(0xD800)};
    const QString low{QChar(0xDC00)};
    CHECK(canonicalJson({{high, 1}}).has_value());
    CHECK_FALSE(canonicalJson({{high, 1}, {low, 2}}).has_value());
    CHECK_FALSE(canonicalJson({{u"o"_s, QJsonArray{QJsonObject{{high, 1}, {low, 2}}}}}).has_value());
}

TEST_CASE("lone surrogates become the replacement character")
{
    CHECK(canonicalJson({{u"t"_s, QString(QChar(0xD83D))}}) == QByteArray("{\"t\":\"\xef\xbf\xbd\"}"));
}

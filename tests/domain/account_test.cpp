// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/account.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("text is counted as each network counts it")
{
    const QString family = QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F467");
    CHECK(lengthIn(TextUnit::Graphemes, family) == 1);
    CHECK(lengthIn(TextUnit::CodePoints, family) == 5);
    CHECK(lengthIn(TextUnit::Utf16Units, family) == 8);
    CHECK(lengthIn(TextUnit::Utf8Bytes, family) == 18);
}

TEST_CASE("a limit with a second number in bytes holds both")
{
    const TextLimit bluesky{300, TextUnit::Graphemes, 3000};
    CHECK(fits(bluesky, QString(300, u'a')));
    CHECK_FALSE(fits(bluesky, QString(301, u'a')));
    const QString family = QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466");
    CHECK(fits(bluesky, family.repeated(120)));
    CHECK_FALSE(fits(bluesky, family.repeated(300)));
}

TEST_CASE("as Mastodon counts, addresses are all of one length and mentions have no host")
{
    const TextLimit mastodon{500, TextUnit::Graphemes, 0, 23};
    CHECK(lengthIn(mastodon, u"https://example.org/"_s + QString(400, u'a')) == 23);
    CHECK(lengthIn(mastodon, u"see http://a.example, and (https://b.example/x)."_s) == 4 + 23 + 7 + 23 + 2);
    CHECK(lengthIn(mastodon, u"@ana@far.example hello"_s) == 10);
    CHECK(lengthIn(mastodon, u"@ana.b@far.example:8080, @ben"_s) == 12);
    CHECK(lengthIn(mastodon, u"mail shop@far.example"_s) == 21);
    CHECK(lengthIn(mastodon, u"https://far.example/@ana@b.example"_s) == 23);
    CHECK(lengthIn(mastodon, u"https://"_s) == 8);
    CHECK(fits(mastodon, QString(477, u'a') + u" https://example.org/long"_s) == false);
    CHECK(fits(mastodon, QString(476, u'a') + u" https://example.org/long"_s));
}

TEST_CASE("no limit means that everything fits")
{
    CHECK(fits(TextLimit{}, QString(100'000, u'a')));
}

TEST_CASE("a server is found in what people type")
{
    for (const auto *typed :
         {u"far.example", u" far.example ", u"@me@far.example", u"me@far.example", u"https://far.example"})
        CHECK(serverFrom(QString::fromUtf16(typed)) == QUrl(u"https://far.example"_s));
    CHECK(serverFrom(u"http://localhost:80"_s).scheme() == u"http"_s);
    CHECK(serverFrom(QString()).isEmpty());
    CHECK_FALSE(serverFrom(u"a b"_s).isValid());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/look_alike.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

Account ours(const QString &network, const QString &handle, const QString &name = {})
{
    Account account;
    account.network = network;
    account.remoteId = u"our own id"_s;
    account.handle = handle;
    account.name = name;
    return account;
}

Author somebody(const QString &handle, const QString &name = {})
{
    return {u"another id"_s, handle, name};
}

/// A bakery with an account on each kind of network, and Inês at its desk.
const OwnNames &bakery()
{
    static const OwnNames names({ours(u"mastodon"_s, u"marigold@towncrier.example"_s, u"@marigold"_s),
                                 ours(u"bluesky"_s, u"marigold.example"_s, u"marigold.example"_s),
                                 ours(u"facebook"_s, u"Marigold Bakehouse"_s, u"Marigold Bakehouse"_s),
                                 ours(u"email"_s, u"info@marigold.example"_s, u"info@marigold.example"_s),
                                 ours(u"telegram"_s, u"acme"_s),
                                 ours(u"feeds"_s, u"news.example"_s, u"Morning News Daily"_s)},
                                {u"Inês Duarte"_s, u"Tom"_s});
    return names;
}

bool isTaken(const QString &network, const QString &handle, const QString &name = {})
{
    INFO(handle.toStdString() << " called " << name.toStdString() << " on " << network.toStdString());
    return bakery().resembledBy(network, somebody(handle, name)).has_value();
}

} // namespace

TEST_CASE("names that the eye takes for one another have the same look")
{
    const auto [name, other] = GENERATE(table<QString, QString>({
        {u"cafe_roma"_s, u"cafe_rоmа"_s}, // Cyrillic о and а
        {u"paypal"_s, u"раураl"_s},
        {u"paypal"_s, u"paypaI"_s}, // a capital I
        {u"paypal"_s, u"paypa1"_s},
        {u"BrandHelp"_s, u"BrandHe1p"_s},
        {u"mcdonalds"_s, u"rncdonalds"_s},
        {u"acme"_s, u"aсмe"_s}, // Cyrillic с and м, whose capital alone is like a Latin one
        {u"google"_s, u"g00gle"_s},
        {u"acme"_s, QString::fromUcs4(U"ac\u200Bme")}, // a letter nobody sees
        {u"acme"_s, QString::fromUcs4(U"\u2060acme\uFE0F")},
        {u"acme"_s, QString::fromUcs4(U"\uFF41\uFF43\uFF4D\uFF45")},                 // full width
        {u"acme"_s, QString::fromUcs4(U"\U0001D41A\U0001D41C\U0001D426\U0001D41E")}, // mathematical bold
        {u"acme"_s, QString::fromUcs4(U"a\u0323c\u0323me")},
        {u"MARIGOLD"_s, u"marigold"_s},
    }));
    INFO(other.toStdString());
    CHECK(lookOf(name) == lookOf(other));
}

TEST_CASE("names that nobody takes for one another have looks of their own")
{
    const auto [name, other] = GENERATE(table<QString, QString>({
        {u"anna"_s, u"hanna"_s},
        {u"marigold"_s, u"marigot"_s},
        {u"田中"_s, u"中田"_s},
        {u"ليلى"_s, u"سلمى"_s},
        {u"иван"_s, u"ivan"_s},
        {u"rose"_s, u"rosé wine"_s},
    }));
    CHECK(lookOf(name) != lookOf(other));
}

TEST_CASE("honest names that differ in case or marks are no look-alikes, others of the same look are")
{
    CHECK_FALSE(areLookAlikes(u"josé"_s, u"jose"_s));
    CHECK_FALSE(areLookAlikes(u"Müller"_s, u"muller"_s));
    CHECK_FALSE(areLookAlikes(u"anna@post.example"_s, u"Anna@post.example"_s));
    CHECK_FALSE(areLookAlikes(u"anna"_s, u"hanna"_s));
    CHECK(areLookAlikes(u"anna1@post.example"_s, u"annal@post.example"_s));
    CHECK(areLookAlikes(u"martina"_s, u"rnartina"_s));
    CHECK(areLookAlikes(u"anna"_s, QString::fromUcs4(U"an\u200Bna")));
}

TEST_CASE("who copies the names of the business is said to look like it")
{
    CHECK(isTaken(u"mastodon"_s, u"marigold@elsewhere.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"marig0ld@towncrier.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"marigold_support@elsewhere.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"MarigoldOfficial@elsewhere.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"the_real_marigold2@elsewhere.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"marigolds@elsewhere.example"_s));
    CHECK(isTaken(u"mastodon"_s, u"xyz@elsewhere.example"_s, u"Marigold Bakehouse"_s));
    CHECK(isTaken(u"bluesky"_s, u"marigold-help.bsky.example"_s));
    CHECK(isTaken(u"bluesky"_s, u"maridold.bsky.example"_s));
    CHECK(isTaken(u"facebook"_s, u"Marigold Bakehouse Gifts"_s, u"Marigold Bakehouse Gifts"_s));
    CHECK(isTaken(u"telegram"_s, u"acme_support"_s));
    CHECK(isTaken(u"telegram"_s, QString::fromUcs4(U"a\u0441\u043Ce")));
    CHECK(isTaken(u"telegram"_s, u"ines_duarte_owner1"_s));
    CHECK(isTaken(u"telegram"_s, u"id2026"_s, u"Ines Duarte"_s));
    CHECK(isTaken(u"email"_s, u"refunds@rnarigold.example"_s));
    CHECK(isTaken(u"email"_s, u"info@marigo1d.example"_s));
    CHECK(bakery().resembledBy(u"telegram"_s, somebody(u"acme_support"_s)) ==
          LookAlike{u"telegram"_s, u"acme"_s, true});
    CHECK(bakery().resembledBy(u"telegram"_s, somebody(u"x"_s, u"Inês Duarte"_s)) ==
          LookAlike{{}, u"Inês Duarte"_s, true});
}

TEST_CASE("customers, colleagues and we ourselves look like nobody")
{
    CHECK_FALSE(isTaken(u"mastodon"_s, u"rosalind@towncrier.example"_s, u"Rosalind Achterberg"_s));
    CHECK_FALSE(isTaken(u"mastodon"_s, u"marigot@elsewhere.example"_s, u"Marie Gold"_s));
    CHECK_FALSE(isTaken(u"mastodon"_s, u"marigoldfan@elsewhere.example"_s));
    CHECK_FALSE(isTaken(u"mastodon"_s, u"tom@towncrier.example"_s, u"Tom"_s));
    CHECK_FALSE(isTaken(u"mastodon"_s, u"marigold@towncrier.example"_s, u"Marigold Bakehouse"_s));
    CHECK_FALSE(isTaken(u"email"_s, u"orders@marigold.example"_s));
    CHECK_FALSE(isTaken(u"email"_s, u"info@harbour.example"_s));
    CHECK_FALSE(isTaken(u"telegram"_s, u"acmee"_s)); // four letters are too few for a near miss
    CHECK_FALSE(isTaken(u"telegram"_s, u"acme2"_s));
    CHECK_FALSE(isTaken(u"telegram"_s, {}, {}));
    CHECK_FALSE(isTaken(u"feeds"_s, u"blog.example"_s, u"Marigold Bakehouse"_s));
    CHECK_FALSE(isTaken(u"mastodon"_s, u"x@news.example"_s, u"Morning News Daily"_s));
    CHECK_FALSE(bakery().resembledBy(u"facebook"_s, {u"our own id"_s, u"Marigold Bakehouse Gifts"_s, {}}));
}

TEST_CASE("a name of a million letters costs no more than one of two hundred")
{
    const QString longest(1'000'000, u'a');
    CHECK(lookOf(longest).size() < 300);
    // Half a surrogate pair at the cut, and lone ones.
    CHECK_FALSE(lookOf(QString(199, u'a') + QString::fromUcs4(U"\U0001F600")).isEmpty());
    CHECK_FALSE(areLookAlikes(QString(QChar(0xD800)), u"a"_s));
    CHECK(lookOf({}).isEmpty());
}

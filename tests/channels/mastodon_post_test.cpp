// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_post.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

ReplyTo replyOf(const QString &visibility)
{
    return {u"7"_s, visibility, {u"id-ana"_s, u"ana@far.example"_s}, {{u"id-ben"_s, u"ben"_s}}};
}

QString words(const QString &text, const QString &visibility, const QString &parent)
{
    Outgoing outgoing;
    outgoing.text = text;
    return wordsFor(outgoing, replyOf(parent), visibility, shopSession({}));
}

} // namespace

TEST_CASE("an answer is never shown to more people than what it answers")
{
    CHECK(visibilityFor(Audience::Public, replyOf(u"public"_s)) == u"public"_s);
    CHECK(visibilityFor(Audience::Public, replyOf(u"unlisted"_s)) == u"unlisted"_s);
    for (const auto *narrow : {u"private", u"direct", u"local", u"list:1", u""})
        CHECK(visibilityFor(Audience::Public, replyOf(QString::fromUtf16(narrow))) == u"direct"_s);
    CHECK(visibilityFor(Audience::Private, replyOf(u"public"_s)) == u"direct"_s);
}

TEST_CASE("who has to hear of an answer is named in it, once")
{
    CHECK(words(u"Sorry!"_s, u"public"_s, u"public"_s) == u"@ana@far.example Sorry!"_s);
    CHECK(words(u"Sorry, @Ana@far.example!"_s, u"public"_s, u"public"_s) == u"Sorry, @Ana@far.example!"_s);
    CHECK(words(u"Sorry, @ana!"_s, u"public"_s, u"public"_s) == u"@ana@far.example Sorry, @ana!"_s);
    CHECK(words(u"Sorry!"_s, u"direct"_s, u"direct"_s) == u"@ana@far.example @ben Sorry!"_s);
    CHECK(words(u"Sorry @ben@shop.example!"_s, u"direct"_s, u"direct"_s) ==
          u"@ana@far.example Sorry @ben@shop.example!"_s);
}

TEST_CASE("a private answer to a public post names nobody but its author")
{
    CHECK(words(u"Your number?"_s, u"direct"_s, u"public"_s) == u"@ana@far.example Your number?"_s);
}

TEST_CASE("people of the own server are named without it")
{
    CHECK(mentionName(u"ben@shop.example"_s, u"shop.example"_s) == u"ben"_s);
    CHECK(mentionName(u"ben@Shop.Example"_s, u"shop.example"_s) == u"ben"_s);
    CHECK(mentionName(u"ana@far.example"_s, u"shop.example"_s) == u"ana@far.example"_s);
    CHECK(mentionName(u"ben"_s, u"shop.example"_s) == u"ben"_s);
}

TEST_CASE("what answers us does not name us")
{
    Outgoing outgoing;
    outgoing.text = u"And one more thing."_s;
    const ReplyTo own{u"7"_s, u"public"_s, {u"id-shop"_s, u"shop"_s}, {}};
    CHECK(wordsFor(outgoing, own, u"public"_s, shopSession({})) == outgoing.text);
}

TEST_CASE("only a private answer says whom it may name")
{
    const auto names = [](const QString &visibility) {
        QStringList list;
        for (const auto &[name, value] : formOf(u"x"_s, replyOf(visibility), visibility)) {
            if (name == "allowed_mentions[]"_L1)
                list.append(value);
        }
        return list;
    };
    CHECK(names(u"public"_s).isEmpty());
    CHECK(names(u"direct"_s) == QStringList{u"id-ana"_s, u"id-ben"_s});
}

TEST_CASE("what answering needs comes back as it was stored")
{
    const ReplyTo reply = replyFrom(toJson(replyOf(u"direct"_s)));
    CHECK(reply.id == u"7"_s);
    CHECK(reply.visibility == u"direct"_s);
    CHECK(reply.author.name == u"ana@far.example"_s);
    REQUIRE(reply.mentions.size() == 1);
    CHECK(reply.mentions.front().id == u"id-ben"_s);
}

TEST_CASE("what cannot be sent is refused before anything is")
{
    const auto refused = [](const QString &text, const ReplyTo &reply) {
        Outgoing outgoing;
        outgoing.text = text;
        const Session session = shopSession({});
        const Result<void> fine =
            checkOutgoing(outgoing, reply, wordsFor(outgoing, reply, u"public"_s, session), session);
        return fine ? QString() : fine.error().detail;
    };
    CHECK(refused(u"Sorry."_s, replyOf(u"public"_s)).isEmpty());
    CHECK(refused(u" \n "_s, replyOf(u"public"_s)).contains("words"_L1));
    CHECK(refused(u"Sorry."_s, ReplyTo()).contains("no post"_L1));
    CHECK(refused(QString(495, u'a'), replyOf(u"public"_s)).isEmpty());
    CHECK(refused(QString(496, u'a'), replyOf(u"public"_s)).contains("501 of 500"_L1));
}

TEST_CASE("words are recognised after a server has rendered them")
{
    const QString sent = u"@ana@far.example So *sorry*:\n\n- bread\n- `rolls` 1 < 2"_s;
    CHECK(essenceOf(sent) == essenceOf(u"@ana So sorry:\n\n• bread\n• rolls 1 < 2"_s));
    CHECK(essenceOf(u"yes"_s) != essenceOf(u"no"_s));
    CHECK(essenceOf(u"🙂"_s) != essenceOf(u"🙁"_s));
    CHECK(essenceOf(u"at 4"_s) != essenceOf(u"at 5"_s));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_errors.h"
#include "app/net/http_client.h"
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Result<QByteArray> read(int status, const QByteArray &body)
{
    net::HttpResponse response;
    response.status = status;
    response.body = body;
    return telegram::readAnswer(response);
}

QByteArray refusal(int code, const QString &description, const QJsonObject &parameters = {})
{
    return bytesOf(
        {{u"ok"_s, false}, {u"error_code"_s, code}, {u"description"_s, description}, {u"parameters"_s, parameters}});
}

} // namespace

TEST_CASE("what Telegram refuses is said in one kind of error, with its own words")
{
    struct Case
    {
        int status;
        const char *description;
        ErrorKind kind;
        bool notProcessed;
    };
    for (const Case &each :
         {Case{400, "Bad Request: message to be replied not found", ErrorKind::Rejected, false},
          Case{401, "Unauthorized", ErrorKind::Unauthorised, true},
          Case{403, "Forbidden: bot was blocked by the user", ErrorKind::Forbidden, false},
          Case{404, "Not Found", ErrorKind::Unauthorised, true},
          Case{409, "Conflict: terminated by other getUpdates request", ErrorKind::Conflict, true}}) {
        INFO(each.status);
        const Result<QByteArray> answer =
            read(each.status, refusal(each.status, QString::fromLatin1(each.description)));
        REQUIRE_FALSE(answer);
        CHECK(answer.error().kind == each.kind);
        CHECK(answer.error().provablyNotProcessed == each.notProcessed);
        CHECK(answer.error().detail.contains(QString::fromLatin1(each.description)) ==
              (each.kind != ErrorKind::Unauthorised));
        CHECK_FALSE(answer.error().detail.contains(u'\n'));
    }
}

TEST_CASE("another program that fetches for the bot is named as such")
{
    const Result<QByteArray> answer =
        read(409, refusal(409, u"Conflict: can't use getUpdates method while webhook is active"_s));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().detail.startsWith(u"Another program fetches this bot's messages"_s));
}

TEST_CASE("a group that became a supergroup is said as such")
{
    const Result<QByteArray> answer =
        read(400, refusal(400, u"Bad Request: group chat was upgraded"_s, {{u"migrate_to_chat_id"_s, -100123}}));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::Rejected);
    CHECK(answer.error().detail.startsWith(u"This group has become a supergroup."_s));
}

TEST_CASE("an answer that is not the service's is none, whatever its status")
{
    CHECK(read(200, R"({"ok":true,"result":[]})"));
    for (const char *body : {"", "{}", "[]", "<html></html>", R"({"ok":"yes"})"}) {
        const Result<QByteArray> answer = read(200, body);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().kind == ErrorKind::InvalidReply);
        CHECK_FALSE(answer.error().provablyNotProcessed);
    }
    const Result<QByteArray> refusedWith200 = read(200, refusal(400, u"Bad Request"_s));
    REQUIRE_FALSE(refusedWith200);
    CHECK(refusedWith200.error().kind == ErrorKind::Rejected);
    // A hotel's network knows nothing of tokens.
    const Result<QByteArray> page = read(404, "<html></html>");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::NotFound);
}

TEST_CASE("how long Telegram wants to be left alone stands in the body")
{
    const auto asked = [](const QJsonValue &seconds) {
        return telegram::retryAfterIn(refusal(429, u"Too Many Requests"_s, {{u"retry_after"_s, seconds}}));
    };
    CHECK(asked(14) == 14s);
    CHECK(asked(1e15) > 24h);
    CHECK_FALSE(asked(-1));
    CHECK_FALSE(asked(u"soon"_s));
    CHECK_FALSE(telegram::retryAfterIn("<html>"));
}

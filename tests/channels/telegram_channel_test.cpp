// SPDX-License-Identifier: GPL-3.0-or-later
// One bot on a scripted server, from connecting to its end.
#include "tests/channels/telegram_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

SignIn credentialsFor(TelegramBench &bench, const QByteArray &token = kToken.toLatin1())
{
    SignIn credentials;
    credentials.secret = token;
    credentials.server = bench.server.url(u"/some/page"_s);
    return credentials;
}

QStringList g_log;
void keep(QtMsgType, const QMessageLogContext &, const QString &line)
{
    g_log.append(line);
}

/// Every line that is logged meanwhile, those for developers too.
struct LogKeeper
{
    LogKeeper()
        : m_before(qInstallMessageHandler(&keep))
    {
        g_log.clear();
        QLoggingCategory::setFilterRules(u"indelible.*=true"_s);
    }
    ~LogKeeper()
    {
        qInstallMessageHandler(m_before);
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(LogKeeper)

private:
    QtMessageHandler m_before;
};

} // namespace

TEST_CASE("a token is asked whose it is, and kept in the keychain alone")
{
    TelegramBench bench(false);
    const Result<Identity> identity = wait(bench.channel.signIn(credentialsFor(bench, ' ' + kToken.toLatin1() + '\n')));
    REQUIRE(identity);
    CHECK(identity->remoteId == QString::number(kBot));
    CHECK(identity->handle == u"cornerbakery_bot"_s);
    CHECK(identity->name == u"Corner Bakery"_s);
    CHECK(identity->server == bench.server.url());
    CHECK(identity->limited.isEmpty());
    CHECK(bench.secrets.values.size() == 1);
    CHECK(bench.fetchAll().empty());
    REQUIRE(wait(bench.channel.signOut()));
    CHECK(bench.secrets.values.isEmpty());
    const Result<Batch> after = wait(bench.channel.fetch(bench.cursor));
    REQUIRE_FALSE(after);
    CHECK(after.error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("what is no token is not sent anywhere, and one that is refused is not kept")
{
    TelegramBench bench(false);
    for (const char *wrong : {"", "123456", "bot123456:aaaaaaaaaaaaaaaaaaaaaaaaa", "123456:short",
                              "123456:aaaaaaaaaaaaaaaaaaaa/../getMe"}) {
        INFO(wrong);
        const Result<Identity> refused = wait(bench.channel.signIn(credentialsFor(bench, wrong)));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::Usage);
    }
    CHECK(bench.server.received().empty());
    const Result<Identity> revoked =
        wait(bench.channel.signIn(credentialsFor(bench, "123456:REVOKEDaaaaaaaaaaaaaaaaaaaa")));
    REQUIRE_FALSE(revoked);
    CHECK(revoked.error().kind == ErrorKind::Unauthorised);
    CHECK(bench.secrets.values.isEmpty());
}

TEST_CASE("a damaged entry of the keychain asks for a new sign-in, a locked one for patience")
{
    TelegramBench bench;
    bench.secrets.locked = true;
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Secrets);
    bench.secrets.locked = false;
    bench.secrets.values.insert(kSecretKey + u"/session"_s, R"({"token":"x"})");
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("the service is told to forget only what a cursor says is stored")
{
    TelegramBench bench;
    bench.service.longestPage = 2;
    for (int i = 0; i < 3; ++i)
        (void)bench.service.say(kAnasChat, kAnasChat, u"question %1"_s.arg(i));
    const Batch first = bench.fetch();
    CHECK(first.items.size() == 2);
    CHECK(first.more);
    CHECK(bench.calls("getUpdates").at(0).queryValue(u"offset"_s).isEmpty());
    // As after a crash before the page was stored: it comes again.
    bench.cursor.clear();
    CHECK(bench.fetch().items == first.items);
    CHECK(bench.fetchAll().size() == 1);
    const std::vector<Received> calls = bench.calls("getUpdates");
    REQUIRE(calls.size() == 4);
    CHECK(calls.at(2).queryValue(u"offset"_s) == u"9003"_s);
    CHECK(calls.at(3).queryValue(u"offset"_s) == u"9004"_s);
    for (const Received &call : calls) {
        CHECK(call.queryValue(u"timeout"_s) == u"0"_s);
        CHECK(call.queryValue(u"allowed_updates"_s) == uR"(["message","edited_message"])"_s);
    }
}

TEST_CASE("a computer that was off for more than a day says what may be missing")
{
    TelegramBench bench;
    (void)bench.service.say(kAnasChat, kAnasChat, u"before"_s);
    CHECK(bench.fetchAll().size() == 1);
    bench.clock.advance(10h);
    (void)bench.service.say(kAnasChat, kAnasChat, u"lost"_s);
    bench.clock.advance(25h);
    (void)bench.service.say(kAnasChat, kAnasChat, u"after"_s);
    const Batch batch = bench.fetch();
    REQUIRE(batch.items.size() == 1);
    CHECK(batch.items.front().text == u"after"_s);
    CHECK(batch.limited.startsWith(u"Nobody fetched this bot's messages from 2026-11-22 09:00 UTC"_s));
}

TEST_CASE("numbers that begin anew after a quiet week are followed")
{
    TelegramBench bench;
    (void)bench.service.say(kAnasChat, kAnasChat, u"before"_s);
    CHECK(bench.fetchAll().size() == 1);
    for (int day = 0; day < 16; ++day) {
        bench.clock.advance(12h);
        CHECK(bench.fetch().limited.isEmpty());
    }
    bench.service.nextUpdate = 12;
    (void)bench.service.say(kAnasChat, kAnasChat, u"after"_s);
    CHECK(bench.fetchAll().size() == 1);
    (void)bench.service.say(kAnasChat, kAnasChat, u"and again"_s);
    CHECK(bench.fetchAll().size() == 1);
    CHECK(bench.fetch().limited.isEmpty());
}

TEST_CASE("another program that fetches for the same bot is one clear sentence")
{
    TelegramBench bench;
    bench.on(
        "getUpdates",
        Answer::json(
            R"({"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"})", 409));
    const Result<Batch> batch = wait(bench.channel.fetch({}));
    REQUIRE_FALSE(batch);
    CHECK(batch.error().kind == ErrorKind::Conflict);
    CHECK(batch.error().detail.contains(u"stop the other program"_s));
}

TEST_CASE("the token stands in no log, no error and nothing that is given out for storing")
{
    const LogKeeper log;
    QStringList said;
    TelegramBench bench(false);
    const auto note = [&said](const auto &result) {
        if (!result)
            said.append(result.error().detail + result.error().code);
    };
    note(wait(bench.channel.signIn(credentialsFor(bench))));
    const qint64 asked = bench.service.say(kGroup, 777, u"open?"_s);
    const Batch batch = bench.fetch();
    said.append(QString::fromUtf8(batch.cursor));
    for (const RemoteItem &item : batch.items)
        said.append(item.remoteId + item.url + QString::fromUtf8(bytesOf(item.reply)));
    Outgoing outgoing;
    outgoing.reply = telegram::toJson(telegram::ReplyTo{kGroup, asked, 0});
    outgoing.text = u"until six"_s;
    const QByteArray self = bench.server.url().toEncoded() + "/bot" + kToken.toLatin1() + "/getUpdates";
    for (const Answer &answer :
         {Answer::empty(500), Answer::empty(404), Answer::html("<html>", 401), Answer::tooManyRequests("0"),
          Answer::json(R"({"ok":false,"description":"no"})", 400), Answer::failing(Fault::DropAfterReading),
          Answer::redirect(QUrl::fromEncoded(self)), Answer::redirect(QUrl(u"http://10.0.0.1/bot%1/x"_s.arg(kToken))),
          Answer::json(R"({"ok":true,"result":[1]})")}) {
        bench.on("getUpdates", answer);
        bench.on("sendMessage", answer, "POST");
        note(wait(bench.channel.fetch({})));
        note(wait(bench.channel.send(outgoing)));
    }
    CHECK(said.size() > 18);
    CHECK(g_log.size() > 10);
    for (const QString &line : said + g_log) {
        INFO(line.toStdString());
        CHECK_FALSE(line.contains(u"CANARY"_s));
    }
}

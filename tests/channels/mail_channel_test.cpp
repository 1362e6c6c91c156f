// SPDX-License-Identifier: GPL-3.0-or-later
// The channel against a scripted server: what the contract of all channels does not ask.
#include "app/channels/mail/mail_post.h"
#include "app/channels/mail/mail_stream.h"
#include "tests/channels/mail_bench.h"
#include "tests/channels/mail_support.h"
#include "tests/support/catch.h"
#include "tests/support/test_authority.h"
#include "tests/support/wait.h"

#include <QElapsedTimer>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mail;
using namespace indelible::test;
using namespace std::chrono_literals;

TEST_CASE("the first time goes back thirty days, later only what is new is fetched, and nothing is changed by it")
{
    MailBench bench;
    bench.server->inbox.add(aMail("old")).day = QDate(2026, 9, 1);
    for (int i = 0; i < 60; ++i)
        bench.server->inbox.add(aMail(QByteArray::number(i)));
    const std::vector<RemoteItem> first = bench.fetchAll();
    CHECK(first.size() == 60);
    CHECK(first.front().remoteId == u"0@far.example"_s);
    CHECK(bench.fetchAll().empty());
    bench.server->inbox.add(aMail("new"));
    CHECK(bench.fetchAll().size() == 1);
    for (const QByteArray &command : bench.server->commands) {
        INFO(command.toStdString());
        CHECK_FALSE(command.startsWith("SELECT"));
        CHECK_FALSE((command.contains("BODY[") && !command.contains("PEEK")));
    }
    CHECK(bench.server->unknown().isEmpty());
}

TEST_CASE("a mailbox in which nothing is recent is not read from its beginning")
{
    MailBench bench;
    for (int i = 0; i < 5; ++i)
        bench.server->inbox.add(aMail(QByteArray::number(i))).day = QDate(2020, 1, 1);
    CHECK(bench.fetchAll().empty());
    bench.server->inbox.add(aMail("new"));
    CHECK(bench.fetchAll().size() == 1);
}

TEST_CASE("a mailbox that was numbered anew gives the same items again")
{
    MailBench bench;
    bench.server->inbox.add(aMail("1"));
    bench.server->inbox.add(aMail("2", "words\n", "In-Reply-To: <1@far.example>\n"));
    bench.server->inbox.add(mailBytes("From: ana@far.example\nSubject: no id\n"));
    const std::vector<RemoteItem> first = bench.fetchAll();
    bench.server->inbox.validity = 70;
    for (FakeMail &mail : bench.server->inbox.mails)
        mail.uid += 1000;
    bench.server->inbox.next += 1000;
    CHECK(bench.fetchAll() == first);
}

TEST_CASE("which side wrote a mail is said by the folder, not by its From")
{
    MailBench bench;
    bench.server->inbox.add(mailBytes("From: shop@quay.example\nMessage-ID: <f@x.example>\n"));
    bench.server->sent.add(
        mailBytes("From: desk@quay.example\nMessage-ID: <s@x.example>\nIn-Reply-To: <f@x.example>\n"));
    const std::vector<RemoteItem> items = bench.fetchAll();
    REQUIRE(items.size() == 2);
    CHECK(items[0].direction == Direction::Outgoing);
    CHECK(items[1].direction == Direction::Incoming);
    CHECK(items[0].threadId == items[1].threadId);
}

TEST_CASE("a mail that a server lists and withholds is not passed over, one that is gone meanwhile is")
{
    MailBench bench;
    bench.server->inbox.add(aMail("1"));
    bench.server->inbox.add(aMail("2"));
    REQUIRE(wait(bench.channel.signIn(bench.credentials())));
    bench.server->decide = [&](const Received &command) {
        Answer answer = bench.server->answer(command);
        if (command.path == "UID FETCH BODY")
            answer.body = "TAG OK nothing\r\n";
        return answer;
    };
    const Result<Batch> sent = wait(bench.channel.fetch({}));
    REQUIRE(sent);
    const Result<Batch> withheld = wait(bench.channel.fetch(sent->cursor));
    REQUIRE_FALSE(withheld);
    CHECK(withheld.error().kind == ErrorKind::InvalidReply);
    // Nothing but "done" from the mails on: that is no proof that they are gone.
    bool isMute = false;
    bench.server->decide = [&](const Received &command) {
        isMute = isMute || command.path == "UID FETCH BODY";
        return isMute ? Answer::bytes("TAG OK done\r\n", {}) : bench.server->answer(command);
    };
    CHECK(wait(bench.channel.fetch(sent->cursor)).error().kind == ErrorKind::InvalidReply);
    bench.server->decide = [&](const Received &command) {
        if (command.path == "UID FETCH BODY")
            std::erase_if(bench.server->inbox.mails, [](const FakeMail &mail) { return mail.uid == 1; });
        return bench.server->answer(command);
    };
    const Result<Batch> rest = wait(bench.channel.fetch(sent->cursor));
    REQUIRE(rest);
    CHECK(rest->items.size() == 1);
}

TEST_CASE("a mail that was put away is not gone, one that was thrown away or is nowhere is")
{
    using Row = std::tuple<QByteArray, QByteArray, bool>;
    const auto [attribute, name, isKept] = GENERATE(values<Row>({{"\\Archive", "Put away", true},
                                                                 {"\\All", "Put away", true},
                                                                 {"\\Marked", "Put away", true},
                                                                 {"\\Marked", "Customers/INBOX", true},
                                                                 {"\\Marked", "Customers/Junk", false},
                                                                 {"\\Junk", "Put away", false},
                                                                 {"\\Trash", "Put away", false},
                                                                 {"\\Noselect", "Put away", false},
                                                                 {"", "Put away", false}}));
    MailBench bench;
    bench.server->archiveAttribute = attribute;
    bench.server->archiveName = name;
    bench.server->inbox.add(aMail("1"));
    const RemoteItem item = bench.fetchAll().front();
    ThreadRef thread{item.threadId, item.audience, {item.remoteId}, {}};
    CHECK(wait(bench.channel.context(thread))->gone.empty());
    // What was found needs no search while nothing comes or goes.
    const auto searches = [&bench] {
        return std::ranges::count_if(bench.server->commands,
                                     [](const QByteArray &command) { return command.startsWith("UID SEARCH HEADER"); });
    };
    const auto before = searches();
    CHECK(before > 0);
    CHECK(wait(bench.channel.context(thread))->gone.empty());
    CHECK(searches() == before);
    bench.server->archive.add(bench.server->inbox.mails.front().bytes);
    bench.server->inbox.mails.clear();
    const Result<Batch> moved = wait(bench.channel.context(thread));
    REQUIRE(moved);
    CHECK(moved->gone.empty() == isKept);
    CHECK(bench.server->unknown().isEmpty());
}

TEST_CASE("a folder that may not be looked into may have a mail: nothing is said to be gone, and the others are read")
{
    MailBench bench;
    bench.server->archiveAttribute = "\\Archive";
    bench.server->inbox.add(aMail("1"));
    const RemoteItem item = bench.fetchAll().front();
    const ThreadRef thread{item.threadId, item.audience, {item.remoteId}, {}};
    bench.server->inbox.mails.clear();
    bench.server->decide = [&bench](const Received &command) {
        const bool isRefused = command.path == "EXAMINE" && command.target.contains("Put away");
        return isRefused ? Answer::bytes("TAG NO [NOPERM] not yours\r\n", {}) : bench.server->answer(command);
    };
    const Result<Batch> unsure = wait(bench.channel.context(thread));
    REQUIRE(unsure);
    CHECK(unsure->gone.empty());
    bench.server->decide = {};
    CHECK(wait(bench.channel.context(thread))->gone.size() == 1);
}

TEST_CASE("an answer is handed in once, kept once among the sent mails, and its mail is marked")
{
    for (const bool keepsSent : {false, true}) {
        MailBench bench;
        bench.server->keepsSent = keepsSent;
        bench.server->inbox.add(aMail("1", "words\n", "Subject: Order\n"));
        const RemoteItem item = bench.fetchAll().front();
        const Result<Receipt> receipt = wait(bench.channel.send(bench.answerTo(item)));
        REQUIRE(receipt);
        CHECK(bench.server->submitted.size() == 1);
        CHECK(bench.server->sent.mails.size() == 1);
        CHECK(bench.server->inbox.mails.front().flags == QByteArrayList{"\\Answered"});
        const std::vector<RemoteItem> back = bench.fetchAll();
        REQUIRE(back.size() == 1);
        CHECK(back.front().remoteId == receipt->remoteId);
        CHECK(back.front().version == receipt->version);
        CHECK(back.front().threadId == item.threadId);
        CHECK(bench.server->unknown().isEmpty());
    }
}

TEST_CASE("only the moment between the end of a mail and its 250 leaves it unclear")
{
    struct Case
    {
        const char *step;
        bool isClear;
    };
    for (const Case &each : {Case{"EHLO", true}, Case{"AUTH", true}, Case{"MAIL", true}, Case{"RCPT", true},
                             Case{"DATA", true}, Case{"END", false}}) {
        INFO(each.step);
        MailBench bench;
        bench.server->inbox.add(aMail("1"));
        const RemoteItem item = bench.fetchAll().front();
        bench.server->decide = [&](const Received &command) {
            return command.path == each.step ? bench.server->answer(command).withFault(Fault::DropAfterReading)
                                             : bench.server->answer(command);
        };
        const Outgoing outgoing = bench.answerTo(item);
        const Result<Receipt> lost = wait(bench.channel.send(outgoing));
        REQUIRE_FALSE(lost);
        CHECK(lost.error().kind == ErrorKind::ServerTrouble);
        CHECK(lost.error().provablyNotProcessed == each.isClear);
        bench.server->decide = {};
        const Result<std::optional<Receipt>> looked = wait(bench.channel.find(outgoing));
        REQUIRE_FALSE(looked);
        CHECK(looked.error().kind == ErrorKind::Forbidden);
        bench.server->sent.add(messageOf(outgoing, replyFrom(outgoing.reply), u"shop@quay.example"_s));
        const std::optional<Receipt> found = wait(bench.channel.find(outgoing)).value();
        REQUIRE(found);
        CHECK(found->remoteId == QString::fromLatin1(outgoing.key) + u"@quay.example"_s);
    }
}

TEST_CASE("a wrong password is tried once, and what a server wants people to read is shown")
{
    MailBench bench;
    SignIn wrong = bench.credentials();
    wrong.secret = "wrong";
    const Result<Identity> refused = wait(bench.channel.signIn(wrong));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Unauthorised);
    CHECK(countOf(bench, "LOGIN") == 1);
    CHECK(bench.secrets.values.isEmpty());
    bench.server->decide = [&](const Received &command) {
        Answer answer = bench.server->answer(command);
        if (command.path == "LOGIN")
            answer.body = "* OK [ALERT] The server moves on Sunday\r\n" + answer.body;
        return answer;
    };
    (void)bench.fetchAll();
    CHECK(bench.limited.contains(u"The server moves on Sunday"_s));
}

TEST_CASE("a password of any letters is sent as it is")
{
    for (const QByteArray &password :
         {QByteArray("a \"b\" \\c {5}"), QByteArray("p\xc3\xa4sswort"), QByteArray("*%)(")}) {
        INFO(password.toStdString());
        MailBench bench;
        bench.server->password = password;
        CHECK(wait(bench.channel.signIn(bench.credentials())).has_value());
    }
}

TEST_CASE("without a folder of sent mails the inbox is read, and it is said")
{
    MailBench bench;
    bench.server->inbox.add(aMail("1"));
    bench.server->decide = [&](const Received &command) {
        const bool isSent = command.path == "EXAMINE" && command.header("folder") == "Sent";
        return isSent ? Answer::empty(404) : bench.server->answer(command);
    };
    CHECK(bench.fetchAll().size() == 1);
    CHECK(bench.limited.contains(u"written elsewhere"_s));
}

TEST_CASE("a certificate of an authority that is trusted is taken, any other is refused before the password")
{
    const TestAuthority authority;
    MailBench good(std::make_unique<FakeMailServer>(authority.serverFor(u"localhost"_s)));
    {
        const Trust trust(authority);
        CHECK(wait(good.channel.signIn(good.credentials(u"localhost"_s, u"s"_s))));
    }
    const Result<Identity> unknown = wait(good.channel.signIn(good.credentials(u"localhost"_s, u"s"_s)));
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == u"CertificateRefused"_s);
    CHECK(unknown.error().provablyNotProcessed);

    const Trust trust(authority);
    MailBench other(std::make_unique<FakeMailServer>(authority.serverFor(u"other.example"_s)));
    const Result<Identity> wrongHost = wait(other.channel.signIn(other.credentials(u"localhost"_s, u"s"_s)));
    REQUIRE_FALSE(wrongHost);
    CHECK(wrongHost.error().code == u"CertificateRefused"_s);
    CHECK(other.server->commands.isEmpty());
}

TEST_CASE("what is slipped in before TLS ends the connection, and the password stays here")
{
    MailBench bench;
    bench.server->decide = [&](const Received &command) {
        Answer answer = bench.server->answer(command);
        if (command.path == "CAPABILITY")
            answer.body = "* CAPABILITY IMAP4rev1 STARTTLS\r\nTAG OK done\r\n";
        if (command.path == "STARTTLS")
            answer = Answer::bytes("TAG OK go\r\n* OK [ALERT] call this number\r\n", {});
        return answer;
    };
    const Result<Identity> refused = wait(bench.channel.signIn(bench.credentials()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::InvalidReply);
    CHECK(countOf(bench, "LOGIN") == 0);
}

TEST_CASE("a program that ends does not wait for a silent server")
{
    MailBench bench;
    REQUIRE(wait(bench.channel.signIn(bench.credentials())));
    bench.server->decide = [](const Received &) { return Answer::failing(Fault::StallBeforeHeaders); };
    auto fetching = bench.channel.fetch({});
    const qsizetype asked = bench.server->commands.size();
    waitUntil([&] { return bench.server->commands.size() > asked; });
    QElapsedTimer timer;
    timer.start();
    bench.http.shutDown();
    CHECK(timer.elapsed() < 2000);
    const Result<Batch> ended = wait(std::move(fetching));
    REQUIRE_FALSE(ended);
    CHECK(ended.error().kind == ErrorKind::Cancelled);
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Cancelled);
}

TEST_CASE("the server for sending is kept for who signs in again, while the mailbox is where it was")
{
    MailBench bench;
    REQUIRE(wait(bench.channel.signIn(bench.credentials())));
    SignIn entry = bench.credentials();
    entry.sendingServer = {};
    const auto again = [&] {
        ChannelContext context{&bench.clock, &bench.http, &bench.secrets, u"workspace/new"_s, u"new"_s, {}};
        context.earlierKey = u"workspace/account"_s;
        MailChannel channel(context);
        return wait(channel.signIn(entry));
    };
    REQUIRE(again());
    CHECK(bench.secrets.values.value(u"workspace/new/session"_s) ==
          bench.secrets.values.value(u"workspace/account/session"_s));
    // What was typed and cannot be read is not taken for nothing.
    entry.sendingServer = QUrl(u"https://no such server"_s, QUrl::StrictMode);
    CHECK(again().error().kind == ErrorKind::Usage);
    entry.sendingServer = {};
    bench.server->commands.clear();
    // Another provider's password is not for the old one.
    entry.server = QUrl(u"imap://127.0.0.1:1"_s);
    CHECK(again().error().detail.contains(u"another server than before"_s));
    entry.server = bench.credentials().server;
    bench.secrets.locked = true;
    CHECK(again().error().kind == ErrorKind::Secrets);
    bench.secrets.locked = false;
    for (const QByteArray &kept : {QByteArray("{}"), QByteArray()}) {
        if (kept.isEmpty())
            bench.secrets.values.clear();
        else
            bench.secrets.values.insert(u"workspace/account/session"_s, kept);
        const Result<Identity> lost = again();
        REQUIRE_FALSE(lost);
        CHECK(lost.error().kind == ErrorKind::Usage);
        CHECK(lost.error().detail.contains(u"no longer has"_s));
    }
    CHECK(bench.server->commands.isEmpty());
}

TEST_CASE("what signing in needs is asked for before anybody is called")
{
    MailBench bench;
    SignIn entry = bench.credentials();
    entry.handle = u"quay"_s;
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    entry = bench.credentials();
    entry.secret = "two\r\nlines";
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    entry = bench.credentials();
    entry.sendingServer.clear();
    CHECK(wait(bench.channel.signIn(entry)).error().kind == ErrorKind::Usage);
    CHECK(bench.server->commands.isEmpty());
    CHECK(wait(bench.channel.fetch({})).error().kind == ErrorKind::Unauthorised);
}

TEST_CASE("a thread that ends while a mail server's name is looked up ends the look-up, too")
{
    QThread thread;
    QObject there;
    there.moveToThread(&thread);
    Result<void> connected;
    QMetaObject::invokeMethod(&there, [&] {
        // The first thing that the event loop of the look-up comes to.
        QMetaObject::invokeMethod(
            &there, [&thread] { thread.quit(); }, Qt::QueuedConnection);
        MailStream stream({});
        connected = stream.connectTo({u"localhost"_s, 993});
    });
    thread.start();
    REQUIRE(thread.wait());
    REQUIRE_FALSE(connected);
    // Offline where the name was found in the same turn of the loop: nobody listens there.
    const ErrorKind kind = connected.error().kind;
    CHECK((kind == ErrorKind::Cancelled || kind == ErrorKind::Offline));
}

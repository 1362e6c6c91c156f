// SPDX-License-Identifier: GPL-3.0-or-later
// Being told of mails by a scripted server.
#include "app/channels/mail/mail_idle.h"
#include "tests/channels/mail_bench.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QElapsedTimer>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mail;
using namespace indelible::test;
using namespace std::chrono_literals;

namespace {

constexpr MailIdle::Rhythm kQuick{50ms, 10ms, 0ms};
constexpr MailIdle::Rhythm kSlow{10min, 10ms, 10min};

/// A server that offers to tell, and somebody who listens to it.
struct IdleBench
{
    explicit IdleBench(MailIdle::Rhythm rhythm = kSlow, std::chrono::milliseconds limit = 20s)
        : idle(limit, rhythm)
    {
        server.offersIdle = true;
    }

    void listen()
    {
        const MailServer imap{u"127.0.0.1"_s, server.imapPort(), MailServer::Security::StartTls};
        idle.listen({u"shop@quay.example"_s, imap, imap, server.password}, [this] {
            ++heard;
            QThread::usleep(slowness);
        });
    }
    void untilListening()
    {
        listen();
        waitUntil([this] { return idle.isListening(); });
    }
    qsizetype count(const QByteArray &name) const
    {
        return std::ranges::count_if(server.commands,
                                     [&name](const QByteArray &command) { return command.startsWith(name + ' '); });
    }

    int heard = 0;
    unsigned long slowness = 0; ///< of whoever hears it, in microseconds
    FakeMailServer server;
    MailIdle idle;
};

/// Time in which something would have happened.
void letPass(std::chrono::milliseconds time)
{
    QElapsedTimer timer;
    timer.start();
    waitUntil([&] { return timer.elapsed() > time.count(); });
}

} // namespace

TEST_CASE("a mail that comes while the channel listens is told of, and nothing is changed by listening")
{
    MailBench bench;
    bench.server->offersIdle = true;
    (void)bench.fetchAll();
    CHECK_FALSE(bench.channel.isListening());
    int heard = 0;
    bench.channel.listen([&] { ++heard; });
    waitUntil([&] { return bench.channel.isListening() && heard == 1; }); // for what came since the visit
    bench.server->inbox.add(aMail("new"));
    bench.server->tell("* 1 EXISTS\r\n* 1 RECENT\r\n");
    waitUntil([&] { return heard == 2; });
    CHECK(bench.fetchAll().size() == 1);

    int heardAnew = 0;
    bench.channel.listen([&] { ++heardAnew; });
    bench.server->tell("* OK Still here\r\n* 1 FETCH (FLAGS (\\Seen))\r\n");
    bench.server->tell("* 1 EXPUNGE\r\n");
    waitUntil([&] { return heardAnew == 1; });
    CHECK(heard == 2);
    waitUntil([&] { return bench.server->listeners() == 1; });
    CHECK(countOf(bench, "LOGIN") == 2);
    CHECK(countOf(bench, "SELECT") == 0);
    CHECK(bench.server->unknown().isEmpty());

    bench.channel.listen({});
    CHECK_FALSE(bench.channel.isListening());
    waitUntil([&] { return bench.server->listeners() == 0; });
    CHECK(heardAnew == 1);
}

TEST_CASE("a server that tells without end does not keep the window busy")
{
    IdleBench bench;
    bench.slowness = 500;
    bench.untilListening();
    bench.server.tell(QByteArray("* 1 EXISTS\r\n").repeated(20'000));
    bench.server.tell("* BYE enough\r\n");
    waitUntil([&] { return !bench.idle.isListening(); });
    CHECK(bench.heard > 0);
    CHECK(bench.heard < 10'000);
}

TEST_CASE("a server that does not offer to tell is asked once")
{
    IdleBench bench(kQuick);
    bench.server.offersIdle = false;
    bench.listen();
    waitUntil([&] { return bench.count("CAPABILITY") == 2; }); // before TLS and after the sign-in
    letPass(200ms);
    bench.listen();
    letPass(200ms);
    CHECK(bench.count("LOGIN") == 1);
    CHECK(bench.count("IDLE") == 0);
    CHECK_FALSE(bench.idle.isListening());
    CHECK(bench.heard == 0);
}

TEST_CASE("whatever a server does while it is listened to ends it quietly, and the next visit begins it anew")
{
    struct Case
    {
        const char *what;
        const char *command; ///< that is answered so
        Answer answer;
        QByteArray told; ///< or what it says of itself
    };
    const Case cases[] = {
        {"the connection is cut", "IDLE", Answer::failing(Fault::DropAfterReading), {}},
        {"it refuses", "IDLE", Answer::empty(403), {}},
        {"it understands nothing", "IDLE", Answer::empty(400), {}},
        {"it says nothing", "IDLE", Answer::failing(Fault::StallBeforeHeaders), {}},
        {"half a line", "IDLE", Answer::failing(Fault::CutBody), {}},
        {"it says other things without end", "IDLE", Answer::generated(10'000'000), {}},
        {"it says goodbye", "IDLE", Answer::empty(502), {}},
        {"it takes no password any more", "LOGIN", Answer::empty(401), {}},
        {"it has no inbox", "EXAMINE", Answer::empty(404), {}},
        {"it does not say what it can do", "CAPABILITY", Answer::failing(Fault::DropAfterReading), {}},
        {"it does not come back from waiting", "DONE", Answer::failing(Fault::StallBeforeHeaders), {}},
        {"goodbye while waiting", "", {}, "* BYE good night\r\n"},
        {"garbage while waiting", "", {}, "<html>\r\n"},
        {"another command's end", "", {}, "i1 OK done\r\n"},
        {"half a line while waiting", "", {}, "* 1 EXI"},
    };
    for (const Case &each : cases) {
        INFO(each.what);
        IdleBench bench(kQuick, 300ms);
        bool behaves = false;
        bench.server.decide = [&](const Received &command) {
            return !behaves && command.path == each.command ? each.answer : bench.server.answer(command);
        };
        bench.listen();
        if (!each.told.isEmpty()) {
            waitUntil([&] { return bench.idle.isListening(); });
            bench.server.tell(each.told);
        }
        // It is left alone until somebody calls again.
        waitUntil([&] { return !bench.server.commands.isEmpty() && bench.server.talks() == 0; });
        waitUntil([&] { return !bench.idle.isListening(); });
        const qsizetype logins = bench.count("LOGIN");
        letPass(50ms);
        CHECK(bench.count("LOGIN") == logins);
        CHECK(logins <= 1);
        behaves = true;
        bench.untilListening();
        waitUntil([&] { return bench.server.listeners() == 1; });
    }
}

TEST_CASE("a server that cuts everybody who listens is not called all the time")
{
    IdleBench bench(kSlow);
    bench.untilListening();
    bench.server.tell("* BYE no\r\n");
    waitUntil([&] { return !bench.idle.isListening(); });
    const int heard = bench.heard;
    bench.listen();
    letPass(100ms);
    CHECK(bench.count("LOGIN") == 1);
    CHECK(bench.heard == heard);
}

TEST_CASE("waiting is renewed, and what is told in between is heard")
{
    IdleBench bench(kQuick);
    bench.server.decide = [&](const Received &command) {
        Answer answer = bench.server.answer(command);
        if (command.path == "DONE" && bench.count("DONE") == 3)
            answer.body.prepend("* 4 EXISTS\r\n");
        return answer;
    };
    bench.untilListening();
    waitUntil([&] { return bench.heard == 1; });
    waitUntil([&] { return bench.heard == 2; });
    CHECK(bench.count("DONE") == 3);
    CHECK(bench.count("LOGIN") == 1);
    CHECK(bench.idle.isListening());
}

TEST_CASE("a visit that went well proves that the server is still there")
{
    IdleBench bench(kSlow, 300ms);
    bench.untilListening();
    CHECK(bench.count("DONE") == 0);
    bench.listen();
    waitUntil([&] { return bench.count("IDLE") == 2; });
    CHECK(bench.idle.isListening());
    // As after a sleep: the connection looks alive, and nobody is there.
    bench.server.decide = [](const Received &) { return Answer::failing(Fault::StallBeforeHeaders); };
    bench.listen();
    waitUntil([&] { return !bench.idle.isListening(); });
}

TEST_CASE("listening ends at once with the program, whatever the server does")
{
    for (const QByteArray &silentAt : {QByteArray("LOGIN"), QByteArray("IDLE"), QByteArray("nothing")}) {
        INFO(silentAt.toStdString());
        MailBench bench;
        bench.server->offersIdle = true;
        (void)bench.fetchAll();
        bench.server->decide = [&](const Received &command) {
            return command.path == silentAt ? Answer::failing(Fault::StallBeforeHeaders)
                                            : bench.server->answer(command);
        };
        const qsizetype before = countOf(bench, "LOGIN");
        bench.channel.listen([] {});
        waitUntil([&] {
            return silentAt == "nothing" ? bench.channel.isListening()
                   : silentAt == "IDLE"  ? countOf(bench, "IDLE") == 1
                                         : countOf(bench, "LOGIN") > before;
        });
        QElapsedTimer timer;
        timer.start();
        bench.http.shutDown();
        CHECK(timer.elapsed() < 1000);
        CHECK_FALSE(bench.channel.isListening());
    }
}

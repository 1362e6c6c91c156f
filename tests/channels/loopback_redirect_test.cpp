// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/loopback_redirect.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QCryptographicHash>
#include <QTcpSocket>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a browser would get; empty where nobody takes the connection.
QByteArray browse(const LoopbackRedirect &redirect, quint16 port, const QByteArray &target, const QByteArray &host = {},
                  const QByteArray &method = "GET")
{
    Q_UNUSED(redirect)
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    waitUntil([&] {
        return socket.state() == QAbstractSocket::ConnectedState ||
               socket.error() != QAbstractSocket::UnknownSocketError;
    });
    if (socket.state() != QAbstractSocket::ConnectedState)
        return {};
    const QByteArray name = host.isEmpty() ? "127.0.0.1:" + QByteArray::number(port) : host;
    socket.write(method + ' ' + target + " HTTP/1.1\r\nHost: " + name + "\r\n\r\n");
    waitUntil([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
    return socket.readAll();
}

struct Listening
{
    explicit Listening(std::chrono::milliseconds limit = 60s)
        : redirect(limit)
    {
        REQUIRE(redirect.listen());
        port = static_cast<quint16>(redirect.address().port());
        coming = redirect.code();
    }
    QByteArray browse(const QByteArray &target, const QByteArray &host = {}, const QByteArray &method = "GET") const
    {
        return ::browse(redirect, port, target, host, method);
    }
    [[nodiscard]] QByteArray good() const
    {
        return "/signed-in?code=the%20code%2B1&state=" + redirect.state().toLatin1();
    }

    LoopbackRedirect redirect;
    quint16 port = 0;
    QFuture<Result<QString>> coming;
};

} // namespace

TEST_CASE("the code that the browser brings is taken, and not shown to it")
{
    const Listening listening;
    CHECK(listening.redirect.address().host() == "127.0.0.1"_L1);
    const QByteArray page = listening.browse(listening.good());
    CHECK(page.startsWith("HTTP/1.1 200"));
    CHECK(page.contains("close this page"));
    CHECK_FALSE(page.contains("code"));
    CHECK(wait(listening.coming).value_or(QString()) == u"the code+1"_s);
}

TEST_CASE("another state is refused and ends the sign-in")
{
    const Listening listening;
    const QByteArray page = listening.browse("/signed-in?code=x&state=" + QByteArray(43, 'A'));
    CHECK(page.startsWith("HTTP/1.1 400"));
    const Result<QString> code = wait(listening.coming);
    REQUIRE_FALSE(code);
    CHECK(code.error().kind == ErrorKind::Rejected);
    CHECK(listening.browse(listening.good()).isEmpty());
}

TEST_CASE("a second answer finds nobody")
{
    const Listening listening;
    CHECK_FALSE(listening.browse(listening.good()).isEmpty());
    CHECK(listening.browse(listening.good()).isEmpty());
    CHECK(wait(listening.coming));
}

TEST_CASE("only the one path under our own name is answered, and everything else changes nothing")
{
    const Listening listening;
    CHECK(listening.browse("/favicon.ico").startsWith("HTTP/1.1 404"));
    CHECK(listening.browse("/signed-in/more?code=x&state=y").startsWith("HTTP/1.1 404"));
    CHECK(listening.browse(listening.good(), "evil.example").startsWith("HTTP/1.1 404"));
    CHECK(listening.browse(listening.good(), {}, "POST").startsWith("HTTP/1.1 404"));
    CHECK_FALSE(listening.coming.isFinished());
    CHECK(listening.browse(listening.good()).startsWith("HTTP/1.1 200"));
    CHECK(wait(listening.coming));
}

TEST_CASE("a person who says no is believed")
{
    const Listening listening;
    (void)listening.browse("/signed-in?error=access_denied&state=" + listening.redirect.state().toLatin1());
    const Result<QString> code = wait(listening.coming);
    REQUIRE_FALSE(code);
    CHECK(code.error().kind == ErrorKind::Forbidden);
    CHECK(code.error().detail.contains("refused"_L1));
}

TEST_CASE("nobody waits for ever")
{
    const Listening listening(50ms);
    CHECK(wait(listening.coming).error().kind == ErrorKind::Timeout);
    CHECK(listening.browse(listening.good()).isEmpty());
}

TEST_CASE("a person who gives up is not kept waiting")
{
    Listening listening;
    QPromise<void> giveUp;
    giveUp.start();
    listening.redirect.stopWith(giveUp.future());
    giveUp.finish();
    CHECK(wait(listening.coming).error().kind == ErrorKind::Cancelled);
}

TEST_CASE("states and proof keys are never the same, and the challenge is the hash of the verifier")
{
    const LoopbackRedirect one;
    const LoopbackRedirect two;
    CHECK(one.state() != two.state());
    CHECK(one.state().size() == 43);
    const ProofKey key = makeProofKey();
    CHECK(key.verifier != makeProofKey().verifier);
    CHECK(key.verifier.size() == 43);
    CHECK(QByteArray::fromBase64(key.challenge, QByteArray::Base64UrlEncoding) ==
          QCryptographicHash::hash(key.verifier, QCryptographicHash::Sha256));
}

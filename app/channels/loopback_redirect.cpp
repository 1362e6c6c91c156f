// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/loopback_redirect.h"

#include "app/base/random.h"

#include <QCryptographicHash>
#include <QFutureWatcher>
#include <QTcpSocket>
#include <QUrlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::channels {

namespace {

constexpr auto kPath = "/signed-in"_L1;
constexpr qint64 kLongestRequest = 16 * 1024;
constexpr int kSecretBytes = 32;
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

void sendPage(QTcpSocket *socket, const QByteArray &status, const QByteArray &sentence)
{
    const QByteArray page = "<!doctype html><meta charset=\"utf-8\"><title>Indelible</title><p>" + sentence + "</p>\n";
    socket->write("HTTP/1.1 " + status +
                  "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + QByteArray::number(page.size()) +
                  "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src "
                  "'none'\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n" +
                  page);
    socket->disconnectFromHost();
}

/// What the browser brought: a code, or why there is none.
Result<QString> codeFrom(const QUrlQuery &query, const QString &state)
{
    if (query.queryItemValue(u"state"_s, QUrl::FullyDecoded) != state)
        return failure(
            ErrorKind::Rejected,
            u"The answer that came from the browser belongs to another sign-in. Nothing was changed; begin again."_s);
    const QString code = query.queryItemValue(u"code"_s, QUrl::FullyDecoded);
    if (!code.isEmpty())
        return code;
    const QString said = query.queryItemValue(u"error"_s, QUrl::FullyDecoded);
    return failure(ErrorKind::Forbidden,
                   said == "access_denied"_L1
                       ? u"The sign-in was refused in the browser. Nothing was changed."_s
                       : u"The server did not allow the sign-in. Nothing was changed; begin again."_s);
}

} // namespace

ProofKey makeProofKey()
{
    const QByteArray verifier = randomBytes(kSecretBytes).toBase64(kBase64);
    return {verifier, QCryptographicHash::hash(verifier, QCryptographicHash::Sha256).toBase64(kBase64)};
}

LoopbackRedirect::LoopbackRedirect(std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_state(QString::fromLatin1(randomBytes(kSecretBytes).toBase64(kBase64)))
{
    m_promise.start();
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackRedirect::accept);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        end(failure(ErrorKind::Timeout,
                    u"Nobody signed in on the server's page in time. Nothing was changed; begin again."_s));
    });
}

Result<void> LoopbackRedirect::listen()
{
    // The number, not "localhost": that name may lead elsewhere (RFC 8252, 8.3).
    if (!m_server.listen(QHostAddress::LocalHost))
        return failure(
            ErrorKind::Offline,
            u"This computer gives no port on which the browser could come back. Nothing was changed; try again."_s);
    m_limit.start();
    return {};
}

QUrl LoopbackRedirect::address() const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(m_server.serverPort()).arg(kPath));
}

void LoopbackRedirect::stopWith(const QFuture<void> &stopped)
{
    auto *watcher = new QFutureWatcher<void>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this] { end(failure(ErrorKind::Cancelled, u"The sign-in was given up. Nothing was changed."_s)); });
    watcher->setFuture(stopped);
}

void LoopbackRedirect::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    }
}

void LoopbackRedirect::read(QTcpSocket *socket)
{
    // Only looked at until it is whole; a browser's request fits into one packet.
    const QByteArray request = socket->peek(kLongestRequest);
    if (!request.contains("\r\n\r\n")) {
        if (request.size() >= kLongestRequest)
            socket->abort();
        return;
    }
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    (void)socket->readAll();
    const QList<QByteArray> words = request.first(request.indexOf("\r\n")).split(' ');
    // A page elsewhere whose name leads here (DNS rebinding) sends its own name.
    const bool isForUs = request.toLower().contains("\r\nhost: " + address().authority().toLatin1() + "\r\n");
    const bool isAnswer = words.size() == 3 && words.at(0) == "GET" && isForUs &&
                          (words.at(1) + '?').startsWith(QByteArray(kPath.data(), kPath.size()) + '?');
    if (!isAnswer || m_isOver) {
        sendPage(socket, "404 Not Found", "There is nothing here.");
        return;
    }
    answer(socket, words.at(1));
}

void LoopbackRedirect::answer(QTcpSocket *socket, const QByteArray &target)
{
    const Result<QString> code = codeFrom(QUrlQuery(QUrl::fromEncoded(target).query(QUrl::FullyEncoded)), m_state);
    // The sockets belong to the server, which goes with this object: what was written must get out before.
    socket->setParent(nullptr);
    if (code)
        sendPage(socket, "200 OK", "You can close this page and go back to Indelible.");
    else
        sendPage(socket, "400 Bad Request", "The sign-in did not work. Indelible says why.");
    end(code);
}

void LoopbackRedirect::end(Result<QString> outcome)
{
    if (std::exchange(m_isOver, true))
        return;
    m_limit.stop();
    m_server.close();
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
}

} // namespace indelible::channels

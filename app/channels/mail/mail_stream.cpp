// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_stream.h"

#include <QEventLoop>
#include <QHostInfo>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr int kSlice = 50; ///< ms
constexpr qint64 kLongestLine = 64 * 1024;
constexpr qint64 kMostAtOnce = 64 * 1024;
constexpr qsizetype kMostAddresses = 4;
constexpr QLatin1StringView kStopped = "Stopped before the end; nothing was taken over."_L1;

} // namespace

MailStream::MailStream(Patience patience)
    : m_patience(patience)
{
    m_socket.setReadBufferSize(4 * kMostAtOnce);
    begin(kLongestLine);
}

MailStream::~MailStream()
{
    // Not disconnectFromHost(): a server that reads nothing must not keep anybody waiting.
    m_socket.abort();
}

void MailStream::begin(qint64 mostBytes, std::chrono::milliseconds extra)
{
    m_mostBytes = mostBytes;
    m_deadline.setRemainingTime(m_patience.limit + extra);
}

tl::unexpected<Error> MailStream::fail(ErrorKind kind, const QString &detail)
{
    if (!m_failure) {
        m_failure = Error{kind, detail, {}, {}, {}, !m_isConnected};
        m_socket.abort();
    }
    return failure(*m_failure);
}

bool MailStream::isOver()
{
    if (m_failure)
        return true;
    if (m_patience.stop && m_patience.stop->load())
        (void)fail(ErrorKind::Cancelled, kStopped);
    else if (m_deadline.hasExpired())
        (void)fail(ErrorKind::Timeout,
                   u"The mail server %1 did not answer in time. Nothing is lost; it will be asked again."_s.arg(
                       m_server.host));
    return m_failure.has_value();
}

tl::unexpected<Error> MailStream::failConnecting()
{
    return fail(ErrorKind::Offline,
                u"No connection to the mail server %1, port %2: %3. Nothing was sent; it will be tried again."_s
                    .arg(m_server.host)
                    .arg(m_server.port)
                    .arg(m_socket.errorString()));
}

/// With an event loop: the blocking look-up of the system cannot be stopped.
Result<QList<QHostAddress>> MailStream::lookUp()
{
    const QHostAddress literal(m_server.host);
    if (!literal.isNull())
        return QList{literal};
    std::optional<QHostInfo> found;
    QEventLoop loop;
    QTimer slices;
    QObject::connect(&slices, &QTimer::timeout, &loop, [&] {
        if (isOver())
            loop.quit();
    });
    slices.start(kSlice);
    const int id = QHostInfo::lookupHost(m_server.host, &loop, [&](const QHostInfo &info) {
        found = info;
        loop.quit();
    });
    loop.exec();
    if (!found) {
        QHostInfo::abortHostLookup(id);
        // The thread's end leaves every event loop, also before a slice was over.
        return fail(ErrorKind::Cancelled, kStopped);
    }
    if (found->addresses().isEmpty())
        return fail(
            ErrorKind::Offline,
            u"The mail server %1 cannot be found: there is no connection, or no such name. Nothing was sent."_s.arg(
                m_server.host));
    return found->addresses().first(qMin<qsizetype>(kMostAddresses, found->addresses().size()));
}

bool MailStream::connectTo(const QHostAddress &address, std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    m_socket.abort();
    m_socket.setPeerVerifyName(m_server.host);
    m_socket.connectToHost(address, m_server.port);
    while (m_socket.state() != QAbstractSocket::ConnectedState) {
        if (isOver() || deadline.hasExpired())
            return false;
        (void)m_socket.waitForConnected(kSlice);
        if (m_socket.state() == QAbstractSocket::UnconnectedState)
            return false;
    }
    return true;
}

Result<void> MailStream::connectTo(const MailServer &server)
{
    m_server = server;
    begin(kLongestLine);
    const Result<QList<QHostAddress>> addresses = lookUp();
    if (!addresses)
        return failure(addresses.error());
    // One that swallows everything must not keep the others from being tried.
    const auto patience = m_patience.limit / addresses->size();
    const bool isThere = std::ranges::any_of(
        *addresses, [&](const QHostAddress &address) { return !m_failure && connectTo(address, patience); });
    if (!isThere)
        return m_failure ? failure(*m_failure) : failConnecting();
    m_socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (server.security == MailServer::Security::Tls)
        INDELIBLE_TRY(handshake());
    m_isConnected = true;
    return {};
}

Result<void> MailStream::handshake()
{
    m_socket.startClientEncryption();
    while (!m_socket.isEncrypted()) {
        if (isOver())
            return failure(*m_failure);
        (void)m_socket.waitForEncrypted(kSlice);
        if (m_socket.isEncrypted())
            break;
        const bool isRefused = !m_socket.sslHandshakeErrors().isEmpty();
        if (isRefused || m_socket.state() != QAbstractSocket::ConnectedState) {
            m_isConnected = false; // nothing but a greeting has passed
            const QString why =
                isRefused ? m_socket.sslHandshakeErrors().first().errorString() : m_socket.errorString();
            (void)fail(
                ErrorKind::ServerTrouble,
                u"The mail server %1 could not prove who it is, or speaks no TLS there: %2. Neither password nor mail was sent; check the address and the port."_s
                    .arg(m_server.host, why));
            if (isRefused)
                m_failure->code = u"CertificateRefused"_s;
            return failure(*m_failure);
        }
    }
    return {};
}

Result<void> MailStream::startTls()
{
    if (!m_buffer.isEmpty() || m_socket.bytesAvailable() > 0)
        return fail(
            ErrorKind::InvalidReply,
            u"The mail server %1 said more than it should before the connection was encrypted. Neither password nor mail was sent."_s
                .arg(m_server.host));
    begin(kLongestLine);
    return handshake();
}

bool MailStream::isSafe() const
{
    return m_socket.isEncrypted() || (isThisComputer(m_server.host) && m_socket.peerAddress().isLoopback());
}

tl::unexpected<Error> MailStream::failBroken()
{
    return fail(
        ErrorKind::ServerTrouble,
        u"The connection to the mail server %1 broke before the whole answer had come. Nothing of it was taken over; it will be asked again."_s
            .arg(m_server.host));
}

Result<bool> MailStream::waitForBytes(std::chrono::milliseconds limit)
{
    if (isOver())
        return failure(*m_failure);
    if (!hasBytes() && m_socket.state() == QAbstractSocket::ConnectedState) {
        // Not in slices: dozens of accounts wait like this all day.
        QEventLoop loop;
        QObject::connect(&m_socket, &QSslSocket::readyRead, &loop, &QEventLoop::quit);
        QObject::connect(&m_socket, &QSslSocket::disconnected, &loop, &QEventLoop::quit);
        QTimer::singleShot(limit, &loop, &QEventLoop::quit);
        loop.exec();
        if (isOver())
            return failure(*m_failure);
    }
    if (!hasBytes() && m_socket.state() != QAbstractSocket::ConnectedState)
        return failBroken();
    return hasBytes();
}

QByteArray MailStream::read(qint64 most)
{
    if (!m_buffer.isEmpty()) {
        QByteArray first = m_buffer.first(qMin<qsizetype>(most, m_buffer.size()));
        m_buffer.remove(0, first.size());
        return first;
    }
    while (m_socket.bytesAvailable() == 0) {
        if (isOver())
            return {};
        if (!m_socket.waitForReadyRead(kSlice) && m_socket.state() != QAbstractSocket::ConnectedState &&
            m_socket.bytesAvailable() == 0) {
            (void)failBroken();
            return {};
        }
    }
    if (isOver())
        return {};
    QByteArray bytes = m_socket.read(qMin(most, kMostAtOnce));
    m_mostBytes -= bytes.size();
    if (m_mostBytes < 0) {
        (void)fail(
            ErrorKind::InvalidReply,
            u"The mail server %1 answers more than was asked for. Nothing of it was taken over."_s.arg(m_server.host));
        return {};
    }
    return bytes;
}

Result<QByteArray> MailStream::readLine()
{
    QByteArray line;
    while (true) {
        const QByteArray bytes = read(kMostAtOnce);
        if (m_failure)
            return failure(*m_failure);
        const qsizetype end = bytes.indexOf('\n');
        line += end < 0 ? bytes : bytes.first(end);
        if (line.size() > kLongestLine)
            return fail(
                ErrorKind::InvalidReply,
                u"The mail server %1 answers a line without end. Nothing of it was taken over."_s.arg(m_server.host));
        if (end < 0)
            continue;
        m_buffer.prepend(bytes.sliced(end + 1));
        if (line.endsWith('\r'))
            line.chop(1);
        return line;
    }
}

Result<void> MailStream::write(const QByteArray &bytes)
{
    if (isOver())
        return failure(*m_failure);
    m_socket.write(bytes);
    while (m_socket.bytesToWrite() > 0 || m_socket.encryptedBytesToWrite() > 0) {
        if (isOver())
            return failure(*m_failure);
        (void)m_socket.waitForBytesWritten(kSlice);
        if (m_socket.state() != QAbstractSocket::ConnectedState)
            return fail(ErrorKind::ServerTrouble,
                        u"The connection to the mail server %1 broke. Nothing is lost; it will be asked again."_s.arg(
                            m_server.host));
    }
    return {};
}

} // namespace indelible::channels::mail

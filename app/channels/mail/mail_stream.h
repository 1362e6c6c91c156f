// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/mail/mail_session.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QHostAddress>
#include <QList>
#include <QSslSocket>

#include <atomic>
#include <chrono>
#include <optional>

namespace indelible::channels::mail {

/// What every step of talking to a mail server obeys.
struct Patience
{
    const std::atomic<bool> *stop = nullptr; ///< true = everything ends at once, with Cancelled
    std::chrono::milliseconds limit{60'000}; ///< of each exchange
};

/// A blocking connection to a mail server, on a worker's thread. Qt checks the certificate and that it is for this
/// host; nothing switches that off. Waits in short slices, so that stopping takes effect within one of them.
///
/// The first failure stays: whatever is asked afterwards fails in the same way. Errors: Offline (nothing was sent),
/// Timeout, ServerTrouble (the connection broke; code "CertificateRefused" where the server could not prove who it is),
/// InvalidReply (more than was asked for), Cancelled.
class MailStream
{
public:
    explicit MailStream(Patience patience);
    ~MailStream();
    Q_DISABLE_COPY_MOVE(MailStream)

    /// Connects, under TLS where the server is one of that kind.
    Result<void> connectTo(const MailServer &server);
    /// TLS from here on. What the server said beyond its last line is refused: it was not said under TLS.
    Result<void> startTls();
    /// Whether a password may be sent: under TLS, or to this computer where the person named it.
    [[nodiscard]] bool isSafe() const;

    /// Begins an exchange: it may take the limit and `extra`, and answer at most so many bytes.
    void begin(qint64 mostBytes, std::chrono::milliseconds extra = {});
    /// From now on only so much time for each exchange, for saying goodbye.
    void hurry(std::chrono::milliseconds limit)
    {
        m_patience.limit = limit;
        begin(m_mostBytes);
    }
    /// At least one byte, at most `most`; nothing = failure().
    QByteArray read(qint64 most);
    /// A line without its end.
    Result<QByteArray> readLine();
    /// Returns when there is something to read, or after `limit` with false. Sleeps meanwhile, for as long as it takes:
    /// ending the thread wakes it.
    Result<bool> waitForBytes(std::chrono::milliseconds limit);
    /// Returns when the operating system has it all.
    Result<void> write(const QByteArray &bytes);
    /// The next thing read: for a line that somebody else has to see too.
    void giveBack(const QByteArray &bytes) { m_buffer.prepend(bytes); }

    [[nodiscard]] const std::optional<Error> &failed() const { return m_failure; }
    [[nodiscard]] int descriptor() const { return static_cast<int>(m_socket.socketDescriptor()); }

private:
    [[nodiscard]] bool isOver();
    [[nodiscard]] bool hasBytes() const { return !m_buffer.isEmpty() || m_socket.bytesAvailable() > 0; }
    tl::unexpected<Error> failBroken();
    Result<QList<QHostAddress>> lookUp();
    /// Until somebody answers, or `patience` is over; false = the next address.
    bool connectTo(const QHostAddress &address, std::chrono::milliseconds patience);
    Result<void> handshake();
    tl::unexpected<Error> fail(ErrorKind kind, const QString &detail);
    tl::unexpected<Error> failConnecting();

    Patience m_patience;
    MailServer m_server;
    QSslSocket m_socket;
    QByteArray m_buffer;
    QDeadlineTimer m_deadline;
    qint64 m_mostBytes = 0;
    bool m_isConnected = false;
    std::optional<Error> m_failure;
};

} // namespace indelible::channels::mail

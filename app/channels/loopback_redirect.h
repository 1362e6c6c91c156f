// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>
#include <QTcpServer>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <optional>

class QTcpSocket;

namespace indelible::channels {

/// A secret of our own that only whoever began the sign-in can show (RFC 7636), and what the server is told of it.
struct ProofKey
{
    QByteArray verifier;
    QByteArray challenge; ///< S256
};
[[nodiscard]] ProofKey makeProofKey();

/// How long a person has to sign in on a network's page.
constexpr std::chrono::minutes kSignInLimit{5};

/// Waits on this computer for the browser to come back from a sign-in page (RFC 8252, 7.3 and 8.3). Listens on
/// 127.0.0.1 alone, on a port that the system finds; answers the one path and nothing else; takes one answer and
/// closes; believes it only with the state that was made for it (256 random bits). What it shows in the browser does
/// not hold the code. Interface thread.
///
/// Errors: Rejected (another state: the answer belongs to something else), Forbidden (the person or the server said
/// no), Timeout, Cancelled (`stopped` finished), Offline (no port to listen on).
class LoopbackRedirect : public QObject
{
    Q_OBJECT
public:
    explicit LoopbackRedirect(std::chrono::milliseconds limit = kSignInLimit, QObject *parent = nullptr);

    /// Begins to listen; from now on answers are taken.
    [[nodiscard]] Result<void> listen();
    /// Where the browser is to be sent; exactly this must be registered.
    [[nodiscard]] QUrl address() const;
    [[nodiscard]] const QString &state() const { return m_state; }
    /// Ends the wait when the future finishes.
    void stopWith(const QFuture<void> &stopped);

    /// The code that the browser brought.
    [[nodiscard]] QFuture<Result<QString>> code() { return m_promise.future(); }

private:
    void accept();
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &target);
    void end(Result<QString> outcome);

    QTcpServer m_server;
    QTimer m_limit;
    QString m_state;
    QPromise<Result<QString>> m_promise;
    bool m_isOver = false;
};

} // namespace indelible::channels

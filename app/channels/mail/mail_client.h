// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_idle.h"
#include "app/channels/mail/mail_session.h"
#include "app/channels/mail/mail_worker.h"
#include "app/channels/registry.h"
#include "app/channels/session_keeper.h"
#include "app/net/http_client.h"

#include <QObject>

#include <optional>

#include <QCoroTask>

namespace indelible::channels::mail {

/// What the parts of the channel share: the session in the keychain (a password, or
/// tokens that are renewed here), under "<secretKey>/session", and the threads that
/// talk to the servers. Lives on the interface thread. Errors: Secrets; Unauthorised where only signing in again
/// helps; each with provablyNotProcessed set.
class MailClient : public QObject
{
    Q_OBJECT
public:
    explicit MailClient(ChannelContext context);

    /// The session, read from the keychain at the first call; its token is good for a while.
    QCoro::Task<Result<Session>> session();
    /// After a server refused this token: a session with another one. Unauthorised where the provider gives none.
    QCoro::Task<Result<Session>> renewed(QByteArray refused);
    /// Asks the provider for tokens.
    QCoro::Task<Result<Tokens>> ask(net::HttpRequest request, Tokens before);
    /// Lets an endpoint on this computer be used that the person named.
    Result<void> trust(const Tokens &tokens);
    QCoro::Task<Result<void>> adopt(Session session) { return m_keeper.adopt(std::move(session)); }
    /// That of the same account before it is signed in again. NotFound where there is none any more, Damaged where it
    /// cannot be read.
    QCoro::Task<Result<Session>> earlierSession();
    /// True where this account was signed in before.
    [[nodiscard]] bool isKnown() const { return !m_context.earlierKey.isEmpty(); }
    /// Forgets the password. The servers know of no session that could be ended.
    QCoro::Task<Result<void>> forget();

    /// The session as far as it was read; nothing before the first call.
    [[nodiscard]] const std::optional<Session> &known() const { return m_keeper.known(); }
    [[nodiscard]] MailWorker &worker() { return m_worker; }
    [[nodiscard]] MailIdle &idle() { return m_idle; }
    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }

private:
    [[nodiscard]] static QString sessionKey(const QString &prefix) { return prefix + QStringLiteral("/session"); }

    QCoro::Task<Result<Session>> renew();

    ChannelContext m_context;
    SessionKeeper<Session> m_keeper;
    /// While one is under way: a refresh token is used once, so whoever else needs a new token waits for this one.
    std::optional<QFuture<Result<Session>>> m_renewal;
    MailWorker m_worker;
    MailIdle m_idle;
};

} // namespace indelible::channels::mail

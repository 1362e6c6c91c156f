// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_client.h"

#include "app/channels/call_errors.h"
#include "app/net/http_client.h"
#include "app/secrets/secret_store.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

tl::unexpected<Error> signInAgain(const QString &reason)
{
    Error error;
    error.kind = ErrorKind::Unauthorised;
    error.detail = reason;
    error.provablyNotProcessed = true;
    return failure(std::move(error));
}

} // namespace

MailClient::MailClient(ChannelContext context)
    : m_context(std::move(context))
    , m_worker(m_context.http->deadline())
    , m_idle(m_context.http->deadline())
{
    connect(m_context.http, &net::HttpClient::shuttingDown, this, [this] {
        m_idle.end();
        m_worker.end();
    });
}

QCoro::Task<Result<Session>> MailClient::session()
{
    if (m_session)
        co_return Result<Session>(*m_session);
    const QPointer<MailClient> self(this);
    auto storedTask = m_context.secrets->read(secretKey());
    Result<QByteArray> stored = co_await storedTask;
    if (!self)
        co_return cancelled();
    if (!stored && stored.error().kind == ErrorKind::NotFound) {
        const QString reason =
            u"The keychain has no password for this mail account. What was fetched stays; sign in again."_s;
        co_return signInAgain(reason);
    }
    if (!stored)
        co_return failure(beforeTheCall(stored.error()));
    Result<Session> session = readSession(*stored);
    if (!session)
        co_return signInAgain(session.error().detail);
    m_session = *session;
    co_return session;
}

QCoro::Task<Result<Session>> MailClient::earlierSession()
{
    auto storedTask = m_context.secrets->read(sessionKey(m_context.earlierKey));
    Result<QByteArray> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    co_return readSession(*stored);
}

QCoro::Task<Result<void>> MailClient::adopt(Session session)
{
    const QPointer<MailClient> self(this);
    QByteArray bytes = writeSession(session);
    auto storedTask = m_context.secrets->write(secretKey(), std::move(bytes));
    Result<void> stored = co_await storedTask;
    if (!stored)
        co_return stored;
    if (!self)
        co_return cancelled();
    m_session = std::move(session);
    co_return Result<void>();
}

QCoro::Task<Result<void>> MailClient::forget()
{
    m_idle.end();
    m_session.reset();
    auto removedTask = m_context.secrets->remove(secretKey());
    Result<void> removed = co_await removedTask;
    co_return removed;
}

} // namespace indelible::channels::mail

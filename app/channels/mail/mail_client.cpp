// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_client.h"

#include "app/base/log.h"
#include "app/channels/call_errors.h"
#include "app/channels/mail/mail_oauth.h"
#include "app/secrets/secret_store.h"

#include <QPointer>
#include <QPromise>

#include <QCoroFuture>

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
    , m_keeper(*m_context.secrets, sessionKey(m_context.secretKey),
               {&readSession, &writeSession, &signInAgain,
                u"The keychain has no password for this mail account. What was fetched stays; sign in again."_s},
               [this](const Session &session) { return session.tokens ? trust(*session.tokens) : Result<void>(); })
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
    const QPointer<MailClient> self(this);
    auto keptTask = m_keeper.get();
    Result<Session> session = co_await keptTask;
    if (!session || !self || !session->tokens || !isExpiring(*session->tokens, clock().now()))
        co_return session;
    auto renewing = renewed(session->tokens->access);
    Result<Session> fresh = co_await renewing;
    co_return fresh;
}

QCoro::Task<Result<Session>> MailClient::renewed(QByteArray refused)
{
    const std::optional<Session> &known = m_keeper.known();
    if (!known || !known->tokens || known->tokens->access != refused) {
        // Somebody else was faster.
        auto sessionTask = session();
        Result<Session> session = co_await sessionTask;
        co_return session;
    }
    if (m_renewal) {
        QFuture<Result<Session>> coming = *m_renewal;
        Result<Session> session = co_await coming;
        co_return session;
    }
    const QPointer<MailClient> self(this);
    QPromise<Result<Session>> promise;
    promise.start();
    m_renewal = promise.future();
    auto renewing = renew();
    Result<Session> session = co_await renewing;
    if (self)
        m_renewal.reset();
    promise.addResult(session);
    promise.finish();
    co_return session;
}

QCoro::Task<Result<Session>> MailClient::renew()
{
    const QPointer<MailClient> self(this);
    const Tokens before = *m_keeper.known()->tokens;
    auto askTask = ask(refreshRequest(before), before);
    Result<Tokens> tokens = co_await askTask;
    if (!tokens)
        co_return failure(beforeTheCall(tokens.error()));
    if (!self || !m_keeper.known())
        co_return cancelled();
    Session session = *m_keeper.known();
    session.tokens = *tokens;
    // Used at once: the provider may have ended the older ones.
    auto storedTask = m_keeper.replace(session);
    const Result<void> stored = co_await storedTask;
    if (!stored) // it works until the program ends, and mostly with the older one afterwards
        qCInfo(lcChannel, "a renewed sign-in could not be kept: %s", qUtf8Printable(stored.error().detail));
    co_return session;
}

QCoro::Task<Result<Tokens>> MailClient::ask(net::HttpRequest request, Tokens before)
{
    const QPointer<MailClient> self(this);
    request.pauseGroup = m_context.pauseGroup;
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    if (!self)
        co_return cancelled();
    co_return response ? tokensFrom(*response, std::move(before), clock().now()) : failure(response.error());
}

Result<void> MailClient::trust(const Tokens &tokens)
{
    return tokens.endpoint.scheme() == "http"_L1 ? m_context.http->allowOrigin(tokens.endpoint) : Result<void>();
}

QCoro::Task<Result<Session>> MailClient::earlierSession()
{
    auto storedTask = m_context.secrets->read(sessionKey(m_context.earlierKey));
    Result<QByteArray> stored = co_await storedTask;
    if (!stored)
        co_return failure(stored.error());
    co_return readSession(*stored);
}

QCoro::Task<Result<void>> MailClient::forget()
{
    m_idle.end();
    return m_keeper.forget();
}

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_client.h"

#include "app/channels/mastodon/mastodon_errors.h"
#include "app/secrets/secret_store.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr qint64 kLongestRefusal = 64 * 1024; ///< of who was asked to tell what happens

net::HttpRequest requestOf(const QUrl &server, const QString &token, const Call &call)
{
    net::HttpRequest request;
    request.method = call.method;
    request.url = server;
    request.url.setPath(call.path, QUrl::StrictMode);
    request.url.setQuery(call.query.empty() ? QString() : encodedPairs(call.query), QUrl::StrictMode);
    request.url.setFragment({});
    request.body = encodedPairs(call.form).toLatin1();
    if (!request.body.isEmpty())
        request.contentType = "application/x-www-form-urlencoded";
    request.headers.emplace_back("Accept", "application/json");
    if (!token.isEmpty())
        request.headers.emplace_back("Authorization", "Bearer " + token.toLatin1());
    if (!call.idempotencyKey.isEmpty())
        request.headers.emplace_back("Idempotency-Key", call.idempotencyKey);
    return request;
}

Result<QByteArray> outcomeOf(const Result<net::HttpResponse> &response, net::Method method)
{
    if (response)
        return readAnswer(*response);
    return failure(method == net::Method::Get ? whileReading(response.error(), u"Mastodon"_s) : response.error());
}

} // namespace

Self selfOf(const Session &session)
{
    return {session.accountId, session.accountUrl, session.domain};
}

MastodonClient::MastodonClient(ChannelContext context)
    : m_context(std::move(context))
    , m_keeper(*m_context.secrets, m_context.secretKey + u"/session"_s,
               {&readSession, &writeSession, &signInAgain, u"The keychain has no sign-in for this Mastodon account."_s},
               [this](const Session &session) { return session.serverTyped ? trust(session.server) : Result<void>(); })
{
}

QCoro::Task<Result<QByteArray>> MastodonClient::call(Call call)
{
    const QPointer<MastodonClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(beforeTheCall(session.error()));
    if (!self)
        co_return cancelled();
    auto answerTask = callAt(session->server, session->token, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    co_return answer;
}

QCoro::Task<Result<QByteArray>> MastodonClient::callAt(QUrl server, QString token, Call call)
{
    net::HttpRequest request = requestOf(server, token, call);
    request.pauseGroup = m_context.pauseGroup;
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    co_return outcomeOf(response, call.method);
}

QCoro::Task<Result<QByteArray>> MastodonClient::document(QUrl address)
{
    net::HttpRequest request;
    request.url = address;
    request.headers.emplace_back("Accept", "application/activity+json");
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    co_return outcomeOf(response, net::Method::Get);
}

QCoro::Task<Result<void>> MastodonClient::follow(QUrl address, QString token, net::Following following)
{
    net::HttpRequest request;
    request.url = address;
    request.headers.emplace_back("Accept", "text/event-stream");
    request.headers.emplace_back("Authorization", "Bearer " + token.toLatin1());
    request.pauseGroup = m_context.pauseGroup;
    request.maximumBytes = kLongestRefusal;
    auto responseTask = m_context.http->follow(std::move(request), std::move(following));
    Result<net::HttpResponse> response = co_await responseTask;
    const Result<QByteArray> outcome = outcomeOf(response, net::Method::Get);
    if (!outcome)
        co_return failure(outcome.error());
    co_return Result<void>();
}

QCoro::Task<Result<void>> MastodonClient::signOut()
{
    const QPointer<MastodonClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!self)
        co_return cancelled();
    Result<QByteArray> told;
    if (session) {
        Call revoke{net::Method::Post, u"/oauth/revoke"_s};
        revoke.form = {{u"client_id"_s, session->clientId},
                       {u"client_secret"_s, session->clientSecret},
                       {u"token"_s, session->token}};
        auto telling = callAt(session->server, {}, std::move(revoke));
        told = co_await telling;
        if (!self)
            co_return cancelled();
    }
    auto removedTask = m_keeper.forget();
    Result<void> removed = co_await removedTask;
    if (!removed)
        co_return removed;
    if (!told && told.error().kind != ErrorKind::Unauthorised) {
        Error error = told.error();
        error.detail =
            u"This computer has forgotten the Mastodon sign-in, but the server could not be told: %1 To be sure, revoke Indelible in the account's settings there, under authorised apps."_s
                .arg(told.error().detail);
        co_return failure(std::move(error));
    }
    co_return Result<void>();
}

bool MastodonClient::isHopeless(const QString &path)
{
    constexpr int kPatience = 3;
    constexpr qsizetype kMostPaths = 1000;
    if (m_failures.size() > kMostPaths)
        m_failures.clear();
    return ++m_failures[path] >= kPatience;
}

Result<void> MastodonClient::trust(const QUrl &server)
{
    return m_context.http->allowOrigin(server);
}

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_client.h"

#include "app/channels/bluesky/bluesky_errors.h"
#include "app/channels/json_reader.h"
#include "app/secrets/secret_store.h"

#include <QPointer>
#include <QPromise>

#include <memory>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

constexpr auto kChatService = "did:web:api.bsky.chat#bsky_chat";

QUrl addressOf(const QUrl &server, const Call &call)
{
    QUrl address = server;
    address.setPath("/xrpc/"_L1 + call.name);
    address.setQuery(call.query.empty() ? QString() : encodedPairs(call.query));
    address.setFragment({});
    return address;
}

net::HttpRequest requestOf(const QUrl &server, const QString &token, const Call &call)
{
    net::HttpRequest request;
    request.method = call.method;
    request.url = addressOf(server, call);
    request.body = call.body;
    if (!call.body.isEmpty())
        request.contentType = "application/json";
    request.headers.emplace_back("Accept", "application/json");
    if (!token.isEmpty())
        request.headers.emplace_back("Authorization", "Bearer " + token.toLatin1());
    if (call.chat)
        request.headers.emplace_back("atproto-proxy", kChatService);
    return request;
}

Result<QByteArray> outcomeOf(const Result<net::HttpResponse> &response, net::Method method)
{
    if (response)
        return readAnswer(*response);
    return failure(method == net::Method::Get ? whileReading(response.error(), u"Bluesky"_s) : response.error());
}

} // namespace

QUrl usualDirectory()
{
    return QUrl(u"https://plc.directory"_s);
}

BlueskyClient::BlueskyClient(ChannelContext context, QUrl directory)
    : m_context(std::move(context))
    , m_directory(std::move(directory))
    , m_keeper(*m_context.secrets, m_context.secretKey + u"/session"_s,
               {&readSession, &writeSession, &signInAgain, u"The keychain has no sign-in for this Bluesky account."_s},
               [this](const Session &session) { return session.serverTyped ? trust(session.server) : Result<void>(); })
{
}

QCoro::Task<Result<QByteArray>> BlueskyClient::call(Call call)
{
    const QPointer<BlueskyClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(beforeTheCall(session.error()));
    if (!self)
        co_return cancelled();
    auto answerTask = sendWith(session->server, session->accessToken, call);
    Result<QByteArray> answer = co_await answerTask;
    if (answer || !asksForRefresh(answer.error()))
        co_return answer;
    if (!self)
        co_return cancelled();
    auto renewedTask = renew(session->accessToken);
    Result<void> renewed = co_await renewedTask;
    if (!renewed)
        co_return failure(beforeTheCall(renewed.error()));
    if (!self)
        co_return cancelled();
    const Session fresh = *m_keeper.known();
    auto secondTask = sendWith(fresh.server, fresh.accessToken, call);
    Result<QByteArray> second = co_await secondTask;
    if (!second && asksForRefresh(second.error())) {
        const QString reason = u"The Bluesky server refuses a sign-in that it has just renewed."_s;
        co_return signInAgain(reason);
    }
    co_return second;
}

QCoro::Task<Result<QByteArray>> BlueskyClient::callOpen(QUrl server, Call call)
{
    net::HttpRequest request = requestOf(server, {}, call);
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    co_return outcomeOf(response, call.method);
}

QCoro::Task<Result<QByteArray>> BlueskyClient::document(QUrl address)
{
    net::HttpRequest request;
    request.url = address;
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    co_return outcomeOf(response, net::Method::Get);
}

QCoro::Task<Result<QByteArray>> BlueskyClient::sendWith(QUrl server, QString token, Call call)
{
    net::HttpRequest request = requestOf(server, token, call);
    request.pauseGroup = m_context.pauseGroup;
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    co_return outcomeOf(response, call.method);
}

QCoro::Task<Result<void>> BlueskyClient::renew(QString usedToken)
{
    if (m_keeper.known()->accessToken != usedToken)
        co_return Result<void>();
    if (m_renewing.isRunning()) {
        QFuture<Result<void>> shared = m_renewing;
        Result<void> outcome = co_await shared;
        co_return outcome;
    }
    // Kept by this frame as well, so that those who wait get an answer even where the client has gone meanwhile.
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_renewing = promise->future();
    auto outcomeTask = renewNow();
    Result<void> outcome = co_await outcomeTask;
    promise->addResult(outcome);
    promise->finish();
    co_return outcome;
}

QCoro::Task<Result<void>> BlueskyClient::renewNow()
{
    const QPointer<BlueskyClient> self(this);
    const Session old = *m_keeper.known();
    Call refresh{net::Method::Post, u"com.atproto.server.refreshSession"_s};
    auto answerTask = sendWith(old.server, old.refreshToken, std::move(refresh));
    Result<QByteArray> answer = co_await answerTask;
    if (!answer && asksForRefresh(answer.error())) {
        const QString reason = u"The Bluesky sign-in has run out or was revoked."_s;
        co_return signInAgain(reason);
    }
    if (!answer)
        co_return failure(answer.error());
    if (!self)
        co_return cancelled();
    Result<SessionAnswer> renewed = parseSession(*answer, old.server, old.serverTyped);
    if (!renewed)
        co_return failure(renewed.error());
    if (renewed->session.did != old.did) {
        const QString problem = u"$.did is another account than the one signed in"_s;
        co_return invalidReply(problem);
    }
    Session next = old;
    next.handle = renewed->session.handle;
    next.server = renewed->session.server;
    next.serverTyped = renewed->session.serverTyped;
    next.accessToken = renewed->session.accessToken;
    next.refreshToken = renewed->session.refreshToken;
    auto adoptedTask = adopt(std::move(next));
    Result<void> adopted = co_await adoptedTask;
    co_return adopted;
}

QCoro::Task<Result<void>> BlueskyClient::signOut()
{
    const QPointer<BlueskyClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!self)
        co_return cancelled();
    Result<QByteArray> told;
    if (session) {
        Call forget{net::Method::Post, u"com.atproto.server.deleteSession"_s};
        auto telling = sendWith(session->server, session->refreshToken, std::move(forget));
        told = co_await telling;
        if (!self)
            co_return cancelled();
    }
    auto removedTask = m_keeper.forget();
    Result<void> removed = co_await removedTask;
    if (!removed)
        co_return removed;
    const bool forgotten = told || asksForRefresh(told.error()) || told.error().kind == ErrorKind::Unauthorised;
    if (!forgotten) {
        Error error = told.error();
        error.detail =
            u"This computer has forgotten the Bluesky sign-in, but the server could not be told: %1 To be sure, revoke the app password in Bluesky's settings."_s
                .arg(told.error().detail);
        co_return failure(std::move(error));
    }
    co_return Result<void>();
}

Result<void> BlueskyClient::trust(const QUrl &server)
{
    return m_context.http->allowOrigin(server);
}

} // namespace indelible::channels::bluesky

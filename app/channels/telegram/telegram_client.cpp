// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_client.h"

#include "app/channels/telegram/telegram_errors.h"
#include "app/net/http_client.h"
#include "app/secrets/secret_store.h"

#include <QJsonDocument>
#include <QPointer>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

constexpr int kOwnRemembered = 100;

net::HttpRequest requestOf(const Session &session, const Call &call)
{
    net::HttpRequest request;
    request.method = call.body.isEmpty() ? net::Method::Get : net::Method::Post;
    request.url = session.server;
    request.url.setPath("/bot"_L1 + session.token + u'/' + call.method, QUrl::StrictMode);
    request.url.setQuery(call.query.empty() ? QString() : encodedPairs(call.query), QUrl::StrictMode);
    request.url.setFragment({});
    request.headers.emplace_back("Accept", "application/json");
    if (!call.body.isEmpty()) {
        request.body = QJsonDocument(call.body).toJson(QJsonDocument::Compact);
        request.contentType = "application/json";
    }
    request.retryAfterIn = &retryAfterIn;
    return request;
}

} // namespace

TelegramClient::TelegramClient(ChannelContext context)
    : m_context(std::move(context))
    , m_keeper(*m_context.secrets, m_context.secretKey + u"/session"_s,
               {&readSession, &writeSession, &signInAgain, u"The keychain has no token for this Telegram bot."_s},
               [this](const Session &session) { return trust(session); })
{
}

QCoro::Task<Result<QByteArray>> TelegramClient::call(Call call)
{
    const QPointer<TelegramClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(beforeTheCall(session.error()));
    if (!self)
        co_return cancelled();
    auto answerTask = callAs(*session, std::move(call));
    Result<QByteArray> answer = co_await answerTask;
    co_return answer;
}

QCoro::Task<Result<QByteArray>> TelegramClient::callAs(Session session, Call call)
{
    net::HttpRequest request = requestOf(session, call);
    request.pauseGroup = m_context.pauseGroup;
    auto responseTask = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await responseTask;
    if (response)
        co_return readAnswer(*response);
    co_return failure(call.body.isEmpty() ? whileReading(response.error(), u"Telegram"_s) : response.error());
}

QCoro::Task<Result<QByteArray>> TelegramClient::follow(Call call, QFuture<void> stopped)
{
    const QPointer<TelegramClient> self(this);
    auto sessionTask = this->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!self)
        co_return cancelled();
    net::HttpRequest request = requestOf(*session, call);
    request.pauseGroup = m_context.pauseGroup;
    net::Following following;
    following.stopped = std::move(stopped);
    auto responseTask = m_context.http->follow(std::move(request), std::move(following));
    Result<net::HttpResponse> response = co_await responseTask;
    if (response)
        co_return readAnswer(*response);
    co_return failure(whileReading(response.error(), u"Telegram"_s));
}

void TelegramClient::rememberOwn(const std::vector<RemoteItem> &items)
{
    std::ranges::copy_if(items, std::back_inserter(m_own),
                         [](const RemoteItem &item) { return item.direction == Direction::Outgoing; });
    if (m_own.size() > kOwnRemembered)
        m_own.erase(m_own.begin(), m_own.end() - kOwnRemembered);
}

Result<void> TelegramClient::trust(const Session &session)
{
    return session.serverTyped ? m_context.http->allowOrigin(session.server) : Result<void>();
}

} // namespace indelible::channels::telegram

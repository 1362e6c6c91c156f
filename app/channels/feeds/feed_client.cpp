// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_client.h"

#include "app/channels/feeds/feed_address.h"
#include "app/secrets/secret_store.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

using namespace std::chrono_literals;

Error ofHost(Error error, const QString &host)
{
    if (error.kind != ErrorKind::ServerTrouble || error.code == "CertificateRefused"_L1)
        return error;
    error.detail =
        error.httpStatus
            ? u"%1 failed (HTTP %2). Nothing is lost; it will be asked again."_s.arg(host).arg(*error.httpStatus)
            : u"The connection to %1 broke before the whole feed had come. Nothing of it was taken over; it will be asked again."_s
                  .arg(host);
    return error;
}

QString sentenceOf(int status, const QString &host)
{
    switch (status) {
    case 401:
    case 403:
        return u"%1 does not show this feed to us (HTTP %2): it wants a password, or keeps programs out. What was received stays; it is asked again tomorrow."_s
            .arg(host)
            .arg(status);
    case 404:
        return u"%1 has no feed at this address (HTTP 404). What was received stays; it is asked again tomorrow."_s.arg(
            host);
    default:
        return u"%1 refuses the feed (HTTP %2). What was received stays; it is asked again tomorrow."_s.arg(host).arg(
            status);
    }
}

} // namespace

FeedClient::FeedClient(ChannelContext context)
    : m_context(std::move(context))
{
}

Result<void> FeedClient::trust(const QUrl &address)
{
    return isAtHome(address) ? m_context.http->allowOrigin(serverOf(address)) : Result<void>();
}

QCoro::Task<Result<FeedSettings>> FeedClient::settings()
{
    if (m_settings) {
        const FeedSettings kept = *m_settings; // returned as it is, it would be moved from (QCoro 0.8)
        co_return kept;
    }
    const QPointer<FeedClient> alive(this);
    QCoro::Task<Result<QByteArray>> reading = m_context.secrets->read(secretKey());
    const Result<QByteArray> stored = co_await reading;
    if (!alive)
        co_return cancelled();
    if (!stored && stored.error().kind == ErrorKind::NotFound)
        co_return failure(
            ErrorKind::Unauthorised,
            u"The keychain does not know this feed's address any more. What was received stays; connect the feed again."_s);
    if (!stored)
        co_return failure(stored.error());
    const Result<FeedSettings> settings = readSettings(*stored);
    if (!settings)
        co_return settings;
    if (const Result<void> trusted = trust(settings->address); !trusted)
        co_return failure(trusted.error());
    m_settings = *settings;
    co_return settings;
}

QCoro::Task<Result<void>> FeedClient::adopt(FeedSettings settings)
{
    const QPointer<FeedClient> alive(this);
    QCoro::Task<Result<void>> writing = m_context.secrets->write(secretKey(), writeSettings(settings));
    const Result<void> written = co_await writing;
    if (alive && written)
        m_settings = settings;
    co_return written;
}

QCoro::Task<Result<void>> FeedClient::forget()
{
    m_settings.reset();
    return m_context.secrets->remove(secretKey());
}

QCoro::Task<Result<net::HttpResponse>> FeedClient::ask(QUrl address, QByteArray etag, QByteArray modified)
{
    const QString host = address.host();
    if (const Result<void> trusted = trust(address); !trusted)
        co_return failure(trusted.error());
    net::HttpRequest request;
    request.url = address;
    request.pauseGroup = m_context.pauseGroup;
    request.headers = {{"Accept", "application/atom+xml, application/rss+xml, application/feed+json, "
                                  "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"}};
    if (!etag.isEmpty())
        request.headers.emplace_back("If-None-Match", etag);
    if (!modified.isEmpty())
        request.headers.emplace_back("If-Modified-Since", modified);
    const bool isConditional = !etag.isEmpty() || !modified.isEmpty();
    QCoro::Task<Result<net::HttpResponse>> sending = m_context.http->send(std::move(request));
    Result<net::HttpResponse> response = co_await sending;
    if (!response)
        co_return failure(ofHost(response.error(), host));
    if (std::optional<Error> refusal = refusalOf(response->status, host))
        co_return failure(std::move(*refusal));
    if (response->status == 304 && !isConditional)
        co_return failure(
            ErrorKind::InvalidReply,
            u"%1 says that nothing has changed, but was not asked that. Nothing is lost; it will be asked again."_s.arg(
                host));
    co_return response;
}

QString FeedClient::nameOf(const FeedSettings &settings) const
{
    return shortHash(writeSettings(settings) + m_context.secretKey.toUtf8());
}

std::optional<Error> refusalOf(int status, const QString &host)
{
    if ((status >= 200 && status < 300) || status == 304 || status == 410)
        return std::nullopt;
    Error error;
    error.kind = status == 404                    ? ErrorKind::NotFound
                 : status == 401 || status == 403 ? ErrorKind::Forbidden
                                                  : ErrorKind::Rejected;
    error.detail = sentenceOf(status, host);
    error.httpStatus = status;
    error.retryAfter = 24h;
    return error;
}

} // namespace indelible::channels::feeds

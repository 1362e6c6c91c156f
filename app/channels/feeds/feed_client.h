// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/call_errors.h"
#include "app/channels/feeds/feed_position.h"
#include "app/channels/registry.h"
#include "app/net/http_client.h"

#include <QObject>
#include <QUrl>

#include <optional>

#include <QCoroTask>

namespace indelible::channels::feeds {

/// Asks for one feed and keeps its settings in the keychain, under "<secretKey>/feed". Interface thread.
class FeedClient : public QObject
{
    Q_OBJECT
public:
    explicit FeedClient(ChannelContext context);

    /// From the keychain the first time. Unauthorised where there is no entry: the feed has to be connected again.
    QCoro::Task<Result<FeedSettings>> settings();
    /// Puts the settings away and uses them from then on; unchanged where they could not be stored.
    QCoro::Task<Result<void>> adopt(FeedSettings settings);
    QCoro::Task<Result<void>> forget();
    /// The settings as far as they were read; nothing before the first fetch.
    [[nodiscard]] const std::optional<FeedSettings> &known() const { return m_settings; }

    /// The answer for the feed, 304 included, if it is one to be read. Errors: those of HttpClient, with sentences that
    /// fit what is only read, and those of refusalOf().
    QCoro::Task<Result<net::HttpResponse>> ask(QUrl address, QByteArray etag, QByteArray modified);

    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }
    /// Which feed and words these are, and since when: another one for each time that a feed is connected.
    [[nodiscard]] QString nameOf(const FeedSettings &settings) const;

private:
    [[nodiscard]] QString secretKey() const { return m_context.secretKey + QStringLiteral("/feed"); }
    /// A typed address may be one at home.
    Result<void> trust(const QUrl &address);

    ChannelContext m_context;
    std::optional<FeedSettings> m_settings;
};

/// What a status says that is no feed: nothing for 2xx, 304 and 410. 401, 403 and 404 wait a day.
[[nodiscard]] std::optional<Error> refusalOf(int status, const QString &host);

} // namespace indelible::channels::feeds

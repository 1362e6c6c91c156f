// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_session.h"
#include "app/channels/registry.h"
#include "app/channels/session_keeper.h"
#include "app/net/http_client.h"

#include <QFuture>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// One XRPC call, `https://<server>/xrpc/<name>`. A value.
struct Call
{
    net::Method method = net::Method::Get;
    QString name; ///< "app.bsky.feed.getPosts"
    std::vector<std::pair<QString, QString>> query = {};
    QByteArray body = {}; ///< JSON
    bool chat = false;    ///< meant for the message service behind the server
};

/// Where DID documents are found: the public directory, unless a channel is built with another. It knows nothing of
/// accounts on this computer's own servers and is not asked about them.
[[nodiscard]] QUrl usualDirectory();

/// Speaks for one account with its server: adds the token, renews it when the server says it has expired, and repeats
/// the call once. Lives on the interface thread.
///
/// Tokens live in the keychain under "<secretKey>/session". A renewed pair is stored there before it is used, since the
/// old one soon stops working. Calls that find the token expired at the same time share one renewal. Nothing here
/// repeats a call whose outcome is unclear.
///
/// Errors: those of HttpClient; Unauthorised where only signing in again helps; Secrets; InvalidReply; the table in
/// bluesky_errors. Whatever fails before the call itself leaves has provablyNotProcessed set.
class BlueskyClient : public QObject
{
    Q_OBJECT
public:
    BlueskyClient(ChannelContext context, QUrl directory);

    /// The answer's body of a call in the account's name.
    QCoro::Task<Result<QByteArray>> call(Call call);

    /// The same to any server, without a token.
    QCoro::Task<Result<QByteArray>> callOpen(QUrl server, Call call);

    /// A document that is no XRPC call (DID documents).
    QCoro::Task<Result<QByteArray>> document(QUrl address);

    /// The session, from the keychain the first time. Unauthorised where there is none.
    QCoro::Task<Result<Session>> session() { return m_keeper.get(); }

    /// Puts a new session away and uses it from then on; unchanged where it could not be stored.
    QCoro::Task<Result<void>> adopt(Session session) { return m_keeper.adopt(std::move(session)); }

    /// Tells the server to forget the refresh token, then the keychain. The keychain's part is done in any case.
    QCoro::Task<Result<void>> signOut();

    /// A server that the person typed may be one at home or on this computer.
    Result<void> trust(const QUrl &server);

    /// Of the session in memory; true as long as it is not known.
    [[nodiscard]] bool mayUseMessages() const { return !m_keeper.known() || allowsMessages(*m_keeper.known()); }
    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }
    [[nodiscard]] const QUrl &directory() const { return m_directory; }

private:
    QCoro::Task<Result<QByteArray>> sendWith(QUrl server, QString token, Call call);
    QCoro::Task<Result<void>> renew(QString usedToken);
    QCoro::Task<Result<void>> renewNow();

    ChannelContext m_context;
    QUrl m_directory;
    SessionKeeper<Session> m_keeper;
    QFuture<Result<void>> m_renewing;
};

} // namespace indelible::channels::bluesky

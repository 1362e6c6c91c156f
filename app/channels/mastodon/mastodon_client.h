// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mastodon/mastodon_parser.h"
#include "app/channels/mastodon/mastodon_session.h"
#include "app/channels/registry.h"
#include "app/channels/session_keeper.h"
#include "app/net/http_client.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QString>
#include <QUrl>

#include <optional>
#include <utility>
#include <vector>

#include <QCoroTask>

namespace indelible::channels::mastodon {

constexpr qsizetype kVersionsRemembered = 10'000;

/// One call of the client API. A value.
struct Call
{
    net::Method method = net::Method::Get;
    QString path; ///< "/api/v1/notifications"
    std::vector<std::pair<QString, QString>> query = {};
    std::vector<std::pair<QString, QString>> form = {}; ///< body of a POST
    QByteArray idempotencyKey = {};
};

[[nodiscard]] Self selfOf(const Session &session);

/// Speaks for one account with its server. Lives on the interface thread. The session lives in the keychain under
/// "<secretKey>/session". Nothing here repeats a call whose outcome is unclear.
///
/// Errors: those of HttpClient; Unauthorised where only signing in again helps; Secrets; InvalidReply; those of
/// mastodon_errors. Whatever fails before the call itself leaves has provablyNotProcessed set.
class MastodonClient : public QObject
{
    Q_OBJECT
public:
    explicit MastodonClient(ChannelContext context);

    /// A call in the account's name; the bytes of a good answer.
    QCoro::Task<Result<QByteArray>> call(Call call);

    /// A call with a token that no session has yet, or with none.
    QCoro::Task<Result<QByteArray>> callAt(QUrl server, QString token, Call call);

    /// What an address anywhere answers to somebody who is not signed in: whether a status is still there.
    QCoro::Task<Result<QByteArray>> document(QUrl address);

    /// Follows what a server tells as it happens, with the account's token, at the address that the server named. Good
    /// where the server ended it.
    QCoro::Task<Result<void>> follow(QUrl address, QString token, net::Following following);

    /// The session, read from the keychain at the first call.
    QCoro::Task<Result<Session>> session() { return m_keeper.get(); }
    QCoro::Task<Result<void>> adopt(Session session) { return m_keeper.adopt(std::move(session)); }

    /// Revokes the token and forgets it.
    QCoro::Task<Result<void>> signOut();

    /// The session as far as it was read; nothing before the first call.
    [[nodiscard]] const std::optional<Session> &known() const { return m_keeper.known(); }
    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }

    /// What edited statuses said before, by "<id> <time of the last edit>": asked for once, not at every visit.
    using Histories = QCache<QString, std::vector<Wording>>;
    [[nodiscard]] Histories &histories() { return m_histories; }

    /// Called when asking for what stands around a status, or for what it said before, has failed: true from the third
    /// time on, when the rest of the account should not wait for it any longer.
    [[nodiscard]] bool isHopeless(const QString &path);

    /// Lets a server of this computer be used that the person typed.
    Result<void> trust(const QUrl &server);

private:
    ChannelContext m_context;
    SessionKeeper<Session> m_keeper;
    QHash<QString, int> m_failures;             ///< by path
    Histories m_histories{kVersionsRemembered}; ///< each costs one for every version, and one
};

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/registry.h"
#include "app/channels/session_keeper.h"
#include "app/channels/telegram/telegram_cursor.h"
#include "app/channels/telegram/telegram_session.h"
#include "app/domain/item.h"

#include <QFuture>
#include <QJsonObject>
#include <QObject>

#include <optional>
#include <utility>
#include <vector>

#include <QCoroTask>

namespace indelible::channels::telegram {

/// One call of the Bot API. A value. With a body it is a POST, which acts; without one it only reads.
struct Call
{
    QString method; ///< "getUpdates"
    std::vector<std::pair<QString, QString>> query = {};
    QJsonObject body = {};
};

/// Speaks for one bot with its server. Lives on the interface thread. The session lives in the keychain under
/// "<secretKey>/session". The token is part of every address, so that no address is ever shown or logged from here.
///
/// Errors: those of HttpClient; Unauthorised where only a new token helps; Secrets; InvalidReply; those of
/// telegram_errors. Whatever fails before the call itself leaves has provablyNotProcessed set.
class TelegramClient : public QObject
{
    Q_OBJECT
public:
    explicit TelegramClient(ChannelContext context);

    /// A call in the bot's name; the bytes of a good answer.
    QCoro::Task<Result<QByteArray>> call(Call call);
    /// A call with a token that no session in the keychain has yet.
    QCoro::Task<Result<QByteArray>> callAs(Session session, Call call);

    /// A call that only reads and that the service may hold back for long; Cancelled once `stopped` is finished. Stands
    /// outside the turns of the account, so that answers do not wait for it.
    QCoro::Task<Result<QByteArray>> follow(Call call, QFuture<void> stopped);

    /// The session, read from the keychain at the first call.
    QCoro::Task<Result<Session>> session() { return m_keeper.get(); }
    QCoro::Task<Result<void>> adopt(Session session) { return m_keeper.adopt(std::move(session)); }
    /// Forgets the token here. Telegram is told nothing: there is no call that would only end this program's use of it.
    QCoro::Task<Result<void>> forget() { return m_keeper.forget(); }

    /// What the bot itself said, as people quoted it since this program started; the newest few. The one proof that an
    /// answer arrived whose sending had no clear end.
    void rememberOwn(const std::vector<RemoteItem> &items);
    [[nodiscard]] const std::vector<RemoteItem> &own() const { return m_own; }

    /// Up to where the last visit came. What listens asks from there, which tells the service to forget what is below:
    /// so it listens only once that visit is stored (Channel::listen()).
    void noteReached(const Position &position) { m_reached = position; }
    [[nodiscard]] const Position &reached() const { return m_reached; }

    [[nodiscard]] const Clock &clock() const { return *m_context.clock; }
    /// Lets a server of this computer be used that the person typed.
    Result<void> trust(const Session &session);

private:
    ChannelContext m_context;
    SessionKeeper<Session> m_keeper;
    std::vector<RemoteItem> m_own;
    Position m_reached;
};

} // namespace indelible::channels::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_channel.h"

#include "app/channels/telegram/telegram_client.h"
#include "app/channels/telegram/telegram_fetch.h"
#include "app/channels/telegram/telegram_listener.h"
#include "app/channels/telegram/telegram_send.h"
#include "app/channels/telegram/telegram_sign_in.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

TelegramChannel::TelegramChannel(const ChannelContext &context)
    : m_client(std::make_unique<TelegramClient>(context))
    , m_listener(std::make_unique<Listener>(
          m_client->clock(), std::chrono::milliseconds(0),
          [client = QPointer<TelegramClient>(m_client.get())](const auto &run) { return hearUpdates(client, run); }))
{
}

TelegramChannel::~TelegramChannel() = default;

Capabilities TelegramChannel::capabilities() const
{
    Capabilities capabilities;
    capabilities.publicReply = true;
    capabilities.privateReply = true;
    capabilities.publicLimit = messageLimit();
    capabilities.privateLimit = messageLimit();
    return capabilities;
}

QCoro::Task<Result<Identity>> TelegramChannel::signIn(SignIn credentials)
{
    return telegram::signIn(QPointer<TelegramClient>(m_client.get()), std::move(credentials));
}

QCoro::Task<Result<Batch>> TelegramChannel::fetch(Cursor cursor)
{
    // The service takes one question for updates at a time, and what is heard may be known by then.
    m_listener->stop();
    return fetchNext(QPointer<TelegramClient>(m_client.get()), std::move(cursor));
}

QCoro::Task<Result<Batch>> TelegramChannel::context(ThreadRef thread)
{
    // A bot cannot read what was said before, nor whether it is still there.
    Q_UNUSED(thread)
    co_return Batch();
}

QByteArray TelegramChannel::prepareKey(Instant now)
{
    Q_UNUSED(now)
    return {};
}

QCoro::Task<Result<Receipt>> TelegramChannel::send(Outgoing outgoing)
{
    return sendAnswer(QPointer<TelegramClient>(m_client.get()), std::move(outgoing));
}

QCoro::Task<Result<std::optional<Receipt>>> TelegramChannel::find(Outgoing outgoing)
{
    if (const std::optional<Receipt> quoted = quotedAmong(m_client->own(), outgoing))
        co_return quoted;
    co_return failure(
        ErrorKind::Forbidden,
        u"Whether this answer arrived cannot be told: Telegram does not show a bot what it has sent. Look in the chat before sending it again."_s);
}

QCoro::Task<Result<void>> TelegramChannel::signOut()
{
    m_listener->listen({});
    return m_client->forget();
}

void TelegramChannel::listen(std::function<void()> heard)
{
    m_listener->listen(std::move(heard));
}

bool TelegramChannel::isListening() const
{
    return m_listener->isListening();
}

std::unique_ptr<Channel> makeTelegramChannel(const Account &account, const ChannelContext &context)
{
    // Which bot it is, the session in the keychain says.
    Q_UNUSED(account)
    return std::make_unique<TelegramChannel>(context);
}

} // namespace indelible::channels::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_channel.h"

#include "app/channels/bluesky/bluesky_chat.h"
#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/bluesky/bluesky_fetch.h"
#include "app/channels/bluesky/bluesky_post.h"
#include "app/channels/bluesky/bluesky_send.h"
#include "app/channels/bluesky/bluesky_sign_in.h"
#include "app/channels/bluesky/bluesky_threads.h"

#include <QPointer>

namespace indelible::channels::bluesky {

BlueskyChannel::BlueskyChannel(const ChannelContext &context, const QUrl &directory)
    : m_client(std::make_unique<BlueskyClient>(context, directory))
{
}

BlueskyChannel::~BlueskyChannel() = default;

Capabilities BlueskyChannel::capabilities() const
{
    Capabilities capabilities;
    capabilities.publicReply = true;
    capabilities.privateReply = m_client->mayUseMessages();
    capabilities.startPrivate = m_client->mayUseMessages();
    capabilities.publicLimit = postLimit();
    capabilities.privateLimit = messageLimit();
    capabilities.findsSent = true;
    return capabilities;
}

QCoro::Task<Result<Identity>> BlueskyChannel::signIn(SignIn credentials)
{
    return bluesky::signIn(QPointer<BlueskyClient>(m_client.get()), std::move(credentials));
}

QCoro::Task<Result<Batch>> BlueskyChannel::fetch(Cursor cursor)
{
    return fetchNext(QPointer<BlueskyClient>(m_client.get()), std::move(cursor));
}

QCoro::Task<Result<Batch>> BlueskyChannel::context(ThreadRef thread)
{
    const QPointer<BlueskyClient> client(m_client.get());
    return thread.audience == Audience::Private ? chatContext(client, std::move(thread))
                                                : publicContext(client, std::move(thread));
}

QByteArray BlueskyChannel::prepareKey(Instant now)
{
    return m_keys.next(now);
}

QCoro::Task<Result<Receipt>> BlueskyChannel::send(Outgoing outgoing)
{
    return sendAnswer(QPointer<BlueskyClient>(m_client.get()), std::move(outgoing));
}

QCoro::Task<Result<std::optional<Receipt>>> BlueskyChannel::find(Outgoing outgoing)
{
    return findAnswer(QPointer<BlueskyClient>(m_client.get()), std::move(outgoing));
}

QCoro::Task<Result<void>> BlueskyChannel::signOut()
{
    return m_client->signOut();
}

std::unique_ptr<Channel> makeBlueskyChannel(const Account &account, const ChannelContext &context)
{
    // Who the account is and where, the session in the keychain says.
    Q_UNUSED(account)
    return std::make_unique<BlueskyChannel>(context, usualDirectory());
}

} // namespace indelible::channels::bluesky

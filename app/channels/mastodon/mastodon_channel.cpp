// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_channel.h"

#include "app/base/random.h"
#include "app/channels/mastodon/mastodon_client.h"
#include "app/channels/mastodon/mastodon_fetch.h"
#include "app/channels/mastodon/mastodon_listener.h"
#include "app/channels/mastodon/mastodon_send.h"
#include "app/channels/mastodon/mastodon_sign_in.h"

#include <QPointer>

namespace indelible::channels::mastodon {

namespace {

constexpr int kKeyBytes = 16;

} // namespace

MastodonChannel::MastodonChannel(const ChannelContext &context, std::chrono::milliseconds signInLimit,
                                 std::chrono::milliseconds silence)
    : m_client(std::make_unique<MastodonClient>(context))
    , m_listener(std::make_unique<Listener>(m_client->clock(), std::chrono::minutes(1),
                                            [client = QPointer<MastodonClient>(m_client.get()),
                                             silence](const auto &run) { return hearStream(client, silence, run); }))
    , m_signInLimit(signInLimit)
{
}

MastodonChannel::~MastodonChannel() = default;

Capabilities MastodonChannel::capabilities() const
{
    Capabilities capabilities;
    capabilities.publicReply = true;
    capabilities.privateReply = true;
    capabilities.startPrivate = true;
    // Before the session was read no limit is known; send() holds it in any case.
    if (m_client->known())
        capabilities.publicLimit = m_client->known()->limit;
    capabilities.privateLimit = capabilities.publicLimit;
    capabilities.findsSent = false;
    return capabilities;
}

QCoro::Task<Result<Identity>> MastodonChannel::signIn(SignIn credentials)
{
    return mastodon::signIn(QPointer<MastodonClient>(m_client.get()), std::move(credentials), m_signInLimit);
}

QCoro::Task<Result<Batch>> MastodonChannel::fetch(Cursor cursor)
{
    return fetchNext(QPointer<MastodonClient>(m_client.get()), std::move(cursor));
}

QCoro::Task<Result<Batch>> MastodonChannel::context(ThreadRef thread)
{
    return contextOf(QPointer<MastodonClient>(m_client.get()), std::move(thread));
}

QByteArray MastodonChannel::prepareKey(Instant now)
{
    Q_UNUSED(now)
    return randomBytes(kKeyBytes).toHex();
}

QCoro::Task<Result<Receipt>> MastodonChannel::send(Outgoing outgoing)
{
    return sendAnswer(QPointer<MastodonClient>(m_client.get()), std::move(outgoing));
}

QCoro::Task<Result<std::optional<Receipt>>> MastodonChannel::find(Outgoing outgoing)
{
    return findAnswer(QPointer<MastodonClient>(m_client.get()), std::move(outgoing));
}

QCoro::Task<Result<void>> MastodonChannel::signOut()
{
    m_listener->listen({});
    return m_client->signOut();
}

void MastodonChannel::listen(std::function<void()> heard)
{
    m_listener->listen(std::move(heard));
}

bool MastodonChannel::isListening() const
{
    return m_listener->isListening();
}

std::unique_ptr<Channel> makeMastodonChannel(const Account &account, const ChannelContext &context)
{
    // Who the account is and where, the session in the keychain says.
    Q_UNUSED(account)
    return std::make_unique<MastodonChannel>(context);
}

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/listener.h"
#include "app/channels/loopback_redirect.h"
#include "app/channels/registry.h"

#include <chrono>
#include <memory>

namespace indelible::channels::mastodon {

class MastodonClient;

/// The connector for Mastodon and the servers that speak its client API (docs.joinmastodon.org, read 2026-07-02;
/// GoToSocial, Pleroma, snac2). Joins the parts of this folder; README.md there says which is which. Interface thread;
/// errors as promised by Channel.
class MastodonChannel final : public Channel
{
public:
    /// A person has `signInLimit` to sign in in the browser; a server that tells nothing for `silence`, not even that
    /// it is there, is not listened to any longer.
    explicit MastodonChannel(const ChannelContext &context, std::chrono::milliseconds signInLimit = kSignInLimit,
                             std::chrono::milliseconds silence = std::chrono::seconds(90));
    ~MastodonChannel() override;

    [[nodiscard]] Capabilities capabilities() const override;
    QCoro::Task<Result<Identity>> signIn(SignIn credentials) override;
    QCoro::Task<Result<Batch>> fetch(Cursor cursor) override;
    QCoro::Task<Result<Batch>> context(ThreadRef thread) override;
    [[nodiscard]] QByteArray prepareKey(Instant now) override;
    QCoro::Task<Result<Receipt>> send(Outgoing outgoing) override;
    QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) override;
    QCoro::Task<Result<void>> signOut() override;
    void listen(std::function<void()> heard) override;
    [[nodiscard]] bool isListening() const override;

private:
    std::unique_ptr<MastodonClient> m_client;
    std::unique_ptr<Listener> m_listener;
    std::chrono::milliseconds m_signInLimit;
};

[[nodiscard]] std::unique_ptr<Channel> makeMastodonChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::mastodon

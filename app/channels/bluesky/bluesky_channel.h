// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/tid.h"
#include "app/channels/channel.h"
#include "app/channels/registry.h"

#include <QUrl>

#include <memory>

namespace indelible::channels::bluesky {

class BlueskyClient;

/// The connector for Bluesky and other servers of the AT Protocol (lexicons of npm @atproto/api 0.19.19). Joins the
/// parts of this folder; README.md there says which is which. Interface thread; errors as promised by Channel.
class BlueskyChannel final : public Channel
{
public:
    BlueskyChannel(const ChannelContext &context, const QUrl &directory);
    ~BlueskyChannel() override;

    [[nodiscard]] Capabilities capabilities() const override;
    QCoro::Task<Result<Identity>> signIn(SignIn credentials) override;
    QCoro::Task<Result<Batch>> fetch(Cursor cursor) override;
    QCoro::Task<Result<Batch>> context(ThreadRef thread) override;
    [[nodiscard]] QByteArray prepareKey(Instant now) override;
    QCoro::Task<Result<Receipt>> send(Outgoing outgoing) override;
    QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) override;
    QCoro::Task<Result<void>> signOut() override;

private:
    std::unique_ptr<BlueskyClient> m_client;
    TidGenerator m_keys;
};

[[nodiscard]] std::unique_ptr<Channel> makeBlueskyChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::bluesky

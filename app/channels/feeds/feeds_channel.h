// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/registry.h"

#include <memory>

namespace indelible::channels::feeds {

class FeedClient;

/// One feed (RSS, Atom, JSON Feed, Google Alerts) as an account that is only read: nothing is ever sent, and there is
/// nobody to sign in as. Joins the parts of this folder; README.md there says which is which. Interface thread; errors
/// as promised by Channel.
class FeedsChannel final : public Channel
{
public:
    explicit FeedsChannel(const ChannelContext &context);
    ~FeedsChannel() override;

    [[nodiscard]] Capabilities capabilities() const override;
    /// The address is SignIn::secret; SignIn::words are the watch words; SignIn::cadence says when items come in.
    QCoro::Task<Result<Identity>> signIn(SignIn credentials) override;
    QCoro::Task<Result<Batch>> fetch(Cursor cursor) override;
    /// Nothing: a feed is one document, and fetch() has read all of it.
    QCoro::Task<Result<Batch>> context(ThreadRef thread) override;
    [[nodiscard]] QByteArray prepareKey(Instant now) override;
    QCoro::Task<Result<Receipt>> send(Outgoing outgoing) override;
    QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) override;
    QCoro::Task<Result<void>> signOut() override;

private:
    std::unique_ptr<FeedClient> m_client;
};

[[nodiscard]] std::unique_ptr<Channel> makeFeedsChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::feeds

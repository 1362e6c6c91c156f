// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/listener.h"
#include "app/channels/registry.h"

#include <memory>

namespace indelible::channels::telegram {

class TelegramClient;

/// The connector for a Telegram bot (core.telegram.org/bots/api, version 10.3 of 2026-08-24). Joins the parts of this
/// folder; README.md there says which is which. Interface thread; errors as promised by Channel.
class TelegramChannel final : public Channel
{
public:
    explicit TelegramChannel(const ChannelContext &context);
    ~TelegramChannel() override;

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
    std::unique_ptr<TelegramClient> m_client;
    std::unique_ptr<Listener> m_listener;
};

[[nodiscard]] std::unique_ptr<Channel> makeTelegramChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::telegram

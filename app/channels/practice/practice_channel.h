// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/registry.h"

#include <memory>

namespace indelible::channels::practice {

/// One account of the practice network: a network inside the program whose invented people answer back when they are
/// answered. Everything goes the way of a real account (cursor, outbox, receipts); nothing leaves the computer.
///
/// Lives on the interface thread like every channel; its file is read and written on a pool thread (rule R9). The
/// network starts with the first fetch, context or send, and remembers that moment. All accounts of a workspace share
/// one file in ChannelContext::dataFolder; each call reads it anew, so that no account sees yesterday's network.
///
/// Errors besides those of the network (practice_server.h): Damaged, NewerSchema, Storage for its file; NotFound where
/// the account is none of the practice world's.
class PracticeChannel final : public Channel
{
public:
    PracticeChannel(Account account, ChannelContext context);

    [[nodiscard]] Capabilities capabilities() const override;
    /// Takes no password. The handle chooses the account (its network, handle or name); empty = the one it was made
    /// for.
    QCoro::Task<Result<Identity>> signIn(SignIn credentials) override;
    /// At most 20 events.
    QCoro::Task<Result<Batch>> fetch(Cursor cursor) override;
    QCoro::Task<Result<Batch>> context(ThreadRef thread) override;
    [[nodiscard]] QByteArray prepareKey(Instant now) override;
    QCoro::Task<Result<Receipt>> send(Outgoing outgoing) override;
    QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) override;
    QCoro::Task<Result<void>> signOut() override;

private:
    Account m_account;
    ChannelContext m_context;
};

[[nodiscard]] std::unique_ptr<Channel> makePracticeChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::practice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/registry.h"

#include <memory>

namespace indelible::channels::mail {

class MailClient;

/// The connector for a mailbox: read by IMAP, answered by SMTP. Joins the parts of this folder; README.md there says
/// which is which. Interface thread; errors as promised by Channel.
class MailChannel final : public Channel
{
public:
    explicit MailChannel(const ChannelContext &context);
    ~MailChannel() override;

    [[nodiscard]] Capabilities capabilities() const override;
    QCoro::Task<Result<Identity>> signIn(SignIn credentials) override;
    QCoro::Task<Result<Batch>> fetch(Cursor cursor) override;
    QCoro::Task<Result<Batch>> context(ThreadRef thread) override;
    QCoro::Task<Result<Attachment>> attachment(AttachmentRef ref) override;
    [[nodiscard]] QByteArray prepareKey(Instant now) override;
    QCoro::Task<Result<Receipt>> send(Outgoing outgoing) override;
    QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) override;
    QCoro::Task<Result<void>> signOut() override;
    void listen(std::function<void()> heard) override;
    [[nodiscard]] bool isListening() const override;

private:
    std::unique_ptr<MailClient> m_client;
};

[[nodiscard]] std::unique_ptr<Channel> makeMailChannel(const Account &account, const ChannelContext &context);

} // namespace indelible::channels::mail

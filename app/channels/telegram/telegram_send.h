// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/telegram/telegram_client.h"

#include <QPointer>

#include <optional>
#include <vector>

namespace indelible::channels::telegram {

/// Of a message, counted as positions in it are: in UTF-16 units.
[[nodiscard]] TextLimit messageLimit();

/// Refuses what cannot be sent before anything is. Pure.
[[nodiscard]] Result<void> checkOutgoing(const Outgoing &outgoing);

/// The body of the call that sends an answer: plain text, below what it answers, and not at all where that is gone.
/// Pure.
[[nodiscard]] QJsonObject messageBody(const Outgoing &outgoing);

/// The answer among what people have quoted of the bot: same chat, same words, not older. Pure.
[[nodiscard]] std::optional<Receipt> quotedAmong(const std::vector<RemoteItem> &own, const Outgoing &outgoing);

/// Sends once. The service takes no key, so that ServerTrouble, Timeout and InvalidReply without provablyNotProcessed
/// mean: it may be there, and the service shows nobody whether it is.
QCoro::Task<Result<Receipt>> sendAnswer(QPointer<TelegramClient> client, Outgoing outgoing);

} // namespace indelible::channels::telegram

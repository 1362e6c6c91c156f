// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/telegram/telegram_client.h"

#include <QPointer>

#include <chrono>
#include <optional>

namespace indelible::channels::telegram {

/// Asks for what waits, from a number on; the service holds an empty answer back for `heldBack`.
[[nodiscard]] Call updatesCall(std::optional<qint64> offset, int limit, std::chrono::seconds heldBack);

/// One page of what people wrote to the bot, as it is now: a visit waits for nothing (telegram_listener does). Conflict
/// where another program fetches for this bot.
QCoro::Task<Result<Batch>> fetchNext(QPointer<TelegramClient> client, Cursor cursor);

} // namespace indelible::channels::telegram

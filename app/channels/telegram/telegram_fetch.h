// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/telegram/telegram_client.h"

#include <QPointer>

namespace indelible::channels::telegram {

/// One page of what people wrote to the bot. Asks without waiting for more (timeout 0): the engine does one thing at a
/// time for an account, and answers must not wait for a long poll. Conflict where another program fetches for this bot.
QCoro::Task<Result<Batch>> fetchNext(QPointer<TelegramClient> client, Cursor cursor);

} // namespace indelible::channels::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/telegram/telegram_client.h"

#include <QPointer>

namespace indelible::channels::telegram {

/// Asks whose token this is, and keeps it in the keychain. SignIn::secret is the token that @BotFather gave out;
/// SignIn::server only for an API server of one's own.
QCoro::Task<Result<Identity>> signIn(QPointer<TelegramClient> client, SignIn credentials);

} // namespace indelible::channels::telegram

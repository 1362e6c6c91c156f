// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/listener.h"
#include "app/channels/telegram/telegram_client.h"

#include <QPointer>

#include <memory>

#include <QCoroTask>

namespace indelible::channels::telegram {

/// Hears from the service that something waits (core.telegram.org/bots/api#getupdates): asks again and again, and the
/// service holds each answer back until there is something, 50 s at most. Nothing is taken: it asks from where the last
/// visit came to, so that the service forgets nothing, and what waits is fetched by the next visit. Ends once it has
/// said so. Interface thread. Errors: those of the client; NotFound where a server answers at once with nothing.
QCoro::Task<Result<void>> hearUpdates(QPointer<TelegramClient> client, std::shared_ptr<Listener::Run> run);

} // namespace indelible::channels::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/listener.h"
#include "app/channels/mastodon/mastodon_client.h"

#include <QPointer>

#include <chrono>
#include <memory>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// Hears from a server that something has come (docs.joinmastodon.org/methods/streaming, read 2026-07-02): the stream
/// of notifications, by server-sent events. Says so once when it begins, since nothing is told again that came before.
/// `silence` is an end: Mastodon says every 15 s that it is there. Interface thread. Errors: those of the client;
/// NotFound where the server has no such stream.
QCoro::Task<Result<void>> hearStream(QPointer<MastodonClient> client, std::chrono::milliseconds silence,
                                     std::shared_ptr<Listener::Run> run);

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/bluesky/bluesky_parser.h"
#include "app/channels/channel.h"

#include <QPointer>

#include <vector>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// Levels of answers asked for. The network allows 1,000, but a level is two levels of JSON and Qt's reader stops at
/// 1,024; what lies deeper is fetched from the post that notified.
constexpr int kThreadDepth = 400;

/// The whole thread around a post. Where the network does not show the root, or the tree is too large to be read or
/// does not hold the post (very long threads are cut), the way from the post up to the root; in the end the post
/// itself, which came with the notification.
QCoro::Task<Result<std::vector<RemoteItem>>> threadAround(QPointer<BlueskyClient> client, RemoteItem post);

/// A public thread as it is now, and what of `thread.knownItems` has gone and why. Whether a post was deleted by its
/// author or is only not shown is asked at the author's own server; where that cannot be reached, nothing is claimed.
QCoro::Task<Result<Batch>> publicContext(QPointer<BlueskyClient> client, ThreadRef thread);

} // namespace indelible::channels::bluesky

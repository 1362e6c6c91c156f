// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::feeds {

class FeedClient;

/// Fetches the feed once to see that it is one, and keeps its address and words.
[[nodiscard]] QCoro::Task<Result<Identity>> connectFeed(QPointer<FeedClient> client, SignIn credentials);

/// The feed as it is now, or that nothing has changed. There is no more than one page: what has left the document is
/// not to be had any more, so a document that holds nothing known is said to be a possible gap.
[[nodiscard]] QCoro::Task<Result<Batch>> fetchFeed(QPointer<FeedClient> client, Cursor cursor);

} // namespace indelible::channels::feeds

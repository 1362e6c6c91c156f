// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mastodon/mastodon_client.h"

#include <QPointer>

#include <optional>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// Sends an answer once, under the key it was queued with. Not every server honours that key, so nothing is repeated
/// here.
///
/// Errors besides the client's: Rejected before anything is sent (empty, too long, nothing to answer). Kinds
/// ServerTrouble, Timeout and InvalidReply without provablyNotProcessed mean: it may be there.
QCoro::Task<Result<Receipt>> sendAnswer(QPointer<MastodonClient> client, Outgoing outgoing);

/// Looks for an answer whose sending had no clear end: among our own latest statuses, and below what it answers. One
/// with the same parent and the same words, posted no earlier than two minutes before the answer was written, is taken
/// for it. If there is none, Forbidden: it may still be on its way, and lists come late.
QCoro::Task<Result<std::optional<Receipt>>> findAnswer(QPointer<MastodonClient> client, Outgoing outgoing);

} // namespace indelible::channels::mastodon

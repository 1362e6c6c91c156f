// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/channel.h"

#include <QPointer>

#include <optional>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// Sends an answer once. A public one goes out under the key it was queued with, so that the network never has two; a
/// private one has no key, and after an unclear end is only looked for.
///
/// Errors besides the client's: Rejected before anything is sent (empty, too long, nothing to answer); Conflict where
/// other content stands under our key; Forbidden where the person takes no private messages. Kinds ServerTrouble,
/// Timeout and InvalidReply without provablyNotProcessed mean: it may be there.
QCoro::Task<Result<Receipt>> sendAnswer(QPointer<BlueskyClient> client, Outgoing outgoing);

/// Looks for an answer whose sending had no clear end. Public: certain either way. Private: a message of ours with the
/// same words, sent no earlier than two minutes before the answer was written, is taken for it; if there is none,
/// Forbidden, since the network may still be delivering it.
QCoro::Task<Result<std::optional<Receipt>>> findAnswer(QPointer<BlueskyClient> client, Outgoing outgoing);

} // namespace indelible::channels::bluesky

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/bluesky/bluesky_cursor.h"
#include "app/channels/bluesky/bluesky_messages.h"
#include "app/channels/channel.h"

#include <QPointer>

#include <optional>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// One step of reading private messages, and the position behind it. The first run asks for the log's resume point
/// before it reads conversations, so that nothing falls between; later runs read the log alone. A message service that
/// is missing, may not be used or cannot be understood makes the batch limited and keeps its own place; mentions do not
/// wait for it.
QCoro::Task<Result<Batch>> fetchMessages(QPointer<BlueskyClient> client, Position position);

/// A whole conversation as it is now.
QCoro::Task<Result<Batch>> chatContext(QPointer<BlueskyClient> client, ThreadRef thread);

/// A page of a conversation, newest first; `page` empty = the newest.
QCoro::Task<Result<MessagePage>> messagePage(QPointer<BlueskyClient> client, QString convoId, QString page);

/// A call to the message service.
[[nodiscard]] Call chatCall(net::Method method, const QString &name, std::vector<std::pair<QString, QString>> query);

} // namespace indelible::channels::bluesky

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/bluesky/bluesky_client.h"
#include "app/channels/channel.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::bluesky {

/// One network page of what is new, and the threads of what it names. A round goes through notifications, our own
/// posts, private messages; the cursor says where it is. A page of notifications that cannot be read as a whole
/// is an error and leaves the cursor where it was; one of the feed or the messages keeps that part's place, makes the
/// batch limited and lets the others go on.
QCoro::Task<Result<Batch>> fetchNext(QPointer<BlueskyClient> client, Cursor cursor);

} // namespace indelible::channels::bluesky

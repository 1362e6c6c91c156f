// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mastodon/mastodon_client.h"

#include <QPointer>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// One network page of what is new, with the threads of what it names. A round goes through notifications and our own
/// statuses; the cursor says where it is. Notifications that cannot be read are an error and leave the cursor where it
/// was; our own statuses only make the batch limited.
QCoro::Task<Result<Batch>> fetchNext(QPointer<MastodonClient> client, Cursor cursor);

/// A conversation as it is now, and what of it is not shown any more. Whether it was deleted by its author is asked at
/// the author's own server.
QCoro::Task<Result<Batch>> contextOf(QPointer<MastodonClient> client, ThreadRef thread);

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_worker.h"

namespace indelible::channels::mail {

/// How far back the first fetch goes.
constexpr int kFirstDays = 30;

/// One page of what is new: up to kMailsAtOnce mails of one folder, oldest first. A round goes through the folder of
/// sent mails and the inbox. A folder whose UIDVALIDITY has changed is read again from kFirstDays ago: mails are known
/// by their Message-IDs, so nothing comes twice. Where the folder of sent mails is missing or refused, the batch is
/// limited. Blocking; on the worker's thread.
Result<Batch> fetchNext(MailDesk &desk, const Session &session, const Cursor &cursor, Instant now);

/// What of a conversation is in neither of the folders any more: it was deleted or moved away. Blocking; on the
/// worker's thread.
Result<Batch> contextOf(MailDesk &desk, const Session &session, const ThreadRef &thread);

} // namespace indelible::channels::mail

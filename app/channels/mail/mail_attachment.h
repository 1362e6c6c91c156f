// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_worker.h"

namespace indelible::channels::mail {

/// The largest mail out of which a file is fetched, in bytes as the server counts them.
constexpr qint64 kMostWithFiles = 50'000'000;

/// Finds the mail by its Message-ID, in the inbox or among the sent mails, reads it without marking it as read and
/// takes the file out. NotFound = it is in neither of them; Forbidden = it has no Message-ID to be found by; Rejected =
/// it is too large. Blocking; on the worker's thread.
Result<Attachment> fetchAttachment(MailDesk &desk, const Session &session, const AttachmentRef &ref);

} // namespace indelible::channels::mail

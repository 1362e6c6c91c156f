// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_worker.h"

namespace indelible::channels::mail {

/// Hands an answer in, once; then puts a copy among the sent mails, unless the server did, and marks what it answers.
/// That these two fail changes nothing about the answer's having gone out. Blocking; on the worker's thread.
Result<Receipt> sendAnswer(MailDesk &desk, const Session &session, const Outgoing &outgoing);

/// Looks for an answer by its Message-ID, among the sent mails and in the inbox. That it is not there proves nothing:
/// few servers keep what they forward. Forbidden then. Blocking; on the worker's thread.
Result<std::optional<Receipt>> findAnswer(MailDesk &desk, const Session &session, const Outgoing &outgoing);

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_parser.h"
#include "app/channels/mail/mail_parts.h"

#include <optional>

namespace indelible::channels::mail {

/// What a mail server reports of a mail that it could not deliver, or not yet (RFC 6522, RFC 3464). Nothing for a mail
/// that is no such report, reports anything else, or does not name the mail that it is about. Without `Bounce::item`.
/// What is read here is no proof: anybody can write it. Pure; `root` may be null.
[[nodiscard]] std::optional<Bounce> bounceIn(GMimeObject *root);

/// A report to programs, on a delivery or anything else: written by a program, whatever else its header says. Not every
/// mail server calls it multipart/report; OpenSMTPD does not.
[[nodiscard]] bool isReport(GMimeObject *root);

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/handout.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace indelible::anchor {

// A checkpoint as the draft of an e-mail. Pure.

struct Recipient
{
    QString name;       ///< may be empty
    QByteArray address; ///< ASCII, as it may stand in a header; empty = the person fills it in before sending
};

/// "notary@example.org", "Our notary <notary@example.org>", or words without @. Usage where there are line breaks or
/// other control characters, or what has an @ is not exactly one address.
[[nodiscard]] Result<Recipient> recipientFrom(const QString &typed);

/// A message (RFC 5322, MIME) that mail programs open as a draft (X-Unsent). The checkpoint's text is its attachment,
/// in base64, so that no program on the way breaks its lines. It has no sender and no date: both are the mail
/// program's. Errors: those of recipientFrom().
[[nodiscard]] Result<QByteArray> anchorMail(const Handout &handout);

} // namespace indelible::anchor

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_entry.h"
#include "app/anchor/anchor_text.h"
#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>

namespace indelible::anchor {

// What somebody else gets, in each of its forms. Pure.

/// A checkpoint that is about to leave.
struct Handout
{
    AnchorText anchor; ///< a checkpoint, with its key
    Instant at{};
    QString business; ///< its name; empty = it was given none
    QString to;       ///< who keeps it, in the person's words
};

/// "22 November 2026, 09:00 UTC": English and UTC, since nobody knows who reads it and where.
[[nodiscard]] QString dayOf(Instant at);
/// "1,234,567".
[[nodiscard]] QString countOf(qint64 entries);

/// The whole file. `form` is not Rfc3161, whose file is what the server answers. Errors: Usage (a recipient of a mail
/// that is none).
[[nodiscard]] Result<QByteArray> fileOf(How form, const Handout &handout);

/// What the person wrote as who keeps it, fit for the record: on one line, not endless. Usage where that is nothing, or
/// for a mail what recipientFrom() refuses.
[[nodiscard]] Result<QString> keeperFrom(How form, const QString &typed);

} // namespace indelible::anchor

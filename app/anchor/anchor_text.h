// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/record/signed_note.h"

#include <QByteArray>

#include <optional>

namespace indelible::anchor {

// A checkpoint as a text that a person, a mail or a notary can keep. Pure.

/// What such a text says.
struct AnchorText
{
    QByteArray note;                    ///< the signed note, byte for byte
    std::optional<record::NoteKey> key; ///< who signed it, as the text claims; a note alone claims nobody
};

/// How many entries a checkpoint's note is about; 0 where it is none.
[[nodiscard]] qint64 entriesOf(const QByteArray &note);

/// The whole file in UTF-8: two sentences for its reader, the note, the verifier key. `note` is a checkpoint, `key` is
/// there.
[[nodiscard]] QByteArray anchorText(const AnchorText &anchor, Instant at);

/// Reads it back, also where something was written around it or a mail made its line ends CR LF; or a note alone, as
/// the QR code of a page holds it. Rejected where there is not exactly one checkpoint and one key, or what stands there
/// is neither. Whether the signature is good is not asked here.
[[nodiscard]] Result<AnchorText> anchorFromText(const QByteArray &text);

} // namespace indelible::anchor

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/signed_note.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace indelible::record {

/// What a signature promises about the record: its first `size` entries have this root (c2sp.org/tlog-checkpoint).
struct Checkpoint
{
    QString origin; ///< which record: originOf()
    qint64 size = 0;
    QByteArray root; ///< 32 bytes
    friend bool operator==(const Checkpoint &, const Checkpoint &) = default;
};

/// "indelible/" and the log's id in hexadecimal; also the name of its key.
[[nodiscard]] QString originOf(const QByteArray &logId);

/// Whether a name is the originOf() a log.
[[nodiscard]] bool isOrigin(const QString &name);

/// The three lines of its note.
[[nodiscard]] QByteArray checkpointText(const Checkpoint &checkpoint);

/// Nothing where it is no checkpoint: not exactly three lines, a size with signs or leading zeros, another length of
/// root. (Extension lines, which the specification allows, are never written here and would be promises nobody checks.)
[[nodiscard]] std::optional<Checkpoint> checkpointFromText(const QByteArray &text);

[[nodiscard]] QByteArray signCheckpoint(const Checkpoint &checkpoint, const SigningKey &key);

/// The checkpoint of a note that `key` signed in the name of the checkpoint's own origin; nothing otherwise.
[[nodiscard]] std::optional<Checkpoint> openCheckpoint(const QByteArray &note, const NoteKey &key);

/// The checkpoint of a note that has one signature, in the name of the record that it is about; nothing otherwise. Says
/// nothing of whether the signature is good.
[[nodiscard]] std::optional<Checkpoint> soleCheckpoint(const QByteArray &note);

} // namespace indelible::record

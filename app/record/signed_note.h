// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/ed25519.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace indelible::record {

// A signed note as C2SP specifies it (c2sp.org/signed-note): a text, an empty line, and lines of signatures. Pure.

struct NoteSignature
{
    QString name;         ///< of the key
    QByteArray keyId;     ///< 4 bytes
    QByteArray signature; ///< without the key id
    friend bool operator==(const NoteSignature &, const NoteSignature &) = default;
};

struct SignedNote
{
    QByteArray text; ///< ends with a line feed
    std::vector<NoteSignature> signatures;
    friend bool operator==(const SignedNote &, const SignedNote &) = default;
};

/// Who a signature says it is from: a name without white space and plus signs, and an Ed25519 key.
struct NoteKey
{
    QString name;
    QByteArray publicKey;
    friend bool operator==(const NoteKey &, const NoteKey &) = default;
};

/// SHA-256(name, line feed, 0x01, key), the first four bytes.
[[nodiscard]] QByteArray noteKeyId(const NoteKey &key);

/// "name+keyid+key": how others keep a key in order to check notes with it.
[[nodiscard]] QByteArray verifierText(const NoteKey &key);
/// Nothing where it is no such line of an Ed25519 key, or its id is not the key's.
[[nodiscard]] std::optional<NoteKey> verifierFromText(QByteArrayView text);

/// The whole note with one signature. `text` ends with a line feed.
[[nodiscard]] QByteArray signNote(const QByteArray &text, const QString &name, const SigningKey &key);

/// Nothing where the bytes are no note: not UTF-8, control characters, no empty line, no signature, a broken signature
/// line, or more than 64 KiB or 100 signatures.
[[nodiscard]] std::optional<SignedNote> parseNote(const QByteArray &bytes);

/// True when the key signed the text: there is exactly one signature of its name and id, and it is good. Signatures of
/// others are passed over.
[[nodiscard]] bool isSignedBy(const SignedNote &note, const NoteKey &key);

} // namespace indelible::record

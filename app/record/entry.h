// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QByteArray>
#include <QString>

#include <limits>
#include <optional>

namespace indelible::record {

/// What an entry says happened. Frozen numbers; unknown ones verify and are shown as unknown.
enum class Kind : quint16 {
    Genesis = 1,
    ItemSeen = 2,
    ItemEdit = 3,
    ItemGone = 4,
    CaseOpen = 5,
    CaseState = 6,
    Assign = 7,
    Note = 8,
    ReplyIntent = 9,
    ReplyAttempt = 10,
    ReplyResult = 11,
    Export = 12,
    Erase = 13,
    Hold = 14,
    Anchor = 15,
    KeyChange = 16,
    Restore = 17,
    Clock = 18,
    Account = 19,
    Verify = 20,
    Retention = 21,
    Migrate = 22,
    ConversationState = 23, ///< marked done or opened again
    Coverage = 24,          ///< how a place that is not connected is looked after, and that somebody looked
};

/// What tables call it, in English and frozen, since bundles are checked by it: "item seen"; "kind 99" for one that is
/// not known. Pure.
[[nodiscard]] QString kindName(quint16 kind);

inline constexpr quint16 kFlagHuman = 1;          ///< a person did it
inline constexpr quint16 kFlagClockBackwards = 2; ///< the computer's clock went back since the entry before
inline constexpr quint16 kFlagAttachments = 4;    ///< the body is a list of attachments
inline constexpr quint16 kKnownFlags = 7;

inline constexpr qsizetype kEntryBytes = 108;
inline constexpr qsizetype kSaltBytes = 32;
inline constexpr qsizetype kIdBytes = 16;
inline constexpr quint64 kNoPrevious = std::numeric_limits<quint64>::max();

/// One entry of the record: 108 bytes, integers big-endian, never personal data. The layout is in app/record/README.md
/// and is frozen: the log's identity, its place, when, what, about whom, by whom, the entry before of the same subject,
/// and the commitment to a body that is stored beside it.
struct Entry
{
    QByteArray logId; ///< 16 bytes
    quint64 idx = 0;
    quint64 timeMs = 0;
    quint16 kind = 0;
    quint16 flags = 0;
    QByteArray subject; ///< 16 bytes; zeros = the system
    quint32 subjectSeq = 0;
    quint32 actor = 0; ///< team member's number; 0 = the program
    quint64 previous = kNoPrevious;
    QByteArray commitment; ///< 32 bytes

    [[nodiscard]] QByteArray toBytes() const;
    /// Nothing where the bytes are no entry: wrong length, wrong magic or unknown flags.
    [[nodiscard]] static std::optional<Entry> fromBytes(const QByteArray &bytes);
    friend bool operator==(const Entry &, const Entry &) = default;
};

/// SHA-256("SIBODY1" || salt || u64(length of body) || body): hides the body, and binds the entry to it.
[[nodiscard]] QByteArray commitment(const QByteArray &salt, const QByteArray &body);

[[nodiscard]] inline QByteArray systemSubject()
{
    return QByteArray(kIdBytes, '\0');
}

} // namespace indelible::record

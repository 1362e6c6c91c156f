// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace indelible::seal {

/// What was sealed, beside the backups: a backup from before still holds the words, and a restore seals them again
/// before the workspace opens. Holds no personal data: leaf hashes of entries, and keyed hashes of remote ids. An entry
/// goes by its leaf hash, because numbers are given anew after a restore.
///
///     indelible-erasures/1 <log id> <key of the hashes>
///     seal <leaf> <reason> <time>
///     out <hash>
struct ErasureList
{
    QByteArray logId;
    QByteArray key;
    QHash<QByteArray, QString> leaves; ///< leaf hash -> reason
    QList<QByteArray> marks;           ///< kept out (app/store/seal_table.h)
    QList<Instant> times;              ///< when something was sealed
};

/// The list as a file holds it, and back. A last line that was broken off is passed over: then the seal did not happen
/// either. Errors: Damaged (something that is no such list).
[[nodiscard]] QByteArray erasureBytes(const ErasureList &list);
[[nodiscard]] Result<ErasureList> erasuresFrom(const QByteArray &bytes);

/// "erasures.list" in this folder of backups.
[[nodiscard]] QString erasureListIn(const QString &backups);

/// Nothing where there is no such file, or not yet a line in it. Errors: Damaged, Storage.
[[nodiscard]] Result<std::optional<ErasureList>> readErasureList(const QString &file);

/// Adds these lines, and brings them to the disk; makes the file and its folder. The last of `list.times` is that of
/// all of them. Errors: Storage, DiskFull, Conflict (the file is another workspace's).
[[nodiscard]] Result<void> appendErasures(const QString &file, const ErasureList &list);

/// Adds to the list what another one knows and it does not. Errors: as appendErasures().
[[nodiscard]] Result<void> adoptErasures(const QString &file, const ErasureList &other);

/// How long a daily backup from before a seal is kept at most, once there is a newer one: it holds words that the law
/// wants gone.
inline constexpr std::chrono::days kKeptAfterSeal(28);

/// What the list should be told of these sealed entries. Inside a function given to Database.
[[nodiscard]] ErasureList erasuresOf(store::Connection &connection, const QList<qint64> &entries, const QString &reason,
                                     Instant now);

/// Seals again what the list names and this database still holds, in the caller's transaction, and keeps out what it
/// keeps out. Gives the number of entries sealed. A list of another workspace does nothing. Throws StoreException.
[[nodiscard]] int repeatSeals(store::Connection &connection, const Clock &clock, quint32 member,
                              const ErasureList &list);

} // namespace indelible::seal

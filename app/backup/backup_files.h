// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace indelible::backup {

// The files in <workspace>/backups: how they are named, and which may go. Pure.

inline constexpr int kDaysKept = 7;
inline constexpr int kWeeksKept = 4;

/// "backups" below the workspace.
[[nodiscard]] QString backupFolder(const QString &workspace);

/// "indelible-2026-11-22T09-00-00Z.sqlite"
[[nodiscard]] QString dailyName(Instant at);
/// "before-schema-3-2026-11-22T09-00-00Z.sqlite"; these are never removed by the program.
[[nodiscard]] QString beforeMigrationName(int schema, Instant at);

/// When a daily backup was made; nothing where the name is not one of dailyName().
[[nodiscard]] std::optional<Instant> madeAt(const QString &name);

/// The newest daily backup among these names.
[[nodiscard]] std::optional<Instant> newestDaily(const QStringList &names);

/// What a copy is called until it is whole: this behind its name, the last six letters as nothing else there has them.
inline constexpr QLatin1StringView kUnfinished(".part-XXXXXX");
/// Whether it is what a daily backup that was broken off has left.
[[nodiscard]] bool isUnfinished(const QString &name);

/// Whether there is none yet of the day of `now` (UTC).
[[nodiscard]] bool isDailyDue(const QStringList &names, Instant now);

/// Which daily backups may go: all but the newest of each of the last kDaysKept days that have one, and the newest of
/// each of the last kWeeksKept weeks (Monday to Sunday) that have one. Days and weeks without a backup do not count, so
/// that a computer that was off for months loses nothing. Names that are not of dailyName() are never among them, nor
/// are those later than `now`: they were made under a wrong clock and say nothing of the others.
[[nodiscard]] QStringList dailyToRemove(QStringList names, Instant now);

/// Daily backups made before one of these seals, where it is seal::kKeptAfterSeal ago.
[[nodiscard]] QStringList dailyOutlived(QStringList names, const QList<Instant> &seals, Instant now);

/// Whole copies in the workspace's folder that the program never removes (before a migration, replaced by a restore):
/// their paths.
[[nodiscard]] QStringList copiesNeverRemoved(const QString &workspace);

} // namespace indelible::backup

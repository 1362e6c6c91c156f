// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <vector>

namespace indelible::bench {

// Each measure runs in a process of its own and gives what it measured; times in milliseconds, memory in KiB.

[[nodiscard]] QJsonObject fill(const QString &folder, qint64 items); ///< ingest in pages of 100, FULL
[[nodiscard]] QJsonObject rawFill(const QString &file,
                                  qint64 items); ///< the same texts: plain table and FTS5, C interface, FULL
[[nodiscard]] QJsonObject search(const QString &folder);
[[nodiscard]] QJsonObject verify(const QString &folder);
[[nodiscard]] QJsonObject hashSameBytes(const QString &folder);
[[nodiscard]] QJsonObject exportItems(const QString &folder); ///< into a CSV file beside the workspace
[[nodiscard]] QJsonObject emptyWindow();
[[nodiscard]] QJsonObject start(const QString &folder);
[[nodiscard]] QJsonObject switchConversations(const QString &folder);
[[nodiscard]] QJsonObject scroll(const QString &folder);

/// The area of the record in the window: until its newest lines are painted, and scrolling it.
[[nodiscard]] QJsonObject openRecord(const QString &folder);
/// The comparison at the start, and inclusion proofs.
[[nodiscard]] QJsonObject recordProofs(const QString &folder);
[[nodiscard]] QJsonObject recordAppend(const QString &folder); ///< 50 entries a transaction, FULL
[[nodiscard]] QJsonObject rawAppend(const QString &file);      ///< as many rows with the same bodies

/// Fifty accounts of a server on this computer where nothing happens, watched for a minute: the part of one core.
[[nodiscard]] QJsonObject watch(const QString &folder, quint16 port);

/// The largest resident size of this process so far.
[[nodiscard]] qint64 peakMemoryKiB();
[[nodiscard]] double percentile(std::vector<double> values, double part);

} // namespace indelible::bench

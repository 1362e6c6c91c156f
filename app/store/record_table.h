// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <QByteArray>
#include <QList>

#include <functional>
#include <optional>

namespace indelible::store {

// The rows of the record. What they mean, and every hash, is the business of app/record; here they are bytes.
// All functions belong inside a function given to Database and throw StoreException.

struct RecordState
{
    QByteArray logId;    ///< 16 bytes
    qint64 size = 0;     ///< number of entries
    QByteArray frontier; ///< roots of the perfect subtrees, largest first, 32 bytes each
    qint64 lastTimeMs = 0;
};

[[nodiscard]] std::optional<RecordState> readRecordState(Connection &connection);
void createRecordState(Connection &connection, const QByteArray &logId);
/// Makes the record one longer. The entry itself must be there already.
void advanceRecordState(Connection &connection, const QByteArray &frontier, qint64 timeMs);

void insertRecordEntry(Connection &connection, qint64 idx, const QByteArray &entry, const QByteArray &salt,
                       const QByteArray &body);
/// Of an entry whose words were destroyed.
void insertSealedEntry(Connection &connection, qint64 idx, const QByteArray &entry);
void insertRecordNode(Connection &connection, int level, qint64 position, const QByteArray &hash);

struct SubjectHead
{
    quint32 nextSeq = 0;
    std::optional<qint64> last;
};
[[nodiscard]] SubjectHead readSubjectHead(Connection &connection, const QByteArray &subject);
void writeSubjectHead(Connection &connection, const QByteArray &subject, quint32 nextSeq, qint64 last);

[[nodiscard]] std::optional<QByteArray> readRecordEntry(Connection &connection, qint64 idx);
[[nodiscard]] std::optional<QByteArray> readRecordBody(Connection &connection, qint64 idx);

/// Every entry in order, with salt and body where they are there; for verification. `visit` returns false to stop.
struct RecordRow
{
    qint64 idx = 0;
    QByteArray entry;
    std::optional<QByteArray> salt;
    std::optional<QByteArray> body;
};
[[nodiscard]] std::optional<RecordRow> readRecordRow(Connection &connection, qint64 idx);
void forEachRecordRow(Connection &connection, const std::function<bool(const RecordRow &)> &visit);
/// The entries alone, with numbers [first, first + count).
void forEachRecordEntry(Connection &connection, qint64 first, qint64 count,
                        const std::function<void(qint64 idx, const QByteArray &entry)> &visit);
void forEachRecordNode(Connection &connection,
                       const std::function<bool(int level, qint64 position, const QByteArray &hash)> &visit);
[[nodiscard]] std::optional<QByteArray> readRecordNode(Connection &connection, int level, qint64 position);

/// A signed note over the first `size` entries.
struct CheckpointRow
{
    qint64 size = 0;
    QByteArray note;
};
/// Nothing happens where there is one of this size already.
void insertCheckpoint(Connection &connection, const CheckpointRow &row);
[[nodiscard]] std::optional<CheckpointRow> lastCheckpoint(Connection &connection);

/// A public key of the record, and the entry that says so.
void insertRecordKey(Connection &connection, qint64 entry, const QByteArray &publicKey);
/// All of them, oldest first.
[[nodiscard]] QList<QByteArray> recordKeys(Connection &connection);
/// The newest; nothing while the record was never signed.
[[nodiscard]] std::optional<QByteArray> lastRecordKey(Connection &connection);

/// Whether a body has a number that no entry of a record of this size has.
[[nodiscard]] bool hasBodyOutside(Connection &connection, qint64 size);
/// Subjects whose stored head is not what the entries say are found by comparing with these.
void forEachSubjectHead(Connection &connection,
                        const std::function<bool(const QByteArray &subject, const SubjectHead &head)> &visit);

} // namespace indelible::store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/record_table.h"

namespace indelible::store {

std::optional<RecordState> readRecordState(Connection &connection)
{
    Statement statement =
        connection.statement("SELECT log_id, n, frontier, last_time_ms FROM record_state WHERE one = 1");
    if (!statement.step())
        return std::nullopt;
    return RecordState{statement.blob(0), statement.integer(1), statement.blob(2), statement.integer(3)};
}

void createRecordState(Connection &connection, const QByteArray &logId)
{
    connection.statement("INSERT INTO record_state (one, log_id, n, frontier, last_time_ms) VALUES (1, ?, 0, ?, 0)")
        .bind(logId, QByteArray())
        .run();
}

void advanceRecordState(Connection &connection, const QByteArray &frontier, qint64 timeMs)
{
    connection.statement("UPDATE record_state SET n = n + 1, frontier = ?, last_time_ms = ? WHERE one = 1")
        .bind(frontier, timeMs)
        .run();
}

void insertRecordEntry(Connection &connection, qint64 idx, const QByteArray &entry, const QByteArray &salt,
                       const QByteArray &body)
{
    connection.statement("INSERT INTO record_entry (idx, entry) VALUES (?, ?)").bind(idx, entry).run();
    connection.statement("INSERT INTO record_body (idx, salt, body) VALUES (?, ?, ?)").bind(idx, salt, body).run();
}

void insertSealedEntry(Connection &connection, qint64 idx, const QByteArray &entry)
{
    connection.statement("INSERT INTO record_entry (idx, entry) VALUES (?, ?)").bind(idx, entry).run();
}

void insertRecordNode(Connection &connection, int level, qint64 position, const QByteArray &hash)
{
    connection.statement("INSERT INTO record_node (lvl, pos, h) VALUES (?, ?, ?)").bind(level, position, hash).run();
}

SubjectHead readSubjectHead(Connection &connection, const QByteArray &subject)
{
    Statement statement = connection.statement("SELECT next_seq, last_idx FROM record_subject WHERE subject = ?");
    statement.bind(subject);
    return statement.step() ? SubjectHead{static_cast<quint32>(statement.integer(0)), statement.integer(1)}
                            : SubjectHead{};
}

void writeSubjectHead(Connection &connection, const QByteArray &subject, quint32 nextSeq, qint64 last)
{
    connection
        .statement("INSERT INTO record_subject (subject, next_seq, last_idx) VALUES (?, ?, ?) "
                   "ON CONFLICT (subject) DO UPDATE SET next_seq = excluded.next_seq, last_idx = excluded.last_idx")
        .bind(subject, nextSeq, last)
        .run();
}

std::optional<QByteArray> readRecordEntry(Connection &connection, qint64 idx)
{
    Statement statement = connection.statement("SELECT entry FROM record_entry WHERE idx = ?");
    statement.bind(idx);
    return statement.step() ? std::optional(statement.blob(0)) : std::nullopt;
}

std::optional<QByteArray> readRecordBody(Connection &connection, qint64 idx)
{
    Statement statement = connection.statement("SELECT body FROM record_body WHERE idx = ?");
    statement.bind(idx);
    return statement.step() ? std::optional(statement.blob(0)) : std::nullopt;
}

namespace {

RecordRow recordRowOf(const Statement &statement)
{
    RecordRow row{statement.integer(0), statement.blob(1), {}, {}};
    if (!statement.isNull(2)) {
        row.salt = statement.blob(2);
        row.body = statement.blob(3);
    }
    return row;
}

void visitRows(Statement &statement, const std::function<bool(const RecordRow &)> &visit)
{
    while (statement.step()) {
        if (!visit(recordRowOf(statement)))
            return;
    }
}

} // namespace

std::optional<RecordRow> readRecordRow(Connection &connection, qint64 idx)
{
    Statement statement = connection.statement("SELECT e.idx, e.entry, b.salt, b.body FROM record_entry e LEFT JOIN "
                                               "record_body b ON b.idx = e.idx WHERE e.idx = ?");
    statement.bind(idx);
    return statement.step() ? std::optional(recordRowOf(statement)) : std::nullopt;
}

void forEachRecordRow(Connection &connection, const std::function<bool(const RecordRow &)> &visit)
{
    Statement statement = connection.statement("SELECT e.idx, e.entry, b.salt, b.body FROM record_entry e LEFT JOIN "
                                               "record_body b ON b.idx = e.idx ORDER BY e.idx");
    visitRows(statement, visit);
}

void forEachRecordEntry(Connection &connection, qint64 first, qint64 count,
                        const std::function<void(qint64, const QByteArray &)> &visit)
{
    Statement statement =
        connection.statement("SELECT idx, entry FROM record_entry WHERE idx >= ? AND idx < ? ORDER BY idx");
    statement.bind(first, first + count);
    while (statement.step())
        visit(statement.integer(0), statement.blob(1));
}

void forEachRecordNode(Connection &connection, const std::function<bool(int, qint64, const QByteArray &)> &visit)
{
    Statement statement = connection.statement("SELECT lvl, pos, h FROM record_node ORDER BY lvl, pos");
    while (statement.step() && visit(static_cast<int>(statement.integer(0)), statement.integer(1), statement.blob(2))) {
    }
}

std::optional<QByteArray> readRecordNode(Connection &connection, int level, qint64 position)
{
    Statement statement = connection.statement("SELECT h FROM record_node WHERE lvl = ? AND pos = ?");
    statement.bind(level, position);
    return statement.step() ? std::optional(statement.blob(0)) : std::nullopt;
}

void insertCheckpoint(Connection &connection, const CheckpointRow &row)
{
    connection.statement("INSERT INTO record_checkpoint (n, note) VALUES (?, ?) ON CONFLICT (n) DO NOTHING")
        .bind(row.size, row.note)
        .run();
}

std::optional<CheckpointRow> lastCheckpoint(Connection &connection)
{
    Statement statement = connection.statement("SELECT n, note FROM record_checkpoint ORDER BY n DESC LIMIT 1");
    return statement.step() ? std::optional(CheckpointRow{statement.integer(0), statement.blob(1)}) : std::nullopt;
}

void insertRecordKey(Connection &connection, qint64 entry, const QByteArray &publicKey)
{
    connection.statement("INSERT INTO record_key (entry, public_key) VALUES (?, ?)").bind(entry, publicKey).run();
}

QList<QByteArray> recordKeys(Connection &connection)
{
    Statement statement = connection.statement("SELECT public_key FROM record_key ORDER BY entry");
    QList<QByteArray> keys;
    while (statement.step())
        keys.append(statement.blob(0));
    return keys;
}

std::optional<QByteArray> lastRecordKey(Connection &connection)
{
    Statement statement = connection.statement("SELECT public_key FROM record_key ORDER BY entry DESC LIMIT 1");
    return statement.step() ? std::optional(statement.blob(0)) : std::nullopt;
}

bool hasBodyOutside(Connection &connection, qint64 size)
{
    Statement statement = connection.statement("SELECT 1 FROM record_body WHERE idx < 0 OR idx >= ?");
    statement.bind(size);
    return statement.step();
}

void forEachSubjectHead(Connection &connection,
                        const std::function<bool(const QByteArray &, const SubjectHead &)> &visit)
{
    Statement statement =
        connection.statement("SELECT subject, next_seq, last_idx FROM record_subject ORDER BY subject");
    while (statement.step() &&
           visit(statement.blob(0), SubjectHead{static_cast<quint32>(statement.integer(1)), statement.integer(2)})) {
    }
}

} // namespace indelible::store

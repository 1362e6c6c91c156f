// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/record/find.h"
#include "app/record/history.h"
#include "app/record/verify.h"

#include <QFuture>
#include <QObject>

#include <memory>

#include <QCoroTask>

namespace indelible::store {
class Database;
}

namespace indelible::keeper {

/// Reads the record for a window: a page, an entry with its proof, and the whole check, which takes long. Lives on the
/// interface thread; every call returns at once. Errors: Storage, Damaged, NotFound, Cancelled.
class RecordReader : public QObject
{
    Q_OBJECT
public:
    explicit RecordReader(store::Database &database, QObject *parent = nullptr);
    /// Stops a check that runs.
    ~RecordReader() override;

    QFuture<Result<std::vector<record::EntryView>>> entries(std::vector<qint64> numbers);
    QFuture<Result<record::EntryDetail>> entry(qint64 idx);

    /// Numbers of the entries [first, end) that match. Read in parts, so that nobody waits for it. The newest wish
    /// counts: one that still runs ends with Cancelled.
    QCoro::Task<Result<std::vector<qint64>>> find(record::Find find, qint64 first, qint64 end);
    /// For a choice of whose entries to see.
    QFuture<Result<std::vector<record::Actor>>> actors();

    /// The full check, beside reading and writing. One at a time; says checked() meanwhile.
    QFuture<Result<record::Verification>> verify();
    /// Ends a check and a search that run, soon; their results say so. For good: the program is ending.
    void stop();

Q_SIGNALS:
    /// So many entries of a running check are read and match.
    void checked(qint64 entries);

private:
    store::Database &m_database;
    quint64 m_search = 0; ///< the newest
    /// What a running check knows of its reader, which may go first.
    struct Listener;

    std::shared_ptr<Listener> m_listener;
};

} // namespace indelible::keeper

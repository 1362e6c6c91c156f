// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/ids.h"

#include <QObject>
#include <QString>

#include <QCoroTask>

namespace indelible::store {
class Database;
}
namespace indelible::keeper {
class RecordKeeper;
}

namespace indelible::bundle {

struct BundleReport
{
    qint64 entries = 0;
    QByteArray key; ///< who signed, as key.txt says without the line feed
};

/// Writes a case with its proofs as one file that anybody can check without this program. Lives on the interface
/// thread; reading, hashing and packing happen on the database's threads, and writing to the record goes on meanwhile.
class BundleService : public QObject
{
    Q_OBJECT
public:
    /// `keeper` is null in a practice inbox, whose record nobody signs. The parts outlive it.
    BundleService(store::Database &database, const Clock &clock, quint32 member, keeper::RecordKeeper *keeper,
                  QObject *parent = nullptr);

    /// Puts the export on the record, has it signed, reads and hashes the whole record from disk, and only then writes
    /// the file, which appears whole or not at all and was checked as a reader would check it. Errors: NotFound (no
    /// such case), Rejected (practice, or a file has that name), Secrets (no key to sign with),
    /// Damaged, Storage, DiskFull.
    QCoro::Task<Result<BundleReport>> write(CaseId id, QString fileName);

Q_SIGNALS:
    /// Something was put on the record.
    void recorded();

private:
    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
    keeper::RecordKeeper *m_keeper;
};

} // namespace indelible::bundle

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/seal/plan.h"

#include <QFuture>
#include <QString>

namespace indelible::store {
class Database;
}

namespace indelible::people {

struct PersonReport
{
    qint64 items = 0;
};

/// Answers a person who asks what is held on them. Lives on the interface thread, which does not wait.
class PeopleService
{
public:
    /// Both outlive the service.
    PeopleService(store::Database &database, const Clock &clock, quint32 member);

    /// Writes person.json, items.csv and README.txt into one new zip, whole or not at all, and says on the record that
    /// it was done, not about whom: that entry could never be sealed. Errors: NotFound, Conflict, Rejected (one of our
    /// own accounts, a file that is there already, too large), Damaged, Storage, DiskFull.
    QFuture<Result<PersonReport>> exportPerson(seal::Person person, QString fileName);

private:
    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
};

} // namespace indelible::people

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace indelible::store {

/// How one table of a database compares with the same table made anew from the record.
struct TableComparison
{
    QString table;
    qint64 rows = 0;      ///< read from both, or from one where the other has none
    qint64 different = 0; ///< of these
    QStringList examples; ///< the first few, each an English sentence
};

/// Compares every column that follows from the record. Times may differ by a minute: an entry is dated when it is
/// appended, its row when its transaction began. Reads both as a whole, in order, and keeps nothing.
[[nodiscard]] std::vector<TableComparison> compareProjections(Connection &kept, Connection &rebuilt);

/// What of the database does not follow from the record, for people to read: table, columns and why.
[[nodiscard]] QStringList notOnRecord();

/// Copies who is at the desk and which accounts there are: the record does not hold them whole.
void copyMembersAndAccounts(Connection &from, Connection &to);

/// The account of every conversation, by its subject: the record does not say it.
[[nodiscard]] QHash<QByteArray, qint64> accountsOfSubjects(Connection &connection);

} // namespace indelible::store

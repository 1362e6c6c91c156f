// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/store/connection.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace indelible::seal {

/// Why the law wants words gone; a closed list, so that nothing personal gets into the entry that says so. GDPR,
/// article 17(1)(a) to (f), an order of a court or an authority, and the storage rule of a network's terms.
[[nodiscard]] QStringList reasonCodes();

/// Destroys the words of these entries in the caller's one transaction: an ERASE entry that names them (rule A3), their
/// bodies with the salts, their words in the search index, and what the tables hold of them. The items can then not be
/// fetched again. Gives the number of the ERASE entry. The words are in the file until its index was optimized and its
/// log emptied: see SealService. Throws StoreException: Rejected (a reason that is none, nothing to seal, an entry
/// whose words are no person's), Damaged, Storage.
[[nodiscard]] qint64 sealEntries(store::Connection &connection, const Clock &clock, quint32 member,
                                 const QList<qint64> &entries, const QString &reason);

} // namespace indelible::seal

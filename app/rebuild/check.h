// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/compare.h"
#include "app/store/connection.h"

#include <QString>

#include <vector>

namespace indelible::rebuild {

struct CheckReport
{
    qint64 entries = 0; ///< of the record, replayed
    std::vector<store::TableComparison> tables;

    [[nodiscard]] bool isGood() const;
};

/// Makes every table that follows from the record (rule R4) anew from its entries and bodies, in a database of its own
/// below `folder`, the workspace's, that is gone afterwards (what a check that was killed has left there, too), and
/// compares it with what `connection` has. Changes nothing. Belongs into Database::scan(); takes about as long as
/// receiving everything once more. Throws StoreException: Damaged (a body is missing or no body), DiskFull (before it
/// begins, where there is no room for it), Storage.
[[nodiscard]] CheckReport checkProjections(store::Connection &connection, const QString &folder);

} // namespace indelible::rebuild

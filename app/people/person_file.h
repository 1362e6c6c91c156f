// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/seal/plan.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QJsonObject>

namespace indelible::people {

/// Everything that is held on one person, as they are given it when they ask (GDPR, article 15): who they are here,
/// what they said with every version, what we answered them, notes and cases about them, and what of it was sealed.
/// Others' names and handles are taken out of all of it (Redactor); what others said is not in it at all, and of notes
/// and cases, those that are about others too are not.
struct PersonFile
{
    QJsonObject document;
    QByteArray table; ///< the items as CSV
    qint64 items = 0;
};

/// Inside a function given to Database. Throws StoreException: NotFound, Conflict, Rejected (as
/// seal::requirePerson()), Damaged, Storage.
[[nodiscard]] PersonFile readPerson(store::Connection &connection, const seal::Person &person, Instant now);

} // namespace indelible::people

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/store/connection.h"

#include <QDate>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace indelible::seal {

/// What is kept although somebody may ask for its removal: a legal duty or claim (GDPR, article 17(3)). Says why, and
/// when that is looked at again; the date ends nothing by itself. All functions belong inside a function given to
/// Database and throw StoreException.
using HoldTarget = std::variant<ConversationId, CaseId>;

struct Hold
{
    qint64 entry = 0; ///< of the HOLD entry; its number names it
    HoldTarget target;
    QString reason;
    QDate review;
};

/// Puts it on the record and gives its number. Throws NotFound, Rejected (no reason, a date that has passed).
[[nodiscard]] qint64 placeHold(store::Connection &connection, const Clock &clock, quint32 member,
                               const HoldTarget &target, const QString &reason, QDate review);
/// Throws NotFound.
void releaseHold(store::Connection &connection, const Clock &clock, quint32 member, qint64 hold);

/// Those that hold now, oldest first.
[[nodiscard]] std::vector<Hold> holdsNow(store::Connection &connection);

/// One sentence for each hold on it, for whoever wants it sealed.
[[nodiscard]] QStringList holdsOn(store::Connection &connection, const HoldTarget &target);

} // namespace indelible::seal

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/store/connection.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace indelible::record {

/// Body of ERASE: which entries' words were destroyed, ascending, and the legal reason's code. No personal data.
[[nodiscard]] QJsonObject eraseBody(const QList<qint64> &entries, const QString &reason);

/// The entries that such a body names; nothing where it is no such list.
[[nodiscard]] std::optional<QList<qint64>> erasedEntries(const QJsonObject &body);

/// Why an entry has no words any more.
struct Seal
{
    qint64 by = 0; ///< the ERASE entry
    Instant at;
    QString member; ///< who did it; empty = the program
    QString reason; ///< code, see app/seal
    friend bool operator==(const Seal &, const Seal &) = default;
};

/// Nothing where no entry says that its words were destroyed: where they are missing all the same, that is damage.
/// Belongs inside a function given to Database; throws StoreException.
[[nodiscard]] std::optional<Seal> sealOf(store::Connection &connection, qint64 idx);

} // namespace indelible::record

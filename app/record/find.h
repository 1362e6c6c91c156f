// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/record/entry.h"
#include "app/store/connection.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible::record {

/// What of the record is looked for. Each part that is set narrows it; nothing set means everything.
struct Find
{
    /// Words of a message or of whoever wrote it, as for the inbox: every word, the last one may be a beginning. A
    /// number is also the number of an entry: "18193", "18,193", "№ 18 193".
    QString words;
    std::optional<quint32> actor; ///< 0 = the program
    std::vector<Kind> kinds;
    std::optional<Instant> from; ///< the entry's time is this or later

    [[nodiscard]] bool isEverything() const;
    friend bool operator==(const Find &, const Find &) = default;
};

/// The number that was typed, where nothing else was: digits, with or without what groups them. Pure.
[[nodiscard]] std::optional<qint64> entryNumber(const QString &words);

/// Numbers of the entries [first, first + count) that match, in their order; what is no entry any more is left out.
/// Reads no body: by words the index, else every entry. Belongs inside a function given to Database, throws
/// StoreException.
[[nodiscard]] std::vector<qint64> findEntries(store::Connection &connection, const Find &find, qint64 first,
                                              qint64 count);

} // namespace indelible::record

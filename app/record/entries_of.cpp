// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/entries_of.h"

#include "app/store/record_table.h"

namespace indelible::record {

std::vector<Entry> entriesOf(store::Connection &connection, const QByteArray &subject, Kind kind)
{
    std::vector<Entry> entries;
    std::optional<qint64> idx = store::readSubjectHead(connection, subject).last;
    while (idx) {
        const std::optional<QByteArray> bytes = store::readRecordEntry(connection, *idx);
        const std::optional<Entry> entry = bytes ? Entry::fromBytes(*bytes) : std::nullopt;
        if (!entry)
            break;
        if (entry->kind == static_cast<quint16>(kind))
            entries.push_back(*entry);
        // Downwards only, whatever a damaged row says.
        const bool more = entry->previous < static_cast<quint64>(*idx);
        idx = more ? std::optional(static_cast<qint64>(entry->previous)) : std::nullopt;
    }
    return entries;
}

} // namespace indelible::record

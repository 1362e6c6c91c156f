// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/seal.h"

#include "app/record/entry.h"
#include "app/record/log.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"
#include "app/store/settings_table.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace indelible::record {

QJsonObject eraseBody(const QList<qint64> &entries, const QString &reason)
{
    QJsonArray numbers;
    for (const qint64 entry : entries)
        numbers.append(entry);
    return {{u"entries"_s, numbers}, {u"reason"_s, reason}};
}

std::optional<QList<qint64>> erasedEntries(const QJsonObject &body)
{
    const QJsonValue value = body.value("entries"_L1);
    if (!value.isArray())
        return std::nullopt;
    QList<qint64> entries;
    const QJsonArray numbers = value.toArray();
    for (const auto number : numbers) {
        const qint64 entry = number.toInteger(-1);
        if (entry < 0)
            return std::nullopt;
        entries.append(entry);
    }
    return entries;
}

std::optional<Seal> sealOf(store::Connection &connection, qint64 idx)
{
    const std::optional<qint64> by = store::erasedBy(connection, idx);
    if (!by)
        return std::nullopt;
    const std::optional<QByteArray> bytes = store::readRecordEntry(connection, *by);
    const std::optional<Entry> entry = bytes ? Entry::fromBytes(*bytes) : std::nullopt;
    if (!entry)
        return std::nullopt;
    return Seal{*by, fromMs(static_cast<qint64>(entry->timeMs)),
                entry->actor ? store::memberName(connection, entry->actor) : QString(),
                readBody(connection, *by).value("reason"_L1).toString()};
}

} // namespace indelible::record

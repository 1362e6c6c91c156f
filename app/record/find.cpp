// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/find.h"

#include "app/store/record_table.h"
#include "app/store/search.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

constexpr qsizetype kMostDigits = 18; ///< fits a qint64

bool matches(const Entry &entry, const Find &find)
{
    return (!find.actor || entry.actor == *find.actor) &&
           (!find.from || static_cast<qint64>(entry.timeMs) >= toMs(*find.from)) &&
           (find.kinds.empty() || std::ranges::find(find.kinds, static_cast<Kind>(entry.kind)) != find.kinds.end());
}

/// Entries by number, in their order and once each.
std::vector<qint64> withWords(store::Connection &connection, const QString &words, qint64 first, qint64 count)
{
    std::vector<qint64> found = store::entriesWith(connection, words, first, count);
    const std::optional<qint64> number = entryNumber(words);
    if (number && *number >= first && *number < first + count) {
        const auto place = std::ranges::lower_bound(found, *number);
        if (place == found.end() || *place != *number)
            found.insert(place, *number);
    }
    return found;
}

} // namespace

bool Find::isEverything() const
{
    return *this == Find{};
}

std::optional<qint64> entryNumber(const QString &words)
{
    QString digits;
    for (const QChar c : words) {
        if (const int digit = c.digitValue(); digit >= 0)
            digits += QChar(u'0' + digit);
        else if (!c.isSpace() && c != u'.' && c != u',' && c != u'\'' && c != u'’' && c != u'№' && c != u'#' &&
                 c != u'٬')
            return std::nullopt;
    }
    if (digits.isEmpty() || digits.size() > kMostDigits)
        return std::nullopt;
    return digits.toLongLong();
}

std::vector<qint64> findEntries(store::Connection &connection, const Find &find, qint64 first, qint64 count)
{
    std::vector<qint64> found;
    const auto take = [&](qint64 idx, const QByteArray &bytes) {
        const std::optional<Entry> entry = Entry::fromBytes(bytes);
        if (entry && matches(*entry, find))
            found.push_back(idx);
    };
    if (find.words.trimmed().isEmpty()) {
        store::forEachRecordEntry(connection, first, count, take);
        return found;
    }
    for (const qint64 idx : withWords(connection, find.words, first, count)) {
        if (const std::optional<QByteArray> bytes = store::readRecordEntry(connection, idx))
            take(idx, *bytes);
    }
    return found;
}

} // namespace indelible::record

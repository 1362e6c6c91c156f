// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/entry_list.h"

#include <algorithm>

namespace indelible::ui {

EntryList EntryList::all(qint64 size)
{
    EntryList list;
    list.m_size = size;
    return list;
}

EntryList EntryList::of(std::vector<qint64> numbers)
{
    EntryList list;
    list.m_isAll = false;
    list.m_size = static_cast<qint64>(numbers.size());
    list.m_numbers = std::move(numbers);
    return list;
}

qint64 EntryList::at(qint64 place) const
{
    return m_isAll ? place : m_numbers.at(static_cast<size_t>(place));
}

qint64 EntryList::placeOf(qint64 entry) const
{
    if (m_isAll)
        return entry >= 0 && entry < m_size ? entry : -1;
    const auto found = std::ranges::lower_bound(m_numbers, entry);
    return found != m_numbers.end() && *found == entry ? found - m_numbers.begin() : -1;
}

std::vector<qint64> EntryList::numbers(qint64 first, qint64 count) const
{
    std::vector<qint64> result;
    const qint64 end = std::min(first + count, m_size);
    for (qint64 place = first; place < end; ++place)
        result.push_back(at(place));
    return result;
}

bool EntryList::isBeginningOf(const EntryList &other) const
{
    return m_isAll == other.m_isAll && m_size <= other.m_size &&
           std::equal(m_numbers.begin(), m_numbers.end(), other.m_numbers.begin(),
                      other.m_numbers.begin() + static_cast<qsizetype>(m_numbers.size()));
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace indelible::ui {

/// Which entries of the record are shown: the first so many, or those that a search found. Places count from the oldest
/// one shown. A value; copying a long one is not free.
class EntryList
{
public:
    EntryList() = default;
    [[nodiscard]] static EntryList all(qint64 size);
    /// In the order of their numbers, each once.
    [[nodiscard]] static EntryList of(std::vector<qint64> numbers);

    [[nodiscard]] qint64 size() const { return m_size; }
    /// Number of the entry in a place, which is there.
    [[nodiscard]] qint64 at(qint64 place) const;
    /// -1 = not shown.
    [[nodiscard]] qint64 placeOf(qint64 entry) const;
    /// The numbers in places [first, first + count), as far as there are any.
    [[nodiscard]] std::vector<qint64> numbers(qint64 first, qint64 count) const;
    /// The other one shows the same, and may show more behind it.
    [[nodiscard]] bool isBeginningOf(const EntryList &other) const;

private:
    bool m_isAll = true;
    qint64 m_size = 0;
    std::vector<qint64> m_numbers; ///< of a search
};

} // namespace indelible::ui

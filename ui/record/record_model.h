// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "ui/record/entry_list.h"
#include "ui/record/record_line.h"

#include <QAbstractListModel>
#include <QCache>
#include <QFuture>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace indelible::ui {

/// The record, or what a search found in it, newest entry first. Every entry has its row from the start; what a row
/// says is read in blocks when the view wants it, and forgotten again when it has not been wanted for long. So a
/// million entries cost what a screen of them costs. An entry that the source leaves out has a line that says so.
/// Interface thread; `clock` outlives it.
class RecordModel : public QAbstractListModel
{
    Q_OBJECT
public:
    /// The entries with these numbers, in that order; what is missing or unreadable is left out.
    using Source = std::function<QFuture<Result<std::vector<record::EntryView>>>(std::vector<qint64> numbers)>;

    enum Role {
        LineRole = Qt::UserRole + 1, ///< std::shared_ptr<const RecordLine>; null while it is being read
    };
    Q_ENUM(Role)

    RecordModel(Source source, const Clock &clock, QObject *parent = nullptr);

    /// Shows these. Where they begin with what is shown now, the others come in above; else it starts over.
    void show(EntryList entries);
    /// Everything shown is read again: bodies were destroyed.
    void reload();
    [[nodiscard]] const EntryList &entries() const { return m_entries; }

    /// These rows are looked at: reads what of them is not there yet. Only the newest wish counts.
    void want(int first, int last);

    /// Number of the entry in a row; -1 outside.
    [[nodiscard]] qint64 entryAt(int row) const;
    [[nodiscard]] int rowOf(qint64 entry) const;
    /// Null outside, and while it is being read.
    [[nodiscard]] std::shared_ptr<const RecordLine> line(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole is what happened, AccessibleTextRole the whole line as a sentence.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    /// Everything that was wanted is there.
    void settled();
    void failed(const indelible::Error &error);

private:
    void forget();
    /// -1 outside.
    [[nodiscard]] qint64 placeOf(int row) const;
    [[nodiscard]] int rowAt(qint64 place) const;
    /// What was read of an entry; its words are made when they are first asked for.
    struct Slot
    {
        std::optional<record::EntryView> entry; ///< none = missing, or no entry
        std::shared_ptr<const RecordLine> line;
    };
    using Block = std::vector<Slot>; ///< oldest first

    void readNext();
    void take(qint64 block, const std::vector<qint64> &numbers, std::vector<record::EntryView> entries);
    [[nodiscard]] bool isWhole(qint64 block) const;

    Source m_source;
    const Clock &m_clock;
    EntryList m_entries;
    qint64 m_firstWanted = 0; ///< blocks
    qint64 m_lastWanted = -1;
    bool m_busy = false;
    quint64 m_generation = 0; ///< answers to what was shown before it started over are dropped
    mutable QCache<qint64, Block> m_blocks;
};

} // namespace indelible::ui

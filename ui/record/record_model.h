// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "ui/record/record_line.h"

#include <QAbstractListModel>
#include <QCache>
#include <QFuture>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace indelible::ui {

/// The whole record, newest entry first. Every entry has its row from the start; what a row says is read in blocks when
/// the view wants it, and forgotten again when it has not been wanted for long. So a million entries cost what a screen
/// of them costs. An entry that the source leaves out has a line that says so. Interface thread; `clock` outlives it.
class RecordModel : public QAbstractListModel
{
    Q_OBJECT
public:
    /// Entries [first, first + count), in order of their numbers; what is missing or unreadable is left out.
    using Source = std::function<QFuture<Result<std::vector<record::EntryView>>>(qint64 first, int count)>;

    enum Role {
        LineRole = Qt::UserRole + 1, ///< std::shared_ptr<const RecordLine>; null while it is being read
    };
    Q_ENUM(Role)

    RecordModel(Source source, const Clock &clock, QObject *parent = nullptr);

    /// The record has so many entries now: new ones come in above. A smaller number starts over.
    void setSize(qint64 entries);
    [[nodiscard]] qint64 size() const { return m_size; }

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
    /// What was read of an entry; its words are made when they are first asked for.
    struct Slot
    {
        std::optional<record::EntryView> entry; ///< none = missing, or no entry
        std::shared_ptr<const RecordLine> line;
    };
    using Block = std::vector<Slot>; ///< oldest first

    void readNext();
    /// `promised`: how many entries there were for certain when the block was asked for.
    void take(qint64 block, qint64 promised, std::vector<record::EntryView> entries);
    [[nodiscard]] bool isWhole(qint64 block) const;

    Source m_source;
    const Clock &m_clock;
    qint64 m_size = 0;
    qint64 m_firstWanted = 0; ///< blocks
    qint64 m_lastWanted = -1;
    bool m_busy = false;
    quint64 m_generation = 0; ///< answers about a record that started over are dropped
    mutable QCache<qint64, Block> m_blocks;
};

} // namespace indelible::ui

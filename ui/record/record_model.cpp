// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_model.h"

#include "app/base/when_done.h"
#include "ui/widgets/here_now.h"

#include <algorithm>
#include <limits>

namespace indelible::ui {

namespace {

constexpr int kBlock = 128;
constexpr int kMostBlocks = 48;

} // namespace

RecordModel::RecordModel(Source source, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(std::move(source))
    , m_clock(clock)
    , m_blocks(kMostBlocks)
{
}

void RecordModel::show(EntryList entries)
{
    const qint64 more = entries.size() - m_entries.size();
    if (m_entries.size() == 0 || !m_entries.isBeginningOf(entries)) {
        beginResetModel();
        forget();
        m_entries = std::move(entries);
        endResetModel();
    } else if (more > 0) {
        beginInsertRows({}, 0, static_cast<int>(more) - 1);
        m_entries = std::move(entries);
        endInsertRows();
    }
}

void RecordModel::reload()
{
    beginResetModel();
    forget();
    endResetModel();
}

void RecordModel::forget()
{
    ++m_generation;
    m_busy = false;
    m_blocks.clear();
    m_lastWanted = -1;
}

qint64 RecordModel::entryAt(int row) const
{
    const qint64 place = placeOf(row);
    return place < 0 ? -1 : m_entries.at(place);
}

int RecordModel::rowOf(qint64 entry) const
{
    const qint64 place = m_entries.placeOf(entry);
    return place < 0 ? -1 : rowAt(place);
}

qint64 RecordModel::placeOf(int row) const
{
    return row >= 0 && row < m_entries.size() ? m_entries.size() - 1 - row : -1;
}

int RecordModel::rowAt(qint64 place) const
{
    return static_cast<int>(m_entries.size() - 1 - place);
}

std::shared_ptr<const RecordLine> RecordModel::line(int row) const
{
    const qint64 place = placeOf(row);
    Block *block = place < 0 ? nullptr : m_blocks.object(place / kBlock);
    const size_t inBlock = static_cast<size_t>(place % kBlock);
    if (!block || inBlock >= block->size())
        return nullptr;
    Slot &slot = block->at(inBlock);
    if (!slot.line) {
        const Here here = hereNow(m_clock);
        slot.line = std::make_shared<const RecordLine>(slot.entry ? recordLine(*slot.entry, here)
                                                                  : missingLine(m_entries.at(place), here));
    }
    return slot.line;
}

bool RecordModel::isWhole(qint64 block) const
{
    const Block *known = m_blocks.object(block);
    return known && static_cast<qint64>(known->size()) >= std::min<qint64>(kBlock, m_entries.size() - block * kBlock);
}

void RecordModel::want(int first, int last)
{
    if (m_entries.size() == 0)
        return;
    const int end = rowCount() - 1;
    m_firstWanted = placeOf(std::clamp(last, 0, end)) / kBlock;
    m_lastWanted = placeOf(std::clamp(first, 0, end)) / kBlock;
    if (!m_busy)
        readNext();
}

void RecordModel::readNext()
{
    // The newest first: that is where people look.
    qint64 block = m_lastWanted;
    while (block >= m_firstWanted && isWhole(block))
        --block;
    if (block < m_firstWanted) {
        Q_EMIT settled();
        return;
    }
    m_busy = true;
    const std::vector<qint64> numbers = m_entries.numbers(block * kBlock, kBlock);
    whenDone(this, m_source(numbers),
             [this, block, numbers, generation = m_generation](Result<std::vector<record::EntryView>> entries) {
                 if (generation != m_generation)
                     return;
                 m_busy = false;
                 if (!entries) {
                     m_lastWanted = m_firstWanted - 1;
                     Q_EMIT failed(entries.error());
                     return;
                 }
                 take(block, numbers, std::move(*entries));
                 readNext();
             });
}

void RecordModel::take(qint64 block, const std::vector<qint64> &numbers, std::vector<record::EntryView> entries)
{
    auto slots = std::make_unique<Block>(numbers.size());
    for (record::EntryView &entry : entries) {
        const auto place = std::ranges::lower_bound(numbers, entry.idx);
        if (place != numbers.end() && *place == entry.idx)
            slots->at(static_cast<size_t>(place - numbers.begin())).entry = std::move(entry);
    }
    const qint64 first = block * kBlock;
    const qint64 last = first + static_cast<qint64>(numbers.size()) - 1;
    m_blocks.insert(block, slots.release());
    Q_EMIT dataChanged(index(rowAt(last)), index(rowAt(first)));
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min<qint64>(m_entries.size(), std::numeric_limits<int>::max()));
}

QVariant RecordModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::shared_ptr<const RecordLine> shown = line(index.row());
    switch (role) {
    case LineRole:
        return QVariant::fromValue(shown);
    case Qt::DisplayRole:
        return shown ? shown->what : QString();
    case Qt::AccessibleTextRole:
        return shown ? shown->accessibleText : tr("Entry %1").arg(entryAt(index.row()));
    default:
        return {};
    }
}

} // namespace indelible::ui

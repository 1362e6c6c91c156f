// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_model.h"

#include "ui/widgets/here_now.h"
#include "ui/widgets/when_done.h"

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

void RecordModel::setSize(qint64 entries)
{
    if (entries == m_size)
        return;
    if (entries < m_size || m_size == 0) {
        beginResetModel();
        ++m_generation;
        m_busy = false;
        m_blocks.clear();
        m_lastWanted = -1;
        m_size = entries;
        endResetModel();
        return;
    }
    beginInsertRows({}, 0, static_cast<int>(entries - m_size) - 1);
    m_size = entries;
    endInsertRows();
}

qint64 RecordModel::entryAt(int row) const
{
    return row >= 0 && row < m_size ? m_size - 1 - row : -1;
}

int RecordModel::rowOf(qint64 entry) const
{
    return entry >= 0 && entry < m_size ? static_cast<int>(m_size - 1 - entry) : -1;
}

std::shared_ptr<const RecordLine> RecordModel::line(int row) const
{
    const qint64 entry = entryAt(row);
    Block *block = entry < 0 ? nullptr : m_blocks.object(entry / kBlock);
    const size_t place = static_cast<size_t>(entry % kBlock);
    if (!block || place >= block->size())
        return nullptr;
    Slot &slot = block->at(place);
    if (!slot.line) {
        const Here here = hereNow(m_clock);
        slot.line =
            std::make_shared<const RecordLine>(slot.entry ? recordLine(*slot.entry, here) : missingLine(entry, here));
    }
    return slot.line;
}

bool RecordModel::isWhole(qint64 block) const
{
    const Block *known = m_blocks.object(block);
    return known && static_cast<qint64>(known->size()) >= std::min<qint64>(kBlock, m_size - block * kBlock);
}

void RecordModel::want(int first, int last)
{
    if (m_size == 0)
        return;
    const int end = rowCount() - 1;
    m_firstWanted = entryAt(std::clamp(last, 0, end)) / kBlock;
    m_lastWanted = entryAt(std::clamp(first, 0, end)) / kBlock;
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
    whenDone(
        this, m_source(block * kBlock, kBlock),
        [this, block, promised = m_size, generation = m_generation](Result<std::vector<record::EntryView>> entries) {
            if (generation != m_generation)
                return;
            m_busy = false;
            if (!entries) {
                m_lastWanted = m_firstWanted - 1;
                Q_EMIT failed(entries.error());
                return;
            }
            take(block, promised, std::move(*entries));
            readNext();
        });
}

void RecordModel::take(qint64 block, qint64 promised, std::vector<record::EntryView> entries)
{
    const qint64 first = block * kBlock;
    // The record may have grown since the view was told: what has no row yet waits for it.
    const qint64 end = std::max(promised, entries.empty() ? 0 : entries.back().idx + 1);
    auto slots = std::make_unique<Block>(static_cast<size_t>(std::clamp<qint64>(end - first, 0, kBlock)));
    for (record::EntryView &entry : entries) {
        const qint64 place = entry.idx - first;
        if (place >= 0 && place < static_cast<qint64>(slots->size()))
            slots->at(static_cast<size_t>(place)).entry = std::move(entry);
    }
    const qint64 newest = std::min(first + static_cast<qint64>(slots->size()), m_size) - 1;
    m_blocks.insert(block, slots.release());
    if (newest >= first)
        Q_EMIT dataChanged(index(rowOf(newest)), index(rowOf(first)));
}

int RecordModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(std::min<qint64>(m_size, std::numeric_limits<int>::max()));
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

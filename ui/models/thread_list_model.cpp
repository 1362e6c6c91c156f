// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/thread_list_model.h"

#include "app/base/when_done.h"
#include "app/domain/network.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr qsizetype kChangesAtOnce = 200;
constexpr qint64 kMinuteMs = 60'000;

} // namespace

ThreadListModel::ThreadListModel(PageSource pages, RowSource rows, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_pageSource(std::move(pages))
    , m_rowSource(std::move(rows))
    , m_clock(clock)
    , m_zone(QTimeZone::systemTimeZone())
{
}

void ThreadListModel::setQuery(InboxQuery query)
{
    ++m_generation;
    query.after.reset();
    beginResetModel();
    m_query = std::move(query);
    m_entries.clear();
    m_keys.clear();
    m_next.reset();
    m_changed.clear();
    m_changedSet.clear();
    m_loaded = false;
    m_busy = false;
    endResetModel();
    readPage();
}

void ThreadListModel::applyChanged(const QList<ConversationId> &ids)
{
    for (const ConversationId id : ids) {
        if (!m_changedSet.contains(id)) {
            m_changedSet.insert(id);
            m_changed.append(id);
        }
    }
    next();
}

void ThreadListModel::next()
{
    if (m_busy)
        return;
    if (!m_changed.isEmpty() && m_loaded)
        readChanges();
}

void ThreadListModel::readPage()
{
    m_busy = true;
    InboxQuery query = m_query;
    query.after = m_next;
    whenDone(this, m_pageSource(std::move(query)), [this, generation = m_generation](Result<InboxPage> page) {
        if (generation != m_generation)
            return;
        m_busy = false;
        if (page)
            takePage(std::move(*page));
        else
            Q_EMIT failed(page.error());
        next();
    });
}

void ThreadListModel::readChanges()
{
    m_busy = true;
    const QList<ConversationId> asked = m_changed.mid(0, kChangesAtOnce);
    m_changed.remove(0, asked.size());
    for (const ConversationId id : asked)
        m_changedSet.remove(id);
    whenDone(this, m_rowSource(m_query, asked),
             [this, asked, generation = m_generation](Result<std::vector<ConversationRow>> rows) {
                 if (generation != m_generation)
                     return;
                 m_busy = false;
                 if (rows)
                     takeChanges(asked, std::move(*rows));
                 else
                     Q_EMIT failed(rows.error());
                 next();
             });
}

void ThreadListModel::takePage(InboxPage page)
{
    // A row that moved up while the page was on its way is listed already, and so is a conversation whose newer match
    // a search has found before.
    std::erase_if(page.rows, [this](const ConversationRow &row) { return m_keys.contains(row.id); });
    m_next = page.next;
    if (page.rows.empty() && m_next) {
        // Nobody scrolls because of a page that brought nothing.
        readPage();
        return;
    }
    const bool first = !m_loaded;
    m_loaded = true;
    if (!page.rows.empty()) {
        const int start = static_cast<int>(m_entries.size());
        beginInsertRows({}, start, start + static_cast<int>(page.rows.size()) - 1);
        for (ConversationRow &row : page.rows) {
            m_keys.insert(row.id, row.key);
            m_entries.push_back({std::move(row), nullptr, 0});
        }
        endInsertRows();
    }
    Q_EMIT loaded(first);
}

void ThreadListModel::takeChanges(const QList<ConversationId> &asked, std::vector<ConversationRow> rows)
{
    QSet<ConversationId> listed;
    for (const ConversationRow &row : rows) {
        listed.insert(row.id);
        apply(row);
    }
    for (const ConversationId id : asked) {
        if (const int row = rowOf(id); row >= 0 && !listed.contains(id))
            remove(row);
    }
    Q_EMIT loaded(false);
}

void ThreadListModel::apply(const ConversationRow &row)
{
    const int present = rowOf(row.id);
    if (!m_query.search.isEmpty()) {
        // What was found stays where it was found; whether anything else matches now is for the next search.
        if (present >= 0)
            updateInPlace(present, row);
        return;
    }
    if (isBeyond(row.key)) {
        // It will come with its page.
        if (present >= 0)
            remove(present);
    } else if (present < 0) {
        insert(row);
    } else {
        move(present, row);
    }
}

bool ThreadListModel::isBeyond(const PageKey &key) const
{
    return m_next && key > *m_next;
}

int ThreadListModel::lowerBound(const PageKey &key) const
{
    const auto place =
        std::lower_bound(m_entries.begin(), m_entries.end(), key,
                         [](const Entry &entry, const PageKey &wanted) { return entry.row.key < wanted; });
    return static_cast<int>(place - m_entries.begin());
}

void ThreadListModel::insert(ConversationRow row)
{
    const int place = lowerBound(row.key);
    beginInsertRows({}, place, place);
    m_keys.insert(row.id, row.key);
    m_entries.insert(m_entries.begin() + place, Entry{std::move(row), nullptr, 0});
    endInsertRows();
}

void ThreadListModel::move(int from, const ConversationRow &row)
{
    // `to` counts the row itself, as beginMoveRows() does; next to its old place is no move.
    const int to = lowerBound(row.key);
    int now = from;
    if (to != from && to != from + 1) {
        beginMoveRows({}, from, from, {}, to);
        now = to > from ? to - 1 : to;
        const auto begin = m_entries.begin();
        if (now > from)
            std::rotate(begin + from, begin + from + 1, begin + now + 1);
        else
            std::rotate(begin + now, begin + from, begin + from + 1);
        m_entries[static_cast<size_t>(now)] = {row, nullptr, 0};
        m_keys.insert(row.id, row.key);
        endMoveRows();
    } else {
        m_entries[static_cast<size_t>(now)] = {row, nullptr, 0};
        m_keys.insert(row.id, row.key);
    }
    Q_EMIT dataChanged(index(now), index(now));
}

void ThreadListModel::updateInPlace(int row, ConversationRow fresh)
{
    fresh.key = m_entries[static_cast<size_t>(row)].row.key;
    m_entries[static_cast<size_t>(row)] = {std::move(fresh), nullptr, 0};
    Q_EMIT dataChanged(index(row), index(row));
}

void ThreadListModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_keys.remove(m_entries[static_cast<size_t>(row)].row.id);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
}

void ThreadListModel::refreshTimes(int first, int last)
{
    first = std::max(first, 0);
    last = std::min(last, rowCount() - 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last), {TimesRole});
}

const std::shared_ptr<const ThreadCard> &ThreadListModel::card(const Entry &entry) const
{
    const Instant now = m_clock.now();
    const qint64 minute = toMs(now) / kMinuteMs;
    if (!entry.card || entry.minute != minute) {
        entry.card = std::make_shared<const ThreadCard>(threadCard(entry.row, {now, m_locale, m_zone}, ++m_stamp));
        entry.minute = minute;
    }
    return entry.card;
}

ConversationId ThreadListModel::conversationAt(int row) const
{
    const ConversationRow *found = at(row);
    return found ? found->id : ConversationId();
}

int ThreadListModel::rowOf(ConversationId id) const
{
    const auto key = m_keys.constFind(id);
    return key == m_keys.constEnd() ? -1 : lowerBound(*key);
}

const ConversationRow *ThreadListModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_entries[static_cast<size_t>(row)].row : nullptr;
}

void ThreadListModel::setLocale(const QLocale &locale, const QTimeZone &zone)
{
    m_locale = locale;
    m_zone = zone;
    for (Entry &entry : m_entries)
        entry.card.reset();
    refreshTimes(0, rowCount() - 1);
}

int ThreadListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ThreadListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[static_cast<size_t>(index.row())];
    switch (role) {
    case CardRole:
        return QVariant::fromValue(card(entry));
    case ConversationIdRole:
        return entry.row.id.value();
    case UnreadRole:
        return entry.row.unread;
    case Qt::DisplayRole:
        return card(entry)->name;
    case Qt::AccessibleTextRole:
        return card(entry)->accessibleText;
    case Qt::ToolTipRole:
        return network(entry.row.network).name;
    default:
        return {};
    }
}

QHash<int, QByteArray> ThreadListModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(CardRole, "card");
    names.insert(ConversationIdRole, "conversationId");
    names.insert(UnreadRole, "unread");
    names.insert(TimesRole, "times");
    return names;
}

bool ThreadListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_next && !m_busy;
}

void ThreadListModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        readPage();
}

} // namespace indelible::ui

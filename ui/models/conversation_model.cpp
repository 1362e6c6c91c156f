// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/conversation_model.h"

#include "app/base/when_done.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kItemsAtOnce = 40; ///< more than the tallest screen shows; each is shaped before the first is painted
constexpr size_t kMostItemsReadAgain = 500;

} // namespace

ConversationModel::ConversationModel(Source source, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(std::move(source))
    , m_clock(clock)
    , m_zone(QTimeZone::systemTimeZone())
{
}

void ConversationModel::open(ConversationId id)
{
    if (id == m_wanted)
        return;
    ++m_generation;
    m_busy = false;
    m_refreshWanted = false;
    m_wanted = id;
    if (id.isValid()) {
        read({});
        return;
    }
    beginResetModel();
    m_view.reset();
    m_lines.clear();
    m_states.clear();
    endResetModel();
    Q_EMIT opened(id);
}

void ConversationModel::refresh()
{
    m_refreshWanted = m_wanted.isValid();
    next();
}

void ConversationModel::fetchOlder()
{
    if (!m_busy && hasOlder() && m_view->row.id == m_wanted && !m_view->items.empty())
        read(m_view->items.front().id);
}

void ConversationModel::next()
{
    if (m_refreshWanted && !m_busy)
        read({});
}

void ConversationModel::read(std::optional<ItemId> before)
{
    m_busy = true;
    m_refreshWanted = m_refreshWanted && before.has_value();
    int limit = kItemsAtOnce;
    if (!before && m_view && m_view->row.id == m_wanted)
        limit = static_cast<int>(std::clamp<size_t>(m_view->items.size(), kItemsAtOnce, kMostItemsReadAgain));
    whenDone(this, m_source(m_wanted, limit, before),
             [this, before, generation = m_generation](Result<ConversationView> view) {
                 if (generation != m_generation)
                     return;
                 m_busy = false;
                 if (!view)
                     Q_EMIT failed(view.error());
                 else if (before)
                     takeOlder(std::move(*view));
                 else
                     take(std::move(*view));
                 next();
             });
}

void ConversationModel::take(ConversationView view)
{
    if (m_view && m_view->row.id == m_wanted) {
        // The newest items were read again; older ones that are loaded stay in front of them.
        const auto &old = m_view->items;
        const auto overlap =
            view.items.empty() ? old.end() : std::find_if(old.begin(), old.end(), [&](const ItemView &item) {
                return item.id == view.items.front().id;
            });
        if (overlap != old.end() && overlap != old.begin()) {
            view.items.insert(view.items.begin(), old.begin(), overlap);
            view.olderItems = m_view->olderItems;
        }
        m_view = std::move(view);
        show(lines());
        Q_EMIT refreshed();
        return;
    }
    beginResetModel();
    m_view = std::move(view);
    m_states.clear();
    m_lines = lines();
    endResetModel();
    Q_EMIT opened(m_wanted);
}

void ConversationModel::takeOlder(ConversationView view)
{
    if (!m_view)
        return;
    m_view->olderItems = view.olderItems;
    m_view->items.insert(m_view->items.begin(), std::make_move_iterator(view.items.begin()),
                         std::make_move_iterator(view.items.end()));
    show(lines());
}

std::vector<ConversationModel::Line> ConversationModel::lines() const
{
    std::vector<Line> result;
    if (!m_view)
        return result;
    const Here now = here();
    QDate day;
    QHash<QString, int> used;
    const auto add = [&](Bubble bubble) {
        // Days can come back where an author's clock lies; every line still needs a name of its own.
        if (const int count = used[bubble.key]++; count > 0)
            bubble.key += u'/' + QString::number(count);
        bubble.stamp = ++m_stamp;
        const QString key = bubble.key;
        result.push_back({key, std::make_shared<const Bubble>(std::move(bubble))});
    };
    const auto addDated = [&](Bubble bubble) {
        if (const QDate date = now.local(bubble.at).date(); date != day) {
            day = date;
            add(dayBubble(bubble.at, now));
        }
        add(std::move(bubble));
    };
    const bool savesFiles = m_savesFiles && m_savesFiles(m_view->row.account);
    // What happened before the first loaded item belongs to items that are not loaded.
    auto event = m_view->events.begin();
    const auto lastEvent = m_view->events.end();
    bool first = true;
    for (const ItemView &item : m_view->items) {
        Bubble bubble = itemBubble(item, m_view->row, state(u'i' + item.id.toString()), now, savesFiles);
        for (; event != lastEvent && event->at < bubble.at; ++event)
            if (!first || !m_view->olderItems)
                addDated(eventBubble(*event, now));
        first = false;
        addDated(std::move(bubble));
    }
    for (; event != lastEvent; ++event)
        addDated(eventBubble(*event, now));
    for (const OutboxView &answer : m_view->outbox)
        addDated(outboxBubble(answer, state(u'o' + answer.id.toString()), now));
    return result;
}

void ConversationModel::show(std::vector<Line> fresh)
{
    QSet<QString> wanted;
    for (const Line &line : fresh)
        wanted.insert(line.key);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(m_lines[static_cast<size_t>(row)].key))
            continue;
        beginRemoveRows({}, row, row);
        m_lines.erase(m_lines.begin() + row);
        endRemoveRows();
    }
    QSet<QString> present;
    for (const Line &line : m_lines)
        present.insert(line.key);
    for (size_t i = 0; i < fresh.size();) {
        if (i < m_lines.size() && m_lines[i].key == fresh[i].key) {
            update(static_cast<int>(i), std::move(fresh[i].bubble));
            ++i;
            continue;
        }
        // Either a run of new lines, or a line that is listed further down and moves up here.
        if (present.contains(fresh[i].key)) {
            const int from = rowOf(fresh[i].key);
            const int to = static_cast<int>(i);
            beginMoveRows({}, from, from, {}, to);
            std::rotate(m_lines.begin() + to, m_lines.begin() + from, m_lines.begin() + from + 1);
            endMoveRows();
            continue;
        }
        size_t end = i + 1;
        while (end < fresh.size() && !present.contains(fresh[end].key))
            ++end;
        beginInsertRows({}, static_cast<int>(i), static_cast<int>(end) - 1);
        m_lines.insert(m_lines.begin() + static_cast<qsizetype>(i),
                       std::make_move_iterator(fresh.begin() + static_cast<qsizetype>(i)),
                       std::make_move_iterator(fresh.begin() + static_cast<qsizetype>(end)));
        endInsertRows();
        i = end;
    }
}

void ConversationModel::update(int row, std::shared_ptr<const Bubble> bubble)
{
    Line &line = m_lines[static_cast<size_t>(row)];
    Bubble before = *line.bubble;
    before.stamp = bubble->stamp;
    if (before == *bubble)
        return;
    line.bubble = std::move(bubble);
    Q_EMIT dataChanged(index(row), index(row));
}

std::shared_ptr<const Bubble> ConversationModel::bubble(int row) const
{
    return row >= 0 && row < rowCount() ? m_lines[static_cast<size_t>(row)].bubble : nullptr;
}

int ConversationModel::rowOf(const QString &key) const
{
    const auto found =
        std::find_if(m_lines.begin(), m_lines.end(), [&key](const Line &line) { return line.key == key; });
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

int ConversationModel::firstUnseenRow() const
{
    if (!m_view || !m_view->row.unread)
        return -1;
    int found = -1;
    for (int row = rowCount() - 1; row >= 0; --row) {
        const Bubble::Kind kind = m_lines[static_cast<size_t>(row)].bubble->kind;
        if (kind == Bubble::Kind::Ours)
            break;
        if (kind == Bubble::Kind::Theirs)
            found = row;
    }
    return found;
}

void ConversationModel::setLocale(const QLocale &locale, const QTimeZone &zone)
{
    m_locale = locale;
    m_zone = zone;
    show(lines());
}

void ConversationModel::toggleVersions(int row)
{
    if (const auto shown = bubble(row)) {
        m_states[shown->key].versionsShown = !state(shown->key).versionsShown;
        show(lines());
    }
}

void ConversationModel::toggleQuote(int row)
{
    if (const auto shown = bubble(row)) {
        m_states[shown->key].quoteShown = !state(shown->key).quoteShown;
        show(lines());
    }
}

void ConversationModel::showMore(int row)
{
    if (const auto shown = bubble(row)) {
        m_states[shown->key].shownLetters += BubbleState().shownLetters;
        show(lines());
    }
}

void ConversationModel::refreshTimes()
{
    show(lines());
}

bool ConversationModel::isCountingDown() const
{
    const auto isRunning = [now = m_clock.now()](const OutboxView &answer) {
        return answer.state == OutboxState::Queued && answer.notBefore && *answer.notBefore > now;
    };
    return m_view && std::any_of(m_view->outbox.begin(), m_view->outbox.end(), isRunning);
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = m_lines[static_cast<size_t>(index.row())];
    switch (role) {
    case BubbleRole:
        return QVariant::fromValue(line.bubble);
    case KeyRole:
        return line.key;
    case Qt::DisplayRole:
        return line.bubble->text;
    case Qt::AccessibleTextRole:
        return line.bubble->accessibleText;
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(BubbleRole, "bubble");
    names.insert(KeyRole, "key");
    return names;
}

} // namespace indelible::ui

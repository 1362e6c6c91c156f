// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/conversation.h"
#include "ui/models/thread_card.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QHash>
#include <QSet>

#include <functional>

namespace indelible::ui {

/// The conversations of one query, page by page. Holds only what was scrolled to; a change inserts, moves, updates or
/// removes rows, and only setQuery() resets. One request at a time: what changes meanwhile is asked for afterwards, so
/// that pages and changes cannot overtake each other. Interface thread; `clock` outlives it. The sources are
/// InboxService::page and rows, or a test's.
class ThreadListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using PageSource = std::function<QFuture<Result<InboxPage>>(InboxQuery)>;
    using RowSource = std::function<QFuture<Result<std::vector<ConversationRow>>>(InboxQuery, QList<ConversationId>)>;

    enum Role {
        CardRole = Qt::UserRole + 1, ///< std::shared_ptr<const ThreadCard>: everything that is painted
        ConversationIdRole,          ///< qint64
        UnreadRole,                  ///< bool
        TimesRole,                   ///< never read; names in dataChanged() that only ages and countdowns changed
    };
    Q_ENUM(Role)

    ThreadListModel(PageSource pages, RowSource rows, const Clock &clock, QObject *parent = nullptr);

    /// Lists something else (reset), from the first page. The same query again reads it anew.
    void setQuery(InboxQuery query);
    [[nodiscard]] const InboxQuery &query() const { return m_query; }

    /// These conversations changed somehow (InboxService::changed).
    void applyChanged(const QList<ConversationId> &ids);

    /// Ages and countdowns of these rows, for a timer; says dataChanged(TimesRole).
    void refreshTimes(int first, int last);

    [[nodiscard]] ConversationId conversationAt(int row) const;
    /// -1 = not among the rows read so far.
    [[nodiscard]] int rowOf(ConversationId id) const;
    /// Null outside the rows.
    [[nodiscard]] const ConversationRow *at(int row) const;
    [[nodiscard]] bool isLoading() const { return m_busy; }
    /// The first page of this query has arrived: an empty model is now truly empty.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    void setLocale(const QLocale &locale, const QTimeZone &zone);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole is the name, AccessibleTextRole the card as sentences, ToolTipRole the network's name.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    /// A page or a change is in. `first` is true for the first page of a query.
    void loaded(bool first);
    /// What could not be read; the rows stay. setQuery(query()) tries again.
    void failed(const indelible::Error &error);

private:
    struct Entry
    {
        ConversationRow row;
        mutable std::shared_ptr<const ThreadCard> card; ///< made when first asked for, anew each minute
        mutable qint64 minute = 0;
    };

    void readPage();
    void readChanges();
    void next();
    void takePage(InboxPage page);
    void takeChanges(const QList<ConversationId> &asked, std::vector<ConversationRow> rows);
    void apply(const ConversationRow &row);
    void insert(ConversationRow row);
    void move(int from, const ConversationRow &row);
    void updateInPlace(int row, ConversationRow fresh);
    void remove(int row);
    [[nodiscard]] bool isBeyond(const PageKey &key) const;
    [[nodiscard]] int lowerBound(const PageKey &key) const;
    [[nodiscard]] const std::shared_ptr<const ThreadCard> &card(const Entry &entry) const;

    PageSource m_pageSource;
    RowSource m_rowSource;
    const Clock &m_clock;
    QLocale m_locale = readersLocale();
    QTimeZone m_zone;
    InboxQuery m_query;
    std::vector<Entry> m_entries;          ///< ascending by row.key
    QHash<ConversationId, PageKey> m_keys; ///< of the entries
    std::optional<PageKey> m_next;         ///< where the next page begins; none = all read
    QList<ConversationId> m_changed;       ///< to be asked for, oldest first
    QSet<ConversationId> m_changedSet;
    quint64 m_generation = 0; ///< answers to an older query are dropped
    mutable quint64 m_stamp = 0;
    bool m_busy = false;
    bool m_loaded = false;
};

} // namespace indelible::ui

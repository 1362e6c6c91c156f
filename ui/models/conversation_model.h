// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/conversation.h"
#include "ui/models/bubble.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QHash>

#include <functional>

namespace indelible::ui {

/// The lines of one conversation, oldest first: days, their messages and ours, notes, events, answers on their way.
/// Another conversation resets; everything else inserts, removes and updates lines. Older items come in above by
/// fetchOlder(). Interface thread; `clock` outlives it. The source is InboxService::open, or a test's.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using Source =
        std::function<QFuture<Result<ConversationView>>(ConversationId, int limit, std::optional<ItemId> before)>;

    enum Role {
        BubbleRole = Qt::UserRole + 1, ///< std::shared_ptr<const Bubble>: everything that is painted
        KeyRole,                       ///< QString, lasting name of the line
    };
    Q_ENUM(Role)

    ConversationModel(Source source, const Clock &clock, QObject *parent = nullptr);

    /// Asked whether an account hands out the files of its items; without it no account does.
    void setSavesFiles(std::function<bool(AccountId)> savesFiles) { m_savesFiles = std::move(savesFiles); }

    /// Shows another conversation; an invalid id shows none. The old one stays until the new one is read.
    void open(ConversationId id);
    /// Reads the newest items again, for InboxService::changed and OutboxService::changed.
    void refresh();
    [[nodiscard]] bool hasOlder() const { return m_view && m_view->olderItems; }
    /// Reads 60 older items; does nothing while it is reading or where there are none.
    void fetchOlder();

    [[nodiscard]] ConversationId conversation() const { return m_wanted; }
    /// What was read last; null before the first answer. Its items are all those loaded so far.
    [[nodiscard]] const ConversationView *view() const { return m_view ? &*m_view : nullptr; }
    [[nodiscard]] std::shared_ptr<const Bubble> bubble(int row) const;
    [[nodiscard]] int rowOf(const QString &key) const;
    /// Where to start reading: the first of their items after our last one if the conversation is unread, else -1.
    [[nodiscard]] int firstUnseenRow() const;
    void setLocale(const QLocale &locale, const QTimeZone &zone);

    void toggleVersions(int row);
    void toggleQuote(int row);
    void showMore(int row);
    /// An undo window is running: its seconds are shown.
    [[nodiscard]] bool isCountingDown() const;
    /// "Sending in 6 s" and "Today" go with the clock: once a second while isCountingDown(), else once a minute.
    void refreshTimes();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Qt::DisplayRole is the text, AccessibleTextRole the line as sentences.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    /// Another conversation is shown now (after the reset); refreshed() does not follow.
    void opened(indelible::ConversationId id);
    /// view() was read again while it is shown: row, draft, outbox may be new.
    void refreshed();
    void failed(const indelible::Error &error);

private:
    struct Line
    {
        QString key;
        std::shared_ptr<const Bubble> bubble;
    };

    void read(std::optional<ItemId> before);
    void next();
    void take(ConversationView view);
    void takeOlder(ConversationView view);
    [[nodiscard]] std::vector<Line> lines() const;
    void show(std::vector<Line> lines);
    void update(int row, std::shared_ptr<const Bubble> bubble);
    [[nodiscard]] BubbleState state(const QString &key) const { return m_states.value(key); }
    [[nodiscard]] Here here() const { return {m_clock.now(), m_locale, m_zone}; }

    Source m_source;
    std::function<bool(AccountId)> m_savesFiles;
    const Clock &m_clock;
    QLocale m_locale = readersLocale();
    QTimeZone m_zone;
    std::optional<ConversationView> m_view;
    std::vector<Line> m_lines;
    QHash<QString, BubbleState> m_states;
    ConversationId m_wanted;
    quint64 m_generation = 0;
    mutable quint64 m_stamp = 0;
    bool m_busy = false;
    bool m_refreshWanted = false;
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/ids.h"
#include "ui/models/thread_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painted_list_view.h"

#include <QTimer>

namespace indelible::ui {

class ThreadDelegate;

/// The thread list: painted cards 102 high at the design's text size. Keeps the selection by conversation, holds the
/// place when rows come in above, updates times once a minute. Commands are only asked for by signal. Interface thread;
/// theme and model outlive it.
class ThreadListView : public PaintedListView
{
    Q_OBJECT
public:
    ThreadListView(const Theme &theme, ThreadListModel &model, QWidget *parent = nullptr);
    ~ThreadListView() override;

    /// Shown as chosen; stays so through changes and resets until another one is chosen, even while it is not listed.
    [[nodiscard]] ConversationId currentConversation() const { return m_current; }
    /// Chooses without currentConversationChanged(). Scrolls to it where it is listed.
    void select(ConversationId id);
    /// The next or previous one in the list; after the chosen one left it, the one that took its place.
    /// False = there is none.
    bool selectNext();
    bool selectPrevious();
    /// Rows that came in above what is seen since it was last at the top.
    [[nodiscard]] int newAbove() const { return m_newAbove; }

Q_SIGNALS:
    /// A person (or selectNext(), selectPrevious()) chose another one. Not said when the chosen one leaves the list.
    void currentConversationChanged(indelible::ConversationId id);
    /// Enter or double click: go to the conversation.
    void conversationActivated(indelible::ConversationId id);
    void doneRequested(indelible::ConversationId id);
    void assignToMeRequested(indelible::ConversationId id);
    void menuRequested(indelible::ConversationId id, const QPoint &globalPosition);
    void newAboveChanged(int count);

protected:
    [[nodiscard]] int contentHeight() const override;
    [[nodiscard]] int rowTop(int row) const override;
    [[nodiscard]] int rowHeight(int row) const override;
    [[nodiscard]] int rowAt(int y) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void onReset();
    void onTheme();
    void fetchAhead();
    void chooseRow(int row);
    void setNewAbove(int count);

    const Theme &m_theme;
    ThreadListModel &m_model;
    ThreadDelegate *m_delegate;
    QTimer m_minute;
    ConversationId m_current;
    int m_gapRow = -1; ///< where the chosen one stood when it left the list
    int m_newAbove = 0;
    bool m_quiet = false; ///< the current index is being put where it was, nobody chose
};

} // namespace indelible::ui

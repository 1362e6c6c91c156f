// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/ids.h"
#include "ui/models/conversation_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/painted_list_view.h"

#include <QHash>
#include <QPointer>
#include <QTimer>
#include <QUrl>

class QMenu;

namespace indelible::ui {

class BubbleDelegate;
class BubbleReader;
struct BubbleHit;

/// The messages of one conversation, without header and composer. Opens at the first unseen item or the end, stays at
/// the end only if it was there, keeps its pixels when older items come in above. Enter or a double click opens the
/// text of a message for selecting and copying (plain text); Esc closes it. Everything that can be clicked in a message
/// is also in its menu (menu key, right click). Opens nothing itself: links, record entries and answers on their way
/// are asked for by signal. Interface thread; theme and model outlive it.
class MessageListView final : public PaintedListView
{
    Q_OBJECT
public:
    MessageListView(const Theme &theme, ConversationModel &model, QWidget *parent = nullptr);
    ~MessageListView() override;

    [[nodiscard]] bool isAtEnd() const;
    void scrollToEnd();
    /// Shows or hides earlier versions of the chosen message (key H).
    void toggleCurrentVersions();

Q_SIGNALS:
    /// A person clicked a web link of a message; as the network gave it, not checked.
    void linkActivated(const QUrl &url);
    /// The stamp with the record number.
    void entryActivated(qint64 entry);
    /// A file of an item is to be fetched and saved: its place in RemoteItem::media.
    void saveRequested(indelible::ItemId item, int attachment);
    void undoRequested(indelible::OutboxId id);
    void sendNowRequested(indelible::OutboxId id);
    void sendAgainRequested(indelible::OutboxId id);
    void giveUpRequested(indelible::OutboxId id);

protected:
    [[nodiscard]] int contentHeight() const override;
    [[nodiscard]] int rowTop(int row) const override;
    [[nodiscard]] int rowHeight(int row) const override;
    [[nodiscard]] int rowAt(int y) const override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *event) override;

private:
    /// What must not move on the screen while heights change.
    struct Anchor
    {
        bool atEnd = true;
        QString key;
        int offset = 0;
    };

    void onOpened();
    void onTheme();
    void relayout();
    void measure();
    void keepAnchor();
    void restoreAnchor();
    void fetchOlderIfNear();
    void startTick();
    [[nodiscard]] QStyleOptionViewItem optionFor(const QModelIndex &index) const;
    [[nodiscard]] BubbleHit hitAt(const QPoint &point) const;
    void act(int row, const BubbleHit &hit);
    void fillMenu(QMenu &menu, int row);
    void openReader(int row);
    void closeReader();
    void placeReader();

    const Theme &m_theme;
    ConversationModel &m_model;
    BubbleDelegate *m_delegate;
    std::vector<int> m_tops;       ///< one more than rows; the last one is the end
    QHash<quint64, int> m_heights; ///< by Bubble::stamp, at m_measuredWidth
    int m_measuredWidth = -1;
    Anchor m_anchor;
    QTimer m_remeasure;
    QTimer m_tick;
    QPointer<BubbleReader> m_reader;
    QString m_readerKey;
    bool m_restoring = false;
};

} // namespace indelible::ui

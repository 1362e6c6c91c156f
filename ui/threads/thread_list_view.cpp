// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/threads/thread_list_view.h"

#include "ui/threads/thread_delegate.h"
#include "ui/widgets/plain_label.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

using namespace std::chrono_literals;

namespace indelible::ui {

ThreadListView::ThreadListView(const Theme &theme, ThreadListModel &model, QWidget *parent)
    : PaintedListView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_delegate(new ThreadDelegate(theme, this))
{
    setAccessibleName(tr("Conversations"));
    setItemDelegate(m_delegate);
    setModel(&m_model);
    onTheme();
    connect(&m_theme, &Theme::changed, this, &ThreadListView::onTheme);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ThreadListView::onReset);
    connect(&m_model, &ThreadListModel::loaded, this, &ThreadListView::fetchAhead);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(this, &QAbstractItemView::doubleClicked, this, [this] { Q_EMIT conversationActivated(m_current); });
    m_minute.setInterval(60s);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        const auto [first, last] = visibleRows();
        m_model.refreshTimes(first, last);
    });
    m_minute.start();
}

ThreadListView::~ThreadListView() = default;

void ThreadListView::onTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.colour(Token::List));
    setPalette(colours);
    viewport()->setPalette(colours); // with a style sheet it keeps a palette of its own
    m_delegate->refresh();
    updateGeometries();
    viewport()->update();
}

int ThreadListView::contentHeight() const
{
    return rowCount() * m_delegate->cardHeight();
}

int ThreadListView::rowTop(int row) const
{
    return row * m_delegate->cardHeight();
}

int ThreadListView::rowHeight(int) const
{
    return m_delegate->cardHeight();
}

int ThreadListView::rowAt(int y) const
{
    return y >= 0 && y < contentHeight() ? y / m_delegate->cardHeight() : -1;
}

void ThreadListView::select(ConversationId id)
{
    m_current = id;
    m_gapRow = -1;
    const int row = m_model.rowOf(id);
    const QModelIndex index = row < 0 ? QModelIndex() : m_model.index(row);
    m_quiet = true;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    m_quiet = false;
    if (index.isValid())
        scrollTo(index);
}

void ThreadListView::chooseRow(int row)
{
    const ConversationId id = m_model.conversationAt(row);
    if (!id.isValid())
        return;
    select(id);
    Q_EMIT currentConversationChanged(id);
}

bool ThreadListView::selectNext()
{
    const int row = m_model.rowOf(m_current);
    const int next = row >= 0 ? row + 1 : std::max(m_gapRow, 0);
    if (next >= rowCount())
        return false;
    chooseRow(next);
    return true;
}

bool ThreadListView::selectPrevious()
{
    const int row = m_model.rowOf(m_current);
    const int previous = (row >= 0 ? row : std::min(m_gapRow, rowCount())) - 1;
    if (previous < 0)
        return false;
    chooseRow(previous);
    return true;
}

void ThreadListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    PaintedListView::currentChanged(current, previous);
    viewport()->update();
    if (m_quiet || !current.isValid())
        return;
    const ConversationId id = m_model.conversationAt(current.row());
    if (id == m_current)
        return;
    m_current = id;
    m_gapRow = -1;
    Q_EMIT currentConversationChanged(id);
}

void ThreadListView::onReset()
{
    m_gapRow = -1;
    setNewAbove(0);
    verticalScrollBar()->setValue(0);
    updateGeometries();
    viewport()->update();
}

void ThreadListView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const int before = verticalOffset();
    PaintedListView::rowsInserted(parent, start, end);
    updateGeometries();
    const int added = end - start + 1;
    // Hold the place of what is being read while something comes in above it.
    if (before > 0 && rowTop(start) < before) {
        verticalScrollBar()->setValue(before + added * m_delegate->cardHeight());
        setNewAbove(m_newAbove + added);
    }
    if (currentIndex().isValid() || !m_current.isValid())
        return;
    if (const int row = m_model.rowOf(m_current); row >= start && row <= end) {
        m_quiet = true;
        selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
        m_quiet = false;
    }
}

void ThreadListView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    if (const int row = currentIndex().row(); row >= start && row <= end) {
        // The base class would choose the neighbour, and a conversation would open that nobody asked for.
        m_gapRow = start;
        m_quiet = true;
        selectionModel()->setCurrentIndex({}, QItemSelectionModel::Clear);
        m_quiet = false;
    } else if (m_gapRow > end) {
        m_gapRow -= end - start + 1;
    }
    PaintedListView::rowsAboutToBeRemoved(parent, start, end);
}

void ThreadListView::scrollContentsBy(int dx, int dy)
{
    PaintedListView::scrollContentsBy(dx, dy);
    if (verticalOffset() == 0)
        setNewAbove(0);
    fetchAhead();
}

void ThreadListView::setNewAbove(int count)
{
    if (m_newAbove == count)
        return;
    m_newAbove = count;
    Q_EMIT newAboveChanged(count);
}

void ThreadListView::fetchAhead()
{
    updateGeometries();
    // Two screens ahead, so that scrolling does not run into the end of a page.
    const int wanted = verticalOffset() + 3 * viewport()->height();
    if (wanted > contentHeight() && m_model.canFetchMore({}))
        m_model.fetchMore({});
}

void ThreadListView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid()) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        option.rect = visualRect(index);
        const CardPart part = m_delegate->partAt(option, index, event->pos());
        const ConversationId id = m_model.conversationAt(index.row());
        if (part == CardPart::Done || part == CardPart::Assign) {
            event->accept();
            if (part == CardPart::Done)
                Q_EMIT doneRequested(id);
            else
                Q_EMIT assignToMeRequested(id);
            return;
        }
    }
    // A press on the menu button must not open another conversation.
    if (event->button() == Qt::LeftButton)
        PaintedListView::mousePressEvent(event);
}

void ThreadListView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (m_current.isValid() && event->modifiers() == Qt::NoModifier) {
            Q_EMIT conversationActivated(m_current);
            event->accept();
            return;
        }
    }
    PaintedListView::keyPressEvent(event);
}

void ThreadListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint place = byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos();
    Q_EMIT menuRequested(m_model.conversationAt(index.row()), place);
}

bool ThreadListView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QModelIndex index = indexAt(help->pos());
        QString text = index.data(Qt::ToolTipRole).toString();
        if (index.isValid()) {
            QStyleOptionViewItem option;
            initViewItemOption(&option);
            option.rect = visualRect(index);
            const CardPart part = m_delegate->partAt(option, index, help->pos());
            if (part == CardPart::Done)
                text = tr("Done (E)");
            else if (part == CardPart::Assign)
                text = tr("Assign to me (I)");
        }
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
        return true;
    }
    return PaintedListView::viewportEvent(event);
}

} // namespace indelible::ui

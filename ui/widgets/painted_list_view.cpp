// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/painted_list_view.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace indelible::ui {

PaintedListView::PaintedListView(QWidget *parent)
    : QListView(parent)
{
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameStyle(NoFrame);
    // Over the rows, so that they are as wide as the pane whether they scroll or not (Style).
    verticalScrollBar()->setProperty("overlay", true);
    verticalScrollBar()->setAttribute(Qt::WA_OpaquePaintEvent, false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setWordWrap(true);
}

int PaintedListView::rowCount() const
{
    return model() ? model()->rowCount() : 0;
}

int PaintedListView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect PaintedListView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    return {0, rowTop(index.row()) - verticalOffset(), viewport()->width(), rowHeight(index.row())};
}

QModelIndex PaintedListView::indexAt(const QPoint &point) const
{
    const int row = rowCount() > 0 ? rowAt(point.y() + verticalOffset()) : -1;
    return row < 0 ? QModelIndex() : model()->index(row, 0);
}

void PaintedListView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || index.row() >= rowCount())
        return;
    const int top = rowTop(index.row());
    const int height = rowHeight(index.row());
    const int room = viewport()->height();
    int value = verticalOffset();
    if (hint == PositionAtTop || (hint == EnsureVisible && (top < value || height > room)))
        value = top;
    else if (hint == PositionAtBottom || (hint == EnsureVisible && top + height > value + room))
        value = top + height - room;
    else if (hint == PositionAtCenter)
        value = top - (room - height) / 2;
    verticalScrollBar()->setValue(value);
}

// QListView's own would lay out every row, and scroll and resize by that layout. What it stands on only keeps the books
// of its state. NOLINTBEGIN(bugprone-parent-virtual-call)
void PaintedListView::doItemsLayout()
{
    QAbstractItemView::doItemsLayout();
}

std::pair<int, int> PaintedListView::visibleRows() const
{
    if (rowCount() == 0)
        return {-1, -1};
    const int last = rowAt(verticalOffset() + viewport()->height() - 1);
    return {std::max(rowAt(verticalOffset()), 0), last < 0 ? rowCount() - 1 : last};
}

void PaintedListView::updateGeometries()
{
    // The base class asks while this is being made, when there is no geometry yet.
    if (!model())
        return;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(std::max(20, rowCount() > 0 ? rowHeight(0) / 3 : 20));
    verticalScrollBar()->setRange(0, std::max(0, contentHeight() - viewport()->height()));
    QAbstractItemView::updateGeometries();
}

void PaintedListView::scrollContentsBy(int dx, int dy)
{
    QAbstractScrollArea::scrollContentsBy(dx, dy); // clazy:exclude=skipped-base-method
    viewport()->update();
}

void PaintedListView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
}
// NOLINTEND(bugprone-parent-virtual-call)

QModelIndex PaintedListView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int rows = rowCount();
    if (rows == 0)
        return {};
    const QModelIndex current = currentIndex();
    const int row = current.isValid() ? current.row() : -1;
    const int page = row < 0 ? 0 : viewport()->height();
    int next = 0;
    switch (action) {
    case MoveDown:
    case MoveNext:
        next = row + 1;
        break;
    case MoveUp:
    case MovePrevious:
        next = row < 0 ? rows - 1 : row - 1;
        break;
    case MoveHome:
        next = 0;
        break;
    case MoveEnd:
        next = rows - 1;
        break;
    case MovePageDown:
        next = row < 0 ? 0 : std::max(row + 1, rowAt(std::min(rowTop(row) + page, contentHeight() - 1)));
        break;
    case MovePageUp:
        next = row < 0 ? 0 : std::min(row - 1, rowAt(std::max(rowTop(row) - page, 0)));
        break;
    case MoveLeft:
    case MoveRight:
        return current;
    }
    return model()->index(std::clamp(next, 0, rows - 1), 0);
}

void PaintedListView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    const int first = rowAt(rect.normalized().top() + verticalOffset());
    const int last = rowAt(rect.normalized().bottom() + verticalOffset());
    if (first >= 0 && last >= 0)
        selectionModel()->select(QItemSelection(model()->index(first, 0), model()->index(last, 0)), command);
    else
        selectionModel()->select(QItemSelection(), command);
}

QRegion PaintedListView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    const auto [first, last] = visibleRows();
    for (const QItemSelectionRange &range : selection)
        for (int row = std::max(range.top(), first); row <= std::min(range.bottom(), last); ++row)
            region += visualRect(model()->index(row, 0));
    return region;
}

void PaintedListView::paintEvent(QPaintEvent *event)
{
    if (rowCount() == 0)
        return;
    QPainter painter(viewport());
    painter.setLayoutDirection(layoutDirection());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QPoint pointer = viewport()->mapFromGlobal(QCursor::pos());
    const QModelIndex under = viewport()->underMouse() ? indexAt(pointer) : QModelIndex();
    const QStyle::State state = option.state;
    const int first = std::max(rowAt(event->rect().top() + verticalOffset()), 0);
    for (int row = first; row < rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        option.rect = visualRect(index);
        if (option.rect.top() > event->rect().bottom())
            break;
        option.state = state;
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isSelected(index));
        option.state.setFlag(QStyle::State_MouseOver, index == under);
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        option.index = index;
        itemDelegateForIndex(index)->paint(&painter, option, index);
    }
}

} // namespace indelible::ui

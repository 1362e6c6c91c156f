// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation/message_list_view.h"

#include "ui/conversation/bubble_delegate.h"
#include "ui/conversation/bubble_reader.h"
#include "ui/widgets/plain_label.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

using namespace std::chrono_literals;

namespace indelible::ui {

namespace {

constexpr int kMeasuredAtOnce = 120;
constexpr int kTopPadding = 10;

} // namespace

MessageListView::MessageListView(const Theme &theme, ConversationModel &model, QWidget *parent)
    : PaintedListView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_delegate(new BubbleDelegate(theme, this))
{
    setAccessibleName(tr("Messages"));
    setItemDelegate(m_delegate);
    setModel(&m_model);
    m_remeasure.setSingleShot(true);
    m_remeasure.setInterval(30ms);
    m_tick.setSingleShot(true);
    connect(&m_remeasure, &QTimer::timeout, this, &MessageListView::relayout);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model.refreshTimes();
        startTick();
    });
    connect(&m_theme, &Theme::changed, this, &MessageListView::onTheme);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &MessageListView::relayout);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &MessageListView::relayout);
    connect(&m_model, &QAbstractItemModel::rowsMoved, this, &MessageListView::relayout);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &MessageListView::relayout);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &MessageListView::relayout);
    connect(&m_model, &ConversationModel::opened, this, &MessageListView::onOpened);
    connect(&m_model, &ConversationModel::refreshed, this, &MessageListView::startTick);
    onTheme();
}

MessageListView::~MessageListView() = default;

void MessageListView::onTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.colour(Token::Content));
    setPalette(colours);
    viewport()->setPalette(colours); // with a style sheet it keeps a palette of its own
    m_delegate->refresh();
    m_heights.clear();
    closeReader();
    relayout();
}

void MessageListView::onOpened()
{
    closeReader();
    m_anchor = {};
    if (const int unseen = m_model.firstUnseenRow(); unseen > 0) {
        // With the line above it: the day, or what it answers to begins to show.
        m_anchor = {false, m_model.bubble(unseen - 1)->key, 0};
    } else if (unseen == 0) {
        m_anchor = {false, m_model.bubble(0)->key, 0};
    }
    restoreAnchor();
    fetchOlderIfNear();
    startTick();
}

void MessageListView::startTick()
{
    m_tick.start(m_model.isCountingDown() ? 1s : 60s);
}

void MessageListView::measure()
{
    const int width = viewport()->width();
    if (width != m_measuredWidth) {
        m_heights.clear();
        m_measuredWidth = width;
    }
    const int rows = rowCount();
    QHash<quint64, int> heights;
    heights.reserve(rows);
    m_tops.assign(static_cast<size_t>(rows) + 1, 0);
    int top = m_theme.scaled(kTopPadding);
    for (int row = 0; row < rows; ++row) {
        m_tops[static_cast<size_t>(row)] = top;
        const auto bubble = m_model.bubble(row);
        const auto known = m_heights.constFind(bubble->stamp);
        const int height =
            known != m_heights.constEnd() ? *known : m_delegate->heightOf(*bubble, width, layoutDirection());
        heights.insert(bubble->stamp, height);
        top += height;
    }
    m_tops[static_cast<size_t>(rows)] = top;
    m_heights = std::move(heights);
}

void MessageListView::relayout()
{
    measure();
    restoreAnchor();
    placeReader();
    viewport()->update();
}

void MessageListView::keepAnchor()
{
    if (m_restoring || rowCount() == 0)
        return;
    m_anchor.atEnd = isAtEnd();
    const int row = std::max(rowAt(verticalOffset()), 0);
    m_anchor.key = m_model.bubble(row)->key;
    m_anchor.offset = rowTop(row) - verticalOffset();
}

void MessageListView::restoreAnchor()
{
    m_restoring = true;
    updateGeometries();
    const int row = m_anchor.atEnd ? -1 : m_model.rowOf(m_anchor.key);
    verticalScrollBar()->setValue(row < 0 ? verticalScrollBar()->maximum() : rowTop(row) - m_anchor.offset);
    m_restoring = false;
}

int MessageListView::contentHeight() const
{
    return m_tops.empty() ? 0 : m_tops.back() + m_theme.scaled(2);
}

int MessageListView::rowTop(int row) const
{
    return m_tops.empty() ? 0 : m_tops[std::min(static_cast<size_t>(row), m_tops.size() - 1)];
}

int MessageListView::rowHeight(int row) const
{
    return rowTop(row + 1) - rowTop(row);
}

int MessageListView::rowAt(int y) const
{
    if (m_tops.size() < 2 || y >= m_tops.back())
        return -1;
    const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
    return std::min(static_cast<int>(after - m_tops.begin()) - 1, rowCount() - 1);
}

bool MessageListView::isAtEnd() const
{
    return verticalOffset() >= verticalScrollBar()->maximum() - 4;
}

void MessageListView::scrollToEnd()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void MessageListView::resizeEvent(QResizeEvent *event)
{
    m_restoring = true;
    PaintedListView::resizeEvent(event);
    m_restoring = false;
    if (event->size().width() == m_measuredWidth)
        restoreAnchor();
    else if (rowCount() <= kMeasuredAtOnce)
        relayout();
    else
        m_remeasure.start();
}

void MessageListView::scrollContentsBy(int dx, int dy)
{
    PaintedListView::scrollContentsBy(dx, dy);
    keepAnchor();
    placeReader();
    fetchOlderIfNear();
}

void MessageListView::fetchOlderIfNear()
{
    if (!m_restoring && verticalOffset() < viewport()->height() && m_model.hasOlder())
        m_model.fetchOlder();
}

QStyleOptionViewItem MessageListView::optionFor(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return option;
}

BubbleHit MessageListView::hitAt(const QPoint &point) const
{
    const QModelIndex index = indexAt(point);
    return index.isValid() ? m_delegate->hit(optionFor(index), *m_model.bubble(index.row()), point) : BubbleHit();
}

void MessageListView::act(int row, const BubbleHit &hit)
{
    const auto bubble = m_model.bubble(row);
    if (!bubble)
        return;
    switch (hit.action) {
    case BubbleAction::None:
        break;
    case BubbleAction::ToggleVersions:
        m_model.toggleVersions(row);
        break;
    case BubbleAction::ToggleQuote:
        m_model.toggleQuote(row);
        break;
    case BubbleAction::ShowMore:
        m_model.showMore(row);
        break;
    case BubbleAction::OpenEntry:
        Q_EMIT entryActivated(bubble->entry);
        break;
    case BubbleAction::OpenLink:
        Q_EMIT linkActivated(QUrl(hit.address));
        break;
    case BubbleAction::SaveAttachment:
        Q_EMIT saveRequested(bubble->item, hit.attachment);
        break;
    case BubbleAction::UndoSend:
        Q_EMIT undoRequested(bubble->outbox);
        break;
    case BubbleAction::SendNow:
        Q_EMIT sendNowRequested(bubble->outbox);
        break;
    case BubbleAction::SendAgain:
        Q_EMIT sendAgainRequested(bubble->outbox);
        break;
    case BubbleAction::GiveUp:
        Q_EMIT giveUpRequested(bubble->outbox);
        break;
    }
}

void MessageListView::toggleCurrentVersions()
{
    if (currentIndex().isValid())
        m_model.toggleVersions(currentIndex().row());
}

void MessageListView::mouseMoveEvent(QMouseEvent *event)
{
    PaintedListView::mouseMoveEvent(event);
    viewport()->setCursor(hitAt(event->pos()).action == BubbleAction::None ? Qt::ArrowCursor : Qt::PointingHandCursor);
}

void MessageListView::mouseReleaseEvent(QMouseEvent *event)
{
    PaintedListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && index == currentIndex())
        act(index.row(), hitAt(event->pos()));
}

void MessageListView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (index.isValid() && hitAt(event->pos()).action == BubbleAction::None)
        openReader(index.row());
}

void MessageListView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex current = currentIndex();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && current.isValid()) {
        openReader(current.row());
        return;
    }
    // A message taller than the pane is read to its end before the next one is chosen.
    const QRect rect = visualRect(current);
    const bool more = event->key() == Qt::Key_Down && current.isValid() && rect.bottom() > viewport()->height() &&
                      rect.top() < viewport()->height();
    const bool less = event->key() == Qt::Key_Up && current.isValid() && rect.top() < 0 && rect.bottom() > 0;
    if (more || less) {
        QScrollBar *bar = verticalScrollBar();
        bar->setValue(bar->value() + (more ? 3 : -3) * m_theme.scaled(20));
        return;
    }
    PaintedListView::keyPressEvent(event);
}

void MessageListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, index.row());
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void MessageListView::fillMenu(QMenu &menu, int row)
{
    const auto bubble = m_model.bubble(row);
    if (bubble->kind == Bubble::Kind::Day || bubble->kind == Bubble::Kind::Event)
        return;
    // By key, because lines may come in while the menu is open.
    const auto add = [&](QString text, const BubbleHit &hit) {
        QAction *action = menu.addAction(text.replace(u'&', QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, hit, key = bubble->key] { act(m_model.rowOf(key), hit); });
    };
    connect(menu.addAction(tr("Select text")), &QAction::triggered, this,
            [this, key = bubble->key] { openReader(m_model.rowOf(key)); });
    for (const FooterPart &part : bubble->footer) {
        if (part.action == BubbleAction::OpenEntry)
            add(tr("Show %1 in the record").arg(part.text), {part.action, {}, -1});
        else if (part.action != BubbleAction::None)
            add(part.text, {part.action, {}, -1});
    }
    for (const BubbleLink &link : bubble->links) {
        if (!link.address.isEmpty())
            add(tr("Open %1").arg(QUrl(link.address).host()), {BubbleAction::OpenLink, link.address, -1});
    }
    for (const BubbleLine &line : bubble->lines) {
        if (line.action != BubbleAction::None)
            add(line.menuText, {line.action, line.address, line.attachment});
    }
}

bool MessageListView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return PaintedListView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const BubbleHit hit = hitAt(help->pos());
    QString text;
    if (hit.action == BubbleAction::OpenLink)
        text = hit.address.left(300);
    else if (hit.action == BubbleAction::OpenEntry)
        text = tr("Show in the record");
    else if (const QModelIndex index = indexAt(help->pos());
             index.isValid() && m_model.bubble(index.row())->kind == Bubble::Kind::Event)
        text = m_model.bubble(index.row())->accessibleText;
    QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
    return true;
}

void MessageListView::openReader(int row)
{
    const auto bubble = m_model.bubble(row);
    if (!bubble || bubble->fullText.isEmpty() || bubble->kind == Bubble::Kind::Day ||
        bubble->kind == Bubble::Kind::Event)
        return;
    closeReader();
    m_reader = new BubbleReader(m_theme, *bubble, m_delegate->fill(*bubble), viewport());
    m_readerKey = bubble->key;
    connect(m_reader, &BubbleReader::closed, this, &MessageListView::closeReader);
    placeReader();
    m_reader->show();
    m_reader->setFocus(Qt::OtherFocusReason);
}

void MessageListView::closeReader()
{
    if (!m_reader)
        return;
    const bool hadFocus = m_reader->hasFocus();
    m_reader->disconnect(this);
    m_reader->deleteLater();
    m_reader = nullptr;
    if (hadFocus)
        setFocus(Qt::OtherFocusReason);
}

void MessageListView::placeReader()
{
    if (!m_reader)
        return;
    const int row = m_model.rowOf(m_readerKey);
    if (row < 0) {
        closeReader();
        return;
    }
    const QRect body = m_delegate->bodyRect(optionFor(m_model.index(row)), *m_model.bubble(row));
    const int margin = m_theme.scaled(11);
    QRect place = body.adjusted(margin, m_theme.scaled(8), -margin, -m_theme.scaled(8));
    place.setHeight(std::clamp(place.height(), m_theme.scaled(24), std::max(viewport()->height(), m_theme.scaled(24))));
    m_reader->setGeometry(place);
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/navigation_list.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/pill.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kRowHeight = 30;
constexpr int kRadius = 6;
constexpr int kPadding = 8;
constexpr int kIcon = 16;

} // namespace

class NavigationDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    NavigationDelegate(const Theme &theme, const NavigationModel &model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_model(model)
    {
    }

    void setCollapsed(bool collapsed) { m_collapsed = collapsed; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {m_theme.scaled(40), m_theme.scaled(kRowHeight)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const NavigationRow &row = m_model.at(index.row());
        const bool on = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (on || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.colour(on ? Token::Selection : Token::Hover));
            painter->drawRoundedRect(option.rect, kRadius, kRadius);
        }
        if (m_collapsed)
            paintCollapsed(*painter, option, row, on);
        else
            paintFull(*painter, option, row, on);
        if (option.state.testFlag(QStyle::State_HasFocus))
            paintFocusRing(*painter, option.rect, m_theme.colour(Token::Accent), kRadius);
        painter->restore();
    }

private:
    void paintMark(QPainter &painter, const QRect &box, const NavigationRow &row, bool on) const
    {
        if (row.network.isEmpty())
            paintIcon(painter, box, row.icon, m_theme.colour(on ? Token::Text : Token::Text2), false,
                      row.icon == "reply"_L1 && painter.layoutDirection() == Qt::RightToLeft);
        else
            paintBadge(painter, box, row.network);
    }

    void paintCollapsed(QPainter &painter, const QStyleOptionViewItem &option, const NavigationRow &row, bool on) const
    {
        const int side = m_theme.scaled(kIcon);
        QRect box(0, 0, side, side);
        box.moveCenter(option.rect.center());
        paintMark(painter, box, row, on);
        if (row.count == 0 && row.stateIcon.isEmpty())
            return;
        // The number has no room beside the icon: a dot says that there is one, the tool tip says which.
        QRect dot(box.right() - 1, box.top() - 4, 8, 8);
        dot = QStyle::visualRect(option.direction, option.rect, dot);
        painter.setPen(QPen(m_theme.colour(on ? Token::Selection : Token::Nav), 2));
        painter.setBrush(m_theme.colour(!row.stateIcon.isEmpty() || row.warm ? Token::Warn : Token::Accent));
        painter.drawEllipse(dot);
    }

    void paintFull(QPainter &painter, const QStyleOptionViewItem &option, const NavigationRow &row, bool on) const
    {
        const int side = m_theme.scaled(kIcon);
        const auto place = [&option](const QRect &box) {
            return QStyle::visualRect(option.direction, option.rect, box);
        };
        const QRect area = option.rect;
        paintMark(painter, place({area.left() + kPadding, area.top() + (area.height() - side) / 2, side, side}), row,
                  on);
        const int end = paintEnd(painter, option, row, on);
        const int x = area.left() + kPadding + side + 8;
        const int space = end - 6 - x;
        const QFont font = m_theme.font(TextRole::Body, on ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(m_theme.colour(on ? Token::Text : Token::Text2));
        painter.drawText(place({x, area.top(), space, area.height()}),
                         Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(row.text, Qt::ElideRight, space));
    }

    /// Paints count or state; returns where it begins.
    int paintEnd(QPainter &painter, const QStyleOptionViewItem &option, const NavigationRow &row, bool on) const
    {
        const QRect area = option.rect;
        const int right = area.right() + 1 - kPadding;
        const auto place = [&option](const QRect &box) {
            return QStyle::visualRect(option.direction, option.rect, box);
        };
        if (!row.stateIcon.isEmpty()) {
            const int side = m_theme.scaled(14);
            paintIcon(painter, place({right - side, area.top() + (area.height() - side) / 2, side, side}),
                      row.stateIcon, m_theme.colour(row.stateColour));
            return right - side;
        }
        if (row.count == 0)
            return right;
        const QString text = badgeText(row.count);
        if (row.warm) {
            const PillLook look{text, {}, Tone::Warn, PillLook::Shape::Count};
            const QSize size = pillSize(m_theme, look);
            paintPill(painter,
                      place({right - size.width(), area.top() + (area.height() - size.height()) / 2, size.width(),
                             size.height()}),
                      m_theme, look, option.direction);
            return right - size.width();
        }
        const QFont font = m_theme.font(TextRole::Small, on ? QFont::DemiBold : QFont::Medium);
        const int wide = QFontMetrics(font).horizontalAdvance(text);
        painter.setFont(font);
        painter.setPen(m_theme.colour(on ? Token::AccentText : Token::Text3));
        painter.drawText(place({right - wide, area.top(), wide, area.height()}), Qt::AlignCenter | Qt::TextSingleLine,
                         text);
        return right - wide;
    }

    const Theme &m_theme;
    const NavigationModel &m_model;
    bool m_collapsed = false;
};

NavigationList::NavigationList(const Theme &theme, NavigationModel &model, QWidget *parent)
    : QListView(parent)
    , m_theme(theme)
{
    setModel(&model);
    setItemDelegate(new NavigationDelegate(theme, model, this));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setAttribute(Qt::WA_MacShowFocusRect, false);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &Theme::changed, this, &NavigationList::applyTheme);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &QWidget::updateGeometry);
    applyTheme();
}

void NavigationList::applyTheme()
{
    scheduleDelayedItemsLayout();
    updateGeometry();
    viewport()->update();
}

void NavigationList::setCollapsed(bool collapsed)
{
    static_cast<NavigationDelegate *>(itemDelegate())->setCollapsed(collapsed);
    viewport()->update();
}

QSize NavigationList::sizeHint() const
{
    return {m_theme.scaled(40), model()->rowCount() * m_theme.scaled(kRowHeight)};
}

QSize NavigationList::minimumSizeHint() const
{
    const int rows = model()->rowCount();
    return {0, (m_mayShrink ? qMin(rows, 2) : rows) * m_theme.scaled(kRowHeight)};
}

void NavigationList::select(int row)
{
    const QScopedValueRollback quiet(m_quiet, true);
    if (row < 0) {
        selectionModel()->clear();
        return;
    }
    setCurrentIndex(model()->index(row, 0));
}

void NavigationList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (!m_quiet && current.isValid())
        Q_EMIT rowChosen(current.row());
}

void NavigationList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex before = currentIndex();
    QListView::mousePressEvent(event);
    // A click on the row that is on already goes back to it (from a search).
    if (event->button() == Qt::LeftButton && before.isValid() && indexAt(event->pos()) == before)
        Q_EMIT rowChosen(before.row());
}

} // namespace indelible::ui

#include "navigation_list.moc"

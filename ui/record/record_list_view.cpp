// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/record_list_view.h"

#include "ui/record/record_delegate.h"
#include "ui/theme/text_painting.h"

#include <QPainter>
#include <QScrollBar>

#include <utility>

namespace indelible::ui {

RecordListView::RecordListView(const Theme &theme, RecordModel &model, QWidget *parent)
    : PaintedListView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_delegate(new RecordDelegate(theme, this))
{
    setAccessibleName(tr("Entries of the record, newest first"));
    setItemDelegate(m_delegate);
    setModel(&m_model);
    onTheme();
    connect(&m_theme, &Theme::changed, this, &RecordListView::onTheme);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        updateGeometries();
        wantSeen();
    });
    const auto choose = [this](const QModelIndex &index) { Q_EMIT entryChosen(m_model.entryAt(index.row())); };
    connect(this, &QAbstractItemView::clicked, this, choose);
    connect(this, &QAbstractItemView::activated, this, choose);
}

RecordListView::~RecordListView() = default;

void RecordListView::onTheme()
{
    QPalette colours = palette();
    colours.setColor(QPalette::Base, m_theme.colour(Token::Content));
    setPalette(colours);
    viewport()->setPalette(colours); // with a style sheet it keeps a palette of its own
    updateGeometries();
    viewport()->update();
}

void RecordListView::setBroken(std::optional<qint64> entry)
{
    m_delegate->setBroken(entry);
    viewport()->update();
}

void RecordListView::showEntry(qint64 entry)
{
    if (const int row = m_model.rowOf(entry); row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row), QItemSelectionModel::ClearAndSelect);
}

int RecordListView::contentHeight() const
{
    return rowCount() * m_delegate->lineHeight();
}

int RecordListView::rowTop(int row) const
{
    return row * m_delegate->lineHeight();
}

int RecordListView::rowHeight(int) const
{
    return m_delegate->lineHeight();
}

int RecordListView::rowAt(int y) const
{
    return y >= 0 && y < contentHeight() ? y / m_delegate->lineHeight() : -1;
}

void RecordListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    PaintedListView::currentChanged(current, previous);
    viewport()->update();
    if (!current.isValid())
        return;
    selectionModel()->select(current, QItemSelectionModel::ClearAndSelect);
    if (!m_quiet)
        Q_EMIT entryChosen(m_model.entryAt(current.row()));
}

void RecordListView::focusInEvent(QFocusEvent *event)
{
    // The base class makes the first row the current one.
    m_quiet = true;
    PaintedListView::focusInEvent(event);
    m_quiet = false;
}

void RecordListView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    const int before = verticalOffset();
    PaintedListView::rowsInserted(parent, start, end);
    updateGeometries();
    if (before > 0)
        verticalScrollBar()->setValue(before + (end - start + 1) * m_delegate->lineHeight());
    wantSeen();
}

void RecordListView::scrollContentsBy(int dx, int dy)
{
    PaintedListView::scrollContentsBy(dx, dy);
    wantSeen();
}

void RecordListView::resizeEvent(QResizeEvent *event)
{
    PaintedListView::resizeEvent(event);
    wantSeen();
}

void RecordListView::showEvent(QShowEvent *event)
{
    PaintedListView::showEvent(event);
    wantSeen();
}

void RecordListView::wantSeen()
{
    const auto [first, last] = visibleRows();
    if (!isVisible() || first < 0)
        return;
    const int screen = last - first + 1;
    m_model.want(first - screen, last + screen);
}

RecordHeading::RecordHeading(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize RecordHeading::sizeHint() const
{
    return {400, m_theme.scaled(32)};
}

void RecordHeading::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colour(Token::Sunken));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.colour(Token::Line));
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.colour(Token::Line));
    painter.setFont(m_theme.font(TextRole::Small, QFont::DemiBold));
    painter.setPen(m_theme.colour(Token::Text2));
    const RecordColumns places = recordColumns(m_theme, rect(), layoutDirection());
    const std::pair<QRect, QString> titles[] = {{places.number, tr("Number")}, {places.time, tr("Time")},
                                                {places.who, tr("Who")},       {places.what, tr("What happened")},
                                                {places.about, tr("About")},   {places.seal, tr("Seal")}};
    for (const auto &[place, title] : titles)
        paintLine(painter, place, title, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
}

} // namespace indelible::ui

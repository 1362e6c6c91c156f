// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/conversation/bubble_layout.h"
#include "ui/models/bubble.h"

#include <QCache>
#include <QStyledItemDelegate>

namespace indelible::ui {

/// What of a bubble lies under a point and what a click there does.
struct BubbleHit
{
    BubbleAction action = BubbleAction::None;
    QString address;     ///< of a link
    int attachment = -1; ///< of SaveAttachment
};

/// Paints one line of a conversation. Layouts are cached by stamp and width. Interface thread.
class BubbleDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit BubbleDelegate(const Theme &theme, QObject *parent = nullptr);

    [[nodiscard]] int heightOf(const Bubble &bubble, int width, Qt::LayoutDirection direction) const;
    [[nodiscard]] BubbleHit hit(const QStyleOptionViewItem &option, const Bubble &bubble, const QPoint &point) const;
    /// The bubble in coordinates of the option's rect.
    [[nodiscard]] QRect bodyRect(const QStyleOptionViewItem &option, const Bubble &bubble) const;
    [[nodiscard]] QColor fill(const Bubble &bubble) const;
    /// Forgets the layouts; after a change of the theme.
    void refresh() { m_layouts.clear(); }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    [[nodiscard]] const BubbleLayout &layout(const Bubble &bubble, int width, Qt::LayoutDirection direction) const;
    void paintWords(QPainter &painter, const QStyleOptionViewItem &option, const BubbleLayout &places,
                    const Bubble &bubble) const;
    void paintBody(QPainter &painter, const QRect &body, const Bubble &bubble, Qt::LayoutDirection direction) const;
    void paintHeading(QPainter &painter, const QPoint &origin, const BubbleLayout &places, const Bubble &bubble,
                      Qt::LayoutDirection direction) const;
    void paintChanges(QPainter &painter, const QPoint &origin, const BubbleLayout &places,
                      Qt::LayoutDirection direction) const;
    void paintLines(QPainter &painter, const QPoint &origin, const BubbleLayout &places, const Bubble &bubble,
                    Qt::LayoutDirection direction) const;
    void paintFooter(QPainter &painter, const QPoint &origin, const BubbleLayout &places, const Bubble &bubble,
                     Qt::LayoutDirection direction) const;
    void paintPart(QPainter &painter, const QPoint &origin, const BubbleLayout::Part &part, const QString &text,
                   const QString &iconName, const QColor &colour, Qt::LayoutDirection direction) const;
    [[nodiscard]] QColor textColour(const Bubble &bubble) const;

    const Theme &m_theme;
    mutable QCache<std::pair<quint64, int>, BubbleLayout> m_layouts; ///< cost 1 each
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/thread_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/pill.h"

#include <QCache>
#include <QFontMetrics>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <memory>

namespace indelible::ui {

/// What of a card lies under a point.
enum class CardPart { None, Card, Done, Assign };

/// Paints one card of the thread list. One layout() is shared by painting, hit test and tool tips. Text layouts are
/// cached by stamp and width, so that scrolling shapes no text twice. Interface thread.
class ThreadDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ThreadDelegate(const Theme &theme, QObject *parent = nullptr);

    /// 102 at the design's text size; from there on with the height of the letters.
    [[nodiscard]] int cardHeight() const;
    [[nodiscard]] CardPart partAt(const QStyleOptionViewItem &option, const QModelIndex &index,
                                  const QPoint &point) const;
    /// Forgets fonts and layouts; after a change of the theme.
    void refresh();

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// Places on a card; all mirrored already.
    struct Layout
    {
        QRect card;
        QRect avatar;
        QRect unreadDot;
        QRect bar;
        QRect name;
        QRect age;
        QRect snippet;
        QRect foot;
        QRect pill;    ///< line of the countdown; the foot itself but at large text
        QRect actions; ///< both buttons
        QRect done;
        QRect assign;
    };

    /// The two lines of a snippet, shaped and ready.
    struct Snippet
    {
        QTextLayout first;
        QTextLayout second;
    };

    [[nodiscard]] Layout layout(const QStyleOptionViewItem &option, const ThreadCard &card) const;
    [[nodiscard]] const Snippet &snippet(const ThreadCard &card, int width) const;
    void paintHead(QPainter &painter, const Layout &places, const ThreadCard &card,
                   const QStyleOptionViewItem &option) const;
    void paintSnippet(QPainter &painter, const Layout &places, const ThreadCard &card) const;
    void paintFoot(QPainter &painter, const Layout &places, const ThreadCard &card,
                   Qt::LayoutDirection direction) const;
    [[nodiscard]] int paintKind(QPainter &painter, const QRect &foot, const ThreadCard &card,
                                Qt::LayoutDirection direction) const;
    [[nodiscard]] int paintRating(QPainter &painter, const QRect &foot, int x, int stars,
                                  Qt::LayoutDirection direction) const;
    /// Letters so large that a card shows one line of words and the countdown on its own line.
    [[nodiscard]] bool isLarge() const;
    void paintActions(QPainter &painter, const Layout &places, const ThreadCard &card) const;

    const Theme &m_theme;
    QFont m_nameFont;
    QFont m_unreadFont;
    QFont m_snippetFont;
    QFont m_smallFont;
    QFont m_kindFont;
    mutable QCache<std::pair<quint64, int>, Snippet> m_snippets; ///< by ThreadCard::stamp and width
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/record/record_columns.h"
#include "ui/record/record_line.h"

#include <QStyledItemDelegate>

#include <optional>

namespace indelible::ui {

/// Paints one line of the record, with its link of the chain at the start. Interface thread; theme outlives it.
class RecordDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit RecordDelegate(const Theme &theme, QObject *parent = nullptr);

    /// 36 at the design's text size.
    [[nodiscard]] int lineHeight() const;
    /// The chain is broken at this entry; none = it is whole.
    void setBroken(std::optional<qint64> entry) { m_broken = entry; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintChain(QPainter &painter, const QRect &place, const RecordLine *line) const;
    void paintWho(QPainter &painter, const QRect &place, const RecordLine &line, Qt::LayoutDirection direction) const;
    void paintWords(QPainter &painter, const RecordColumns &places, const RecordLine &line,
                    Qt::LayoutDirection direction) const;

    const Theme &m_theme;
    std::optional<qint64> m_broken;
};

} // namespace indelible::ui

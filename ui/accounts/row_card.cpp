// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/row_card.h"

#include "ui/widgets/surface.h"

#include <QVBoxLayout>

namespace indelible::ui {

RowCard::RowCard(const Theme &theme, QWidget *parent)
    : Card(theme, Token::Content, Token::Line, parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);
}

void RowCard::setRows(const QList<QWidget *> &rows)
{
    while (QLayoutItem *item = m_column->takeAt(0)) {
        // Later: a row may be the sender of the signal that changed what there is.
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (QWidget *row : rows) {
        if (m_column->count() > 0) {
            auto *line = new Surface(m_theme, Token::Line, {}, this);
            line->setFixedHeight(1);
            m_column->addWidget(line);
        }
        m_column->addWidget(row);
    }
    setVisible(!rows.isEmpty());
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace indelible::ui {

/// Rows under each other with hair lines between. Interface thread; theme outlives it.
class RowCard : public Card
{
    Q_OBJECT
public:
    explicit RowCard(const Theme &theme, QWidget *parent = nullptr);

    /// Takes the rows over in place of those before, which go away once whatever they are doing is done.
    void setRows(const QList<QWidget *> &rows);

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
};

} // namespace indelible::ui

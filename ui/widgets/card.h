// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace indelible::ui {

/// A rounded box on a pane, with a hair line round it. Interface thread.
class Card : public QWidget
{
    Q_OBJECT
public:
    explicit Card(const Theme &theme, Token fill = Token::Raised, Token line = Token::Line, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Token m_fill;
    Token m_line;
};

} // namespace indelible::ui

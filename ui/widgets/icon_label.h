// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

namespace indelible::ui {

/// A small painted icon beside words, or a network's mark. Decoration: the words beside it say the same to screen
/// readers. Interface thread.
class IconLabel : public QWidget
{
    Q_OBJECT
public:
    /// `side` in the design's pixels.
    IconLabel(const Theme &theme, const QString &iconName, int side, Token colour = Token::Text2,
              QWidget *parent = nullptr);

    void setIcon(const QString &iconName, Token colour);
    /// Shows a network's mark instead.
    void setNetwork(const QString &networkId);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    QString m_networkId;
    int m_side;
    Token m_colour;
};

} // namespace indelible::ui

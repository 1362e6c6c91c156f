// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QString>

namespace indelible::ui {

/// The program's push button, painted in the theme's colours in every state. With an icon and no text it is square and
/// needs setName(). Interface thread.
class Button : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Kind { Primary, Normal, Flat };
    enum class Size { Normal, Small }; ///< 30 and 26 high at the design's text size

    Button(const Theme &theme, Kind kind, Size size, const QString &text, const QString &iconName = {},
           QWidget *parent = nullptr);

    void setIconName(const QString &name);
    /// Turns the icon in right-to-left interfaces.
    void setIconMirrored(bool mirrored) { m_mirrored = mirrored; }
    /// Shows a small arrow at the end: the button opens a menu.
    void setMenuMark(bool shown);
    /// What it does, for screen readers and, with its key, as the tool tip.
    void setName(const QString &name, const QString &toolTip = {});
    /// Room at the start for something painted by a subclass, in place of the icon.
    [[nodiscard]] virtual int leadWidth() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    /// Enter presses it, as Space does.
    void keyPressEvent(QKeyEvent *event) override;
    virtual void paintLead(QPainter &painter, const QRect &rect, const QColor &colour);
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    void paintBox(QPainter &painter) const;
    [[nodiscard]] QColor letters() const;
    [[nodiscard]] QFont textFont() const;

    const Theme &m_theme;
    Kind m_kind;
    Size m_size;
    QString m_iconName;
    bool m_menuMark = false;
    bool m_mirrored = false;
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QHash>
#include <QLabel>
#include <QString>

namespace indelible::ui {

/// A tool tip that shows `text` as it is. Qt takes a tool tip that looks like markup for rich text, so words from
/// outside must never be handed to setToolTip() directly.
[[nodiscard]] QString plainToolTip(const QString &text);

/// A label for plain text in one of the theme's type roles and colours, following theme changes. Never rich text, so
/// that it can show what strangers wrote. Interface thread.
class PlainLabel : public QLabel
{
    Q_OBJECT
public:
    PlainLabel(const Theme &theme, TextRole role, Token colour = Token::Text, QFont::Weight weight = QFont::Normal,
               QWidget *parent = nullptr);

    void setColour(Token colour);
    void setRole(TextRole role, QFont::Weight weight = QFont::Normal);
    /// At the side where lines of the interface end.
    void setTrailing(bool trailing);
    /// Shortens on one line instead of asking for the whole width; the full text is then the tool tip.
    void setElided(bool elided);
    /// The whole text, also while it is shown shortened.
    [[nodiscard]] QString fullText() const { return text(); }

    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Remembered: layouts ask for the same few widths again and again, and breaking lines is dear.
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    /// To the side where lines of the interface begin. QLabel goes by the words: a Latin name in an Arabic interface
    /// would stand on the other side.
    void alignWithInterface();

    const Theme &m_theme;
    TextRole m_role;
    Token m_colour;
    QFont::Weight m_weight;
    bool m_elided = false;
    bool m_trailing = false;
    mutable QHash<int, int> m_heights; ///< by width, of m_measuredText in the font it has now
    mutable QString m_measuredText;
};

} // namespace indelible::ui

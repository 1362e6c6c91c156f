// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPainter>
#include <QSize>
#include <QString>
#include <QWidget>

namespace indelible::ui {

/// Meaning of a pill, banner or hint; decides its three colours.
enum class Tone { Neutral, Outline, Accent, Warn, Danger, Ok, Plum, Note };

/// Fill, letters and line of a tone. Outline has no fill (an invalid colour).
struct ToneColours
{
    QColor fill;
    QColor text;
    QColor line;
};
[[nodiscard]] ToneColours toneColours(const Theme &theme, Tone tone);

/// The token of a tone's letters, for icons.
[[nodiscard]] Token toneText(Tone tone);

/// What a small rounded mark shows. Chip: radius 5, weight 500 (labels, states). Pill: half height, weight 600
/// (countdowns). Count: 18 high, no icon (badges of the navigation).
struct PillLook
{
    enum class Shape { Chip, Pill, Count };
    QString text;
    QString iconName; ///< empty = none
    Tone tone = Tone::Neutral;
    Shape shape = Shape::Chip;

    friend bool operator==(const PillLook &, const PillLook &) = default;
};

/// Size a pill wants; 20 high (Count: 18) at the design's text size.
[[nodiscard]] QSize pillSize(const Theme &theme, const PillLook &look);

/// Paints it into `rect`, its text shortened where the rect is narrower than pillSize().
void paintPill(QPainter &painter, const QRect &rect, const Theme &theme, const PillLook &look,
               Qt::LayoutDirection direction = Qt::LeftToRight);

/// A pill as a widget, named for screen readers by its text.
class Pill : public QWidget
{
    Q_OBJECT
public:
    explicit Pill(const Theme &theme, PillLook look = {}, QWidget *parent = nullptr);
    void setLook(PillLook look);
    [[nodiscard]] const PillLook &look() const { return m_look; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    PillLook m_look;
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace indelible::ui {

/// Fusion with the design's measures: small icons of 16, splitters of one pixel, slim scroll bars, tick boxes and boxes
/// to choose from that grow with the text, a focus ring of two pixels. Takes its colours from the palette alone, so
/// that it needs no theme and follows each change.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    Style();

    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option = nullptr,
                                  const QWidget *widget = nullptr) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
                                QStyleHintReturn *returnData = nullptr) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                         const QWidget *widget = nullptr) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                                       const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget = nullptr) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
};

/// The focus ring of the design, just inside `rect`: two pixels in the accent.
void paintFocusRing(QPainter &painter, const QRect &rect, const QColor &accent, qreal radius);

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kScrollBarWidth = 12;
constexpr int kShortestSlider = 28;

bool liesOver(const QWidget *bar)
{
    return bar && bar->property("overlay").toBool();
}

QRect sliderRect(const QStyleOptionSlider &option)
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int groove = horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int length = groove;
    if (range > 0)
        length = qBound(qMin(kShortestSlider, groove),
                        static_cast<int>(qint64(option.pageStep) * groove / (range + option.pageStep)), groove);
    const int start = QStyle::sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                                      groove - length, option.upsideDown);
    return horizontal ? QRect(start, 0, length, option.rect.height()) : QRect(0, start, option.rect.width(), length);
}

void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter)
{
    if (option.maximum <= option.minimum)
        return;
    const bool active = option.state.testFlag(QStyle::State_MouseOver) || option.activeSubControls != 0;
    const int margin = active ? 2 : 3;
    const QRectF slider = QRectF(sliderRect(option)).adjusted(margin, margin, -margin, -margin);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(option.palette.color(active ? QPalette::Dark : QPalette::Mid));
    const qreal radius = qMin(slider.width(), slider.height()) / 2;
    painter.drawRoundedRect(slider, radius, radius);
    painter.restore();
}

QColor frameColour(const QStyleOption &option)
{
    return option.palette.color(option.state.testFlag(QStyle::State_Enabled) ? QPalette::Dark : QPalette::Mid);
}

/// Box and tick as in a line of text of this height, in the colours of a radio button.
void drawTickBox(const QStyleOption &option, QPainter &painter)
{
    const bool on = option.state.testFlag(QStyle::State_On);
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const qreal unit = box.height() / 12;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(on ? QPen(Qt::NoPen) : QPen(frameColour(option), qMax(1.0, unit)));
    painter.setBrush(option.palette.color(QPalette::Active, on ? QPalette::Highlight : QPalette::Base));
    painter.drawRoundedRect(box, 3 * unit, 3 * unit);
    if (on) {
        const auto at = [&](qreal x, qreal y) { return box.topLeft() + QPointF(x, y) * unit; };
        painter.setPen(QPen(option.palette.color(QPalette::Active, QPalette::HighlightedText), 1.7 * unit,
                            Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{at(3, 6.3), at(5.2, 8.6), at(9.2, 3.8)});
    }
    painter.restore();
}

/// How much of its end a box to choose from keeps for its arrow, and of its beginning.
int arrowRoom(const QStyleOption &option)
{
    return option.fontMetrics.height() * 3 / 2;
}
int textMargin(const QStyleOption &option)
{
    return option.fontMetrics.height() * 5 / 8;
}

/// As a field for text, with an arrow.
void drawChoice(const QStyleOption &option, QPainter &painter)
{
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const qreal line = focused ? 2 : 1;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(
        QPen(focused ? option.palette.color(QPalette::Active, QPalette::Highlight) : frameColour(option), line));
    painter.setBrush(option.palette.color(QPalette::Base));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(line / 2, line / 2, -line / 2, -line / 2), 6, 6);
    const int room = arrowRoom(option);
    const QRect end = QStyle::alignedRect(option.direction, Qt::AlignRight | Qt::AlignVCenter,
                                          QSize(room, option.rect.height()), option.rect);
    const qreal unit = room / 24.0;
    const QPointF middle = QRectF(end).center();
    painter.setPen(QPen(option.palette.color(QPalette::Text), 1.5 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(
        QPolygonF{middle + QPointF(-4, -2) * unit, middle + QPointF(0, 2) * unit, middle + QPointF(4, -2) * unit});
    painter.restore();
}

} // namespace

void paintFocusRing(QPainter &painter, const QRect &rect, const QColor &accent, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

Style::Style()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollBarExtent:
        return kScrollBarWidth;
    case PM_ScrollBarSliderMin:
        return kShortestSlider;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return option ? option->fontMetrics.height() : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_ScrollView_ScrollBarOverlap:
        return liesOver(widget) ? kScrollBarWidth : 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returnData) const
{
    if (hint == SH_ItemView_ActivateItemOnSingleClick)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returnData);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    if (type != CT_ComboBox || !option)
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    const int letters = option->fontMetrics.height();
    return {size.width() + textMargin(*option) + arrowRoom(*option), qMax(size.height(), letters) + letters * 7 / 8};
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                            const QWidget *widget) const
{
    if (control == CC_ComboBox && subControl == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect,
                          option->rect.adjusted(textMargin(*option), 1, -arrowRoom(*option), -1));
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, subControl, widget);
    const QRect slider = sliderRect(*bar);
    const bool horizontal = bar->orientation == Qt::Horizontal;
    QRect rect;
    switch (subControl) {
    case SC_ScrollBarSlider:
        rect = slider;
        break;
    case SC_ScrollBarGroove:
        rect = QRect(QPoint(0, 0), bar->rect.size());
        break;
    case SC_ScrollBarSubPage:
        rect =
            horizontal ? QRect(0, 0, slider.left(), bar->rect.height()) : QRect(0, 0, bar->rect.width(), slider.top());
        break;
    case SC_ScrollBarAddPage:
        rect = horizontal ? QRect(slider.right() + 1, 0, bar->rect.width() - slider.right() - 1, bar->rect.height())
                          : QRect(0, slider.bottom() + 1, bar->rect.width(), bar->rect.height() - slider.bottom() - 1);
        break;
    default:
        return {};
    }
    return visualRect(bar->direction, QRect(QPoint(0, 0), bar->rect.size()), rect);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr) {
        // One that lies beside its content is opaque: what it painted before would stay under its slider.
        if (!liesOver(widget))
            painter->fillRect(bar->rect, bar->palette.color(QPalette::Base));
        drawScrollBar(*bar, *painter);
        return;
    }
    if (control == CC_ComboBox)
        return drawChoice(*option, *painter);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (element == CE_Splitter) {
        painter->fillRect(option->rect, option->palette.color(QPalette::Midlight));
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (element == PE_FrameFocusRect) {
        paintFocusRing(*painter, option->rect, option->palette.color(QPalette::Active, QPalette::Highlight), 5);
        return;
    }
    if (element == PE_IndicatorCheckBox)
        return drawTickBox(*option, *painter);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace indelible::ui

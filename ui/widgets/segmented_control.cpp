// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented_control.h"

#include "ui/theme/icons.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

QString lookName(SegmentedControl::Look look)
{
    switch (look) {
    case SegmentedControl::Look::Plain:
        return u"plain"_s;
    case SegmentedControl::Look::Public:
        return u"public"_s;
    case SegmentedControl::Look::Private:
        return u"private"_s;
    case SegmentedControl::Look::Note:
        return u"note"_s;
    }
    Q_UNREACHABLE();
}

Token iconToken(SegmentedControl::Look look)
{
    switch (look) {
    case SegmentedControl::Look::Plain:
        return Token::Text;
    case SegmentedControl::Look::Public:
        return Token::OnAccent;
    case SegmentedControl::Look::Private:
        return Token::PlumText;
    case SegmentedControl::Look::Note:
        return Token::NoteText;
    }
    Q_UNREACHABLE();
}

/// The icon with room after it: the style itself leaves nearly none between icon and words.
QPixmap iconWithGap(const QString &name, const QColor &colour, int side, int gap, Qt::LayoutDirection direction,
                    double ratio)
{
    QPixmap pixmap((QSizeF(side + gap, side) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintIcon(painter, QRect(direction == Qt::RightToLeft ? gap : 0, 0, side, side), name, colour);
    return pixmap;
}

} // namespace

SegmentedControl::SegmentedControl(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(2);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int segment) {
        applyTheme();
        Q_EMIT currentChanged(segment);
    });
    connect(&m_theme, &Theme::changed, this, &SegmentedControl::applyTheme);
}

int SegmentedControl::addSegment(const QString &text, const QString &iconName, Look look)
{
    const auto number = static_cast<int>(m_looks.size());
    auto *segment = new QToolButton(this);
    segment->setText(text);
    segment->setCheckable(true);
    segment->setProperty("kind", u"segment"_s);
    segment->setProperty("look", lookName(look));
    segment->setToolButtonStyle(iconName.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    segment->installEventFilter(this);
    m_group->addButton(segment, number);
    m_looks.push_back(look);
    m_icons.append(iconName);
    layout()->addWidget(segment);
    if (number == 0)
        segment->setChecked(true);
    applyTheme();
    return number;
}

QToolButton *SegmentedControl::button(int segment) const
{
    return qobject_cast<QToolButton *>(m_group->button(segment));
}

void SegmentedControl::setSegmentEnabled(int segment, bool enabled, const QString &why)
{
    button(segment)->setEnabled(enabled);
    button(segment)->setToolTip(why);
}

void SegmentedControl::setSegmentVisible(int segment, bool visible)
{
    button(segment)->setVisible(visible);
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrent(int segment)
{
    button(segment)->setChecked(true);
    applyTheme();
}

void SegmentedControl::applyTheme()
{
    for (QAbstractButton *segment : m_group->buttons()) {
        const int number = m_group->id(segment);
        const bool on = segment->isChecked();
        // One Tab stop: the arrows move between the segments.
        segment->setFocusPolicy(on ? Qt::StrongFocus : Qt::ClickFocus);
        segment->setFont(m_theme.font(TextRole::Small, on ? QFont::DemiBold : QFont::Medium));
        const int side = m_theme.scaled(14);
        const int gap = m_theme.scaled(4);
        segment->setIconSize({side + gap, side});
        const Token colour = on ? iconToken(m_looks[static_cast<size_t>(number)]) : Token::Text2;
        if (!m_icons.at(number).isEmpty())
            segment->setIcon(iconWithGap(m_icons.at(number), m_theme.colour(colour), side, gap, layoutDirection(),
                                         devicePixelRatioF()));
    }
    update();
}

void SegmentedControl::step(int from, int by)
{
    for (int next = from + by; next >= 0 && next < static_cast<int>(m_looks.size()); next += by) {
        QToolButton *segment = button(next);
        if (!segment->isEnabled() || segment->isHidden())
            continue;
        segment->setChecked(true);
        applyTheme();
        segment->setFocus(Qt::TabFocusReason);
        Q_EMIT currentChanged(next);
        return;
    }
}

bool SegmentedControl::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int number = m_group->id(qobject_cast<QAbstractButton *>(watched));
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Right:
        step(number, forward);
        return true;
    case Qt::Key_Left:
        step(number, -forward);
        return true;
    case Qt::Key_Home:
        step(-1, 1);
        return true;
    case Qt::Key_End:
        step(static_cast<int>(m_looks.size()), -1);
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colour(Token::Sunken));
    painter.drawRoundedRect(rect(), 7, 7);
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/rail.h"

#include "ui/navigation/navigation_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_label.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kRailWidth = 68;
constexpr int kButtonWidth = 60;
constexpr int kButtonHeight = 52;
constexpr int kRadius = 8;

} // namespace

class RailButton : public QAbstractButton
{
    Q_OBJECT
public:
    RailButton(const Theme &theme, const QString &text, const QString &iconName, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_iconName(iconName)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        describe();
    }

    void setBadge(int count)
    {
        m_badge = count;
        describe();
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {m_theme.scaled(kButtonWidth), m_theme.scaled(kButtonHeight)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (isChecked() || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.colour(isChecked() ? Token::AccentSoft : Token::Hover));
            painter.drawRoundedRect(rect(), kRadius, kRadius);
        }
        const QColor letters = m_theme.colour(isChecked() ? Token::AccentText : Token::Text2);
        const int side = m_theme.scaled(20);
        const QFont font = m_theme.font(TextRole::Meta, isChecked() ? QFont::DemiBold : QFont::Medium);
        const int line = QFontMetrics(font).height();
        const int top = (height() - side - 3 - line) / 2;
        paintIcon(painter, QRect((width() - side) / 2, top, side, side), m_iconName, letters);
        painter.setFont(font);
        painter.setPen(letters);
        painter.drawText(QRect(0, top + side + 3, width(), line), Qt::AlignCenter | Qt::TextSingleLine, text());
        paintBadge(painter, top);
        if (hasFocus())
            paintFocusRing(painter, rect(), m_theme.colour(Token::Accent), kRadius);
    }

private:
    [[nodiscard]] QString badgeText() const { return ui::badgeText(m_badge); }

    void describe()
    {
        setAccessibleName(m_badge > 0 ? Rail::tr("%1, %2 need a reply").arg(text(), badgeText()) : text());
    }

    void paintBadge(QPainter &painter, int top)
    {
        if (m_badge <= 0)
            return;
        QFont font = m_theme.font(TextRole::Meta, QFont::DemiBold);
        font.setPixelSize(qMax(9, m_theme.fontPixels(TextRole::Meta) - 1));
        const QFontMetrics metrics(font);
        const int high = m_theme.scaled(16);
        const int wide = qMax(high, metrics.horizontalAdvance(badgeText()) + 8);
        QRect box(width() / 2 + m_theme.scaled(2), top - m_theme.scaled(4), wide, high);
        box.moveRight(qMin(box.right(), width() - 3));
        box = QStyle::visualRect(layoutDirection(), rect(), box);
        // A ring in the surface's colour keeps the number apart from the icon.
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colour(isChecked() ? Token::AccentSoft : Token::Chrome));
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), high / 2.0 + 2, high / 2.0 + 2);
        painter.setBrush(m_theme.colour(Token::Accent));
        painter.drawRoundedRect(box, high / 2.0, high / 2.0);
        painter.setFont(font);
        painter.setPen(m_theme.colour(Token::OnAccent));
        painter.drawText(box, Qt::AlignCenter, badgeText());
    }

    const Theme &m_theme;
    QString m_iconName;
    int m_badge = 0;
};

Rail::Rail(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Chrome, Qt::RightEdge, parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(tr("Areas"));
    m_buttons = {new RailButton(theme, tr("Inbox"), u"inbox"_s, this),
                 new RailButton(theme, tr("Record"), u"stamp"_s, this),
                 new RailButton(theme, tr("Settings"), u"settings"_s, this)};
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(4, 8, 4, 8);
    column->setSpacing(2);
    for (RailButton *button : std::as_const(m_buttons)) {
        if (button == m_buttons.constLast())
            column->addStretch(1);
        column->addWidget(button, 0, Qt::AlignHCenter);
    }
    for (int i = 0; i < m_buttons.size(); ++i)
        m_group->addButton(m_buttons.at(i), i);
    m_buttons.at(0)->setChecked(true);
    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT areaChosen(static_cast<Area>(id)); });
    connect(&theme, &Theme::changed, this, &Rail::applyTheme);
    applyTheme();
}

void Rail::applyTheme()
{
    setFixedWidth(m_theme.scaled(kRailWidth));
    for (RailButton *button : std::as_const(m_buttons)) {
        button->updateGeometry();
        button->update();
    }
}

Rail::Area Rail::current() const
{
    return static_cast<Area>(m_group->checkedId());
}

void Rail::setCurrent(Area area)
{
    m_buttons.at(static_cast<int>(area))->setChecked(true);
}

void Rail::setBadge(Area area, int count)
{
    m_buttons.at(static_cast<int>(area))->setBadge(count);
}

void Rail::setToolTip(Area area, const QString &text)
{
    m_buttons.at(static_cast<int>(area))->setToolTip(plainToolTip(text));
}

void Rail::focusCurrent()
{
    m_group->checkedButton()->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

#include "rail.moc"

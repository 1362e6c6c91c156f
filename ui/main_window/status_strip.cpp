// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/status_strip.h"

#include "ui/models/time_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kHeight = 24;
constexpr int kIcon = 13;
constexpr int kGap = 5;
constexpr int kPadding = 6;

} // namespace

/// Icon and small words that can be pressed.
class StatusItem : public QAbstractButton
{
    Q_OBJECT
public:
    StatusItem(const Theme &theme, const QString &iconName, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_iconName(iconName)
    {
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
        connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
    }

    void show(const QString &text, const QString &iconName, Token colour)
    {
        setText(text);
        m_iconName = iconName;
        m_colour = colour;
        updateGeometry();
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int words = QFontMetrics(m_theme.font(TextRole::Meta)).horizontalAdvance(text());
        return {2 * kPadding + m_theme.scaled(kIcon) + kGap + words + 1, m_theme.scaled(kHeight) - 1};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.colour(Token::Hover));
            painter.drawRoundedRect(rect().adjusted(0, 2, 0, -2), 4, 4);
        }
        const int side = m_theme.scaled(kIcon);
        const auto place = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
        const QColor colour = m_theme.colour(m_colour);
        paintIcon(painter, place({kPadding, (height() - side) / 2, side, side}), m_iconName, colour);
        painter.setPen(colour);
        painter.setFont(m_theme.font(TextRole::Meta));
        const int x = kPadding + side + kGap;
        painter.drawText(place({x, 0, width() - x, height()}), Qt::AlignVCenter | Qt::AlignLeading, text());
        if (hasFocus())
            paintFocusRing(painter, rect(), m_theme.colour(Token::Accent), 4);
    }

private:
    const Theme &m_theme;
    QString m_iconName;
    Token m_colour = Token::Text2;
};

StatusStrip::StatusStrip(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Chrome, Qt::TopEdge, parent)
    , m_fetch(new StatusItem(theme, u"check"_s, this))
    , m_accounts(new StatusItem(theme, u"plug"_s, this))
    , m_blind(new StatusItem(theme, u"eye-off"_s, this))
    , m_record(new StatusItem(theme, u"stamp"_s, this))
{
    setAccessibleName(tr("State"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 1, 6, 0);
    row->setSpacing(4);
    row->addWidget(m_fetch);
    row->addWidget(m_accounts);
    row->addWidget(m_blind);
    row->addStretch(1);
    row->addWidget(m_record);
    m_fetch->setToolTip(tr("Check now (F5)"));
    m_accounts->setToolTip(tr("Open the accounts"));
    m_blind->setToolTip(tr("Open the places that are not watched"));
    m_record->setToolTip(tr("Open the record (Ctrl+6)"));
    connect(m_fetch, &QAbstractButton::clicked, this, &StatusStrip::fetchActivated);
    connect(m_accounts, &QAbstractButton::clicked, this, &StatusStrip::accountsActivated);
    connect(m_blind, &QAbstractButton::clicked, this, &StatusStrip::accountsActivated);
    connect(m_record, &QAbstractButton::clicked, this, &StatusStrip::recordActivated);
    const auto resize = [this, &theme] { setFixedHeight(theme.scaled(kHeight)); };
    connect(&theme, &Theme::changed, this, resize);
    resize();
}

void StatusStrip::setFetch(const QString &text, const QString &iconName)
{
    m_fetch->show(text, iconName, Token::Text2);
}

void StatusStrip::setAccounts(int all, int needing)
{
    const QString accounts = all == 1 ? tr("1 account") : tr("%n accounts", nullptr, all);
    const QString need = needing == 1 ? tr("1 needs you") : tr("%n need you", nullptr, needing);
    if (needing == 0)
        m_accounts->show(accounts, u"plug"_s, Token::Text2);
    else
        m_accounts->show(u"%1, %2"_s.arg(accounts, need), u"plug"_s, Token::WarnText);
}

void StatusStrip::setBlindSpots(const QString &text, bool isDue)
{
    m_blind->setVisible(!text.isEmpty());
    m_blind->show(text, u"eye-off"_s, isDue ? Token::WarnText : Token::Text2);
}

void StatusStrip::setRecord(const QString &state, qint64 entries, bool broken)
{
    m_record->show(tr("%1, %2 entries").arg(state, readersLocale().toString(entries)), u"stamp"_s,
                   broken ? Token::DangerText : Token::Text2);
}

void StatusStrip::focusFirst()
{
    m_fetch->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

#include "status_strip.moc"

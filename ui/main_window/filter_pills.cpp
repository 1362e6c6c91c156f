// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/filter_pills.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_label.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kHeight = 26;
constexpr int kPadding = 9;
constexpr int kIcon = 13;
constexpr int kGap = 5;

} // namespace

class FilterPill : public QAbstractButton
{
    Q_OBJECT
public:
    FilterPill(const Theme &theme, const QString &text, const QString &iconName, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_iconName(iconName)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
    }

    /// The icon alone, where there is one; the words are the tool tip then.
    void setCompact(bool compact)
    {
        m_compact = compact && !m_iconName.isEmpty();
        setToolTip(m_compact ? plainToolTip(text()) : QString());
        updateGeometry();
        update();
    }

    [[nodiscard]] int fullWidth() const
    {
        const QFontMetrics metrics(m_theme.font(TextRole::Small, QFont::DemiBold));
        const int icon = m_iconName.isEmpty() ? 0 : m_theme.scaled(kIcon) + kGap;
        return 2 * kPadding + icon + metrics.horizontalAdvance(text()) + 1;
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int compact = 2 * kPadding + m_theme.scaled(kIcon);
        return {m_compact ? compact : fullWidth(), m_theme.scaled(kHeight)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal radius = height() / 2.0;
        const bool on = isChecked();
        if (on) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.colour(Token::Text));
        } else {
            painter.setPen(m_theme.colour(Token::Line2));
            painter.setBrush(underMouse() ? QBrush(m_theme.colour(Token::Hover)) : Qt::NoBrush);
        }
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        const QColor letters = m_theme.colour(on ? Token::Content : Token::Text2);
        const auto place = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
        int x = kPadding;
        if (!m_iconName.isEmpty()) {
            const int side = m_theme.scaled(kIcon);
            paintIcon(painter, place({x, (height() - side) / 2, side, side}), m_iconName, letters);
            x += side + kGap;
        }
        if (!m_compact)
            paintWords(painter, x, letters);
        if (hasFocus())
            paintFocusRing(painter, rect(), m_theme.colour(Token::Accent), radius);
    }

private:
    void paintWords(QPainter &painter, int x, const QColor &letters) const
    {
        painter.setFont(m_theme.font(TextRole::Small, QFont::Medium));
        painter.setPen(letters);
        const QRect words(x, 0, width() - x - kPadding, height());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words), Qt::AlignCenter | Qt::TextSingleLine,
                         text());
    }

    const Theme &m_theme;
    QString m_iconName;
    bool m_compact = false;
};

FilterPills::FilterPills(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(tr("Kinds"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    const auto add = [&](KindFilter filter, const QString &text, const QString &iconName) {
        auto *pill = new FilterPill(theme, text, iconName, this);
        m_group->addButton(pill, static_cast<int>(filter));
        row->addWidget(pill);
    };
    add(KindFilter::All, tr("All"), {});
    add(KindFilter::Reviews, tr("Reviews"), u"star"_s);
    add(KindFilter::Mentions, tr("Mentions"), u"at-sign"_s);
    add(KindFilter::Private, tr("Private"), u"lock"_s);
    row->addStretch(1);
    setFilter(KindFilter::All);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int id) { Q_EMIT filterChosen(static_cast<KindFilter>(id)); });
}

void FilterPills::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    int needed = (static_cast<int>(m_group->buttons().size()) - 1) * layout()->spacing();
    for (const QAbstractButton *button : m_group->buttons())
        needed += static_cast<const FilterPill *>(button)->fullWidth();
    for (QAbstractButton *button : m_group->buttons())
        static_cast<FilterPill *>(button)->setCompact(needed > width());
}

QSize FilterPills::minimumSizeHint() const
{
    return {0, QWidget::minimumSizeHint().height()};
}

void FilterPills::setFilter(KindFilter filter)
{
    m_group->button(static_cast<int>(filter))->setChecked(true);
}

} // namespace indelible::ui

#include "filter_pills.moc"

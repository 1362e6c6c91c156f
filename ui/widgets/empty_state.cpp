// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

EmptyState::EmptyState(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_disc(new QLabel(this))
    , m_title(new PlainLabel(theme, TextRole::Message, Token::Text, QFont::DemiBold, this))
    , m_line(new PlainLabel(theme, TextRole::Body, Token::Text2, QFont::Normal, this))
    , m_actions(new QHBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 24, 18, 24);
    column->setSpacing(6);
    column->addStretch(2);
    column->addWidget(m_disc, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    for (PlainLabel *label : {m_title, m_line}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter);
        column->addWidget(label);
    }
    column->addSpacing(6);
    m_actions->setSpacing(6);
    column->addLayout(m_actions);
    column->addStretch(3);
    connect(&m_theme, &Theme::changed, this, &EmptyState::applyTheme);
}

void EmptyState::setContent(const QString &iconName, Tone tone, const QString &title, const QString &line,
                            const QList<Action> &actions)
{
    m_iconName = iconName;
    m_tone = tone;
    m_title->setText(title);
    m_line->setText(line);
    while (QLayoutItem *item = m_actions->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_actions->addStretch();
    for (int i = 0; i < qMin<int>(static_cast<int>(actions.size()), 2); ++i) {
        auto *button = new QPushButton(actions.at(i).text, this);
        button->setProperty("kind", i == 0 ? u"small"_s : u"flat"_s);
        if (!actions.at(i).iconName.isEmpty())
            button->setIcon(icon(m_theme, actions.at(i).iconName));
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT actionTriggered(i); });
        m_actions->addWidget(button);
    }
    m_actions->addStretch();
    applyTheme();
}

void EmptyState::applyTheme()
{
    const int side = m_theme.scaled(52);
    const qreal ratio = devicePixelRatioF();
    QPixmap disc(QSize(side, side) * ratio);
    disc.setDevicePixelRatio(ratio);
    disc.fill(Qt::transparent);
    const ToneColours colours = toneColours(m_theme, m_tone);
    QPainter painter(&disc);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_tone == Tone::Neutral ? m_theme.colour(Token::Sunken) : colours.fill);
    painter.drawEllipse(0, 0, side, side);
    const int iconSide = m_theme.scaled(26);
    paintIcon(painter, QRect((side - iconSide) / 2, (side - iconSide) / 2, iconSide, iconSide), m_iconName,
              colours.text);
    painter.end();
    m_disc->setPixmap(disc);
}

} // namespace indelible::ui

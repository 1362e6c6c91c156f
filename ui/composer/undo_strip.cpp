// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/undo_strip.h"

#include "ui/composer/composer_logic.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace indelible::ui {

UndoStrip::UndoStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new IconLabel(theme, u"timer"_s, 16, Token::AccentText, this))
    , m_text(new PlainLabel(theme, TextRole::Body, Token::AccentText, QFont::DemiBold, this))
    , m_where(new PlainLabel(theme, TextRole::Body, Token::AccentText, QFont::Normal, this))
    , m_undo(new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Undo"), u"undo-2"_s, this))
    , m_now(new Button(theme, Button::Kind::Flat, Button::Size::Small, tr("Send now"), {}, this))
{
    m_undo->setIconMirrored(true);
    m_undo->setName(tr("Undo, do not send"), tr("Undo (Ctrl+Z)"));
    m_where->setElided(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 8, 10);
    row->setSpacing(8);
    row->addWidget(m_icon);
    row->addWidget(m_text);
    row->addWidget(m_where, 1);
    row->addWidget(m_undo);
    row->addWidget(m_now);
    connect(m_undo, &QAbstractButton::clicked, this, &UndoStrip::undoRequested);
    connect(m_now, &QAbstractButton::clicked, this, &UndoStrip::sendNowRequested);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void UndoStrip::show(const OutboxView &answer, const QString &networkName, Instant now)
{
    m_private = answer.audience == Audience::Private;
    const Token colour = m_private ? Token::PlumText : Token::AccentText;
    m_icon->setIcon(u"timer"_s, colour);
    m_text->setColour(colour);
    m_where->setColour(colour);
    m_text->setText(pendingText(answer, now));
    m_where->setText(networkName);
    m_left = 0.0;
    if (answer.notBefore && *answer.notBefore > now && *answer.notBefore > answer.createdAt)
        m_left = static_cast<double>((*answer.notBefore - now).count()) /
                 static_cast<double>((*answer.notBefore - answer.createdAt).count());
    m_now->setVisible(m_left > 0.0);
    update();
}

void UndoStrip::focusUndo()
{
    m_undo->setFocus(Qt::OtherFocusReason);
}

void UndoStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), 9, 9);
    painter.setClipPath(shape);
    painter.fillRect(rect(), m_theme.colour(m_private ? Token::PlumSoft : Token::AccentSoft));
    const int length = qRound(width() * qBound(0.0, m_left, 1.0));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - length : 0;
    painter.fillRect(x, height() - 2, length, 2, m_theme.colour(m_private ? Token::Plum : Token::Accent));
}

} // namespace indelible::ui

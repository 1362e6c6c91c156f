// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/source_row.h"

#include "app/base/text.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace indelible::ui {

namespace {

constexpr int kStateWidth = 180;
constexpr int kActionWidth = 112;
constexpr int kMark = 36;
constexpr int kNarrow = 620; ///< below it there is no room for a state beside the name

} // namespace

SourceRow::SourceRow(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_mark(new IconLabel(theme, {}, kMark, Token::Text2, this))
    , m_name(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this))
    , m_line(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_stateIcon(new IconLabel(theme, {}, 15, Token::Text2, this))
    , m_state(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Medium, this))
    , m_action(new Button(theme, Button::Kind::Normal, Button::Size::Small, {}, {}, this))
    , m_more(new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, QStringLiteral("ellipsis"), this))
    , m_banner(new Banner(theme, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_mark, 0, Qt::AlignTop);
    row->addWidget(buildMiddle(), 1);
    row->addWidget(buildActions());
    row->addWidget(m_more);
    column->addLayout(row);
    column->addWidget(m_banner);
    // So that states stand under each other.
    QSizePolicy keep = m_more->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_more->setSizePolicy(keep);
    connect(m_action, &QAbstractButton::clicked, this, &SourceRow::actionTriggered);
    connect(m_more, &QAbstractButton::clicked, this,
            [this] { Q_EMIT menuRequested(m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(&theme, &Theme::changed, this, &SourceRow::arrange);
    arrange();
}

QWidget *SourceRow::buildMiddle()
{
    auto *middle = new QWidget(this);
    m_middle = new QBoxLayout(QBoxLayout::LeftToRight, middle);
    m_middle->setContentsMargins(0, 0, 0, 0);
    m_middle->setSpacing(4);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    for (PlainLabel *label : {m_name, m_line}) {
        label->setElided(true);
        words->addWidget(label);
    }
    m_middle->addLayout(words, 1);
    auto *state = new QHBoxLayout;
    state->setSpacing(6);
    state->addWidget(m_stateIcon);
    state->addWidget(m_state, 1);
    m_middle->addLayout(state);
    return middle;
}

QWidget *SourceRow::buildActions()
{
    m_actionPlace = new QWidget(this);
    auto *end = new QHBoxLayout(m_actionPlace);
    end->setContentsMargins(0, 0, 0, 0);
    end->addStretch(1);
    end->addWidget(m_action);
    return m_actionPlace;
}

void SourceRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void SourceRow::arrange()
{
    const bool isNarrow = width() < m_theme.scaled(kNarrow);
    m_middle->setDirection(isNarrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_state->setMinimumWidth(isNarrow ? 0 : m_theme.scaled(kStateWidth));
    m_state->setMaximumWidth(isNarrow ? QWIDGETSIZE_MAX : m_theme.scaled(kStateWidth));
    m_actionPlace->setMinimumWidth(isNarrow ? 0 : m_theme.scaled(kActionWidth));
}

void SourceRow::setLook(const SourceLook &look)
{
    m_mark->setNetwork(look.network);
    m_name->setText(look.name);
    m_line->setText(look.line);
    m_stateIcon->setIcon(look.stateIcon, look.stateColour);
    m_state->setColour(look.stateColour);
    m_state->setText(look.state);
    m_action->setText(look.action);
    m_action->setName(look.action.isEmpty() ? QString() : tr("%1: %2").arg(look.action, isolated(look.name)), {});
    m_action->setVisible(!look.action.isEmpty());
    m_more->setName(tr("More for %1").arg(isolated(look.name)), tr("More"));
    m_more->setVisible(look.hasMenu);
    if (look.banner)
        m_banner->setContent(*look.banner);
    else
        m_banner->clear();
}

} // namespace indelible::ui

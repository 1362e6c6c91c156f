// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/top_bar.h"

#include "ui/main_window/action_registry.h"
#include "ui/widgets/avatar_widget.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kHeight = 46;
constexpr int kSearchWidth = 520;
constexpr int kSearchLeast = 200;

} // namespace

TopBar::TopBar(const Theme &theme, const ActionRegistry &actions, QWidget *parent)
    : Surface(theme, Token::Chrome, Qt::BottomEdge, parent)
    , m_theme(theme)
    , m_menu(new Button(theme, Button::Kind::Flat, Button::Size::Normal, {}, u"menu"_s, this))
    , m_business(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this))
    , m_search(new SearchField(theme, tr("Ctrl K"), this))
    , m_check(new Button(theme, Button::Kind::Flat, Button::Size::Normal, {}, u"refresh-cw"_s, this))
    , m_help(new Button(theme, Button::Kind::Flat, Button::Size::Normal, {}, u"circle-help"_s, this))
    , m_avatar(new AvatarWidget(theme, 28, 0, this))
{
    m_menu->setName(tr("Menu"), actions.toolTip(Command::MenuBar));
    m_check->setName(tr("Check now"), actions.toolTip(Command::CheckNow));
    m_help->setName(tr("Help: the keyboard"), actions.toolTip(Command::KeyboardSheet));
    buildSearch(actions);
    auto *store = new IconLabel(theme, u"store"_s, 16, Token::Text, this);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(8);
    row->addWidget(m_menu);
    row->addSpacing(4);
    row->addWidget(store);
    row->addWidget(m_business);
    row->addStretch(1);
    row->addWidget(m_search, 1000);
    row->addStretch(1);
    row->addWidget(m_check);
    row->addWidget(m_help);
    row->addSpacing(6);
    row->addWidget(m_avatar);

    connect(m_check, &QAbstractButton::clicked, actions.action(Command::CheckNow), &QAction::trigger);
    connect(m_help, &QAbstractButton::clicked, actions.action(Command::KeyboardSheet), &QAction::trigger);
    connect(m_menu, &QAbstractButton::clicked, this, [this, &actions] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (QMenu *part : actions.makeMenus(menu))
            menu->addMenu(part);
        menu->popup(m_menu->mapToGlobal(QPoint(0, m_menu->height())));
    });
    connect(&theme, &Theme::changed, this, &TopBar::applyTheme);
    applyTheme();
}

void TopBar::buildSearch(const ActionRegistry &actions)
{
    m_search->setPlaceholderText(tr("Search people and words"));
    m_search->setAccessibleName(tr("Search people and words"));
    m_search->setToolTip(actions.toolTip(Command::Search));
    m_search->setMinimumWidth(kSearchLeast);
    connect(m_search, &SearchField::searchChanged, this, &TopBar::searchChanged);
    connect(m_search, &SearchField::searchLeft, this, &TopBar::searchLeft);
}

void TopBar::applyTheme()
{
    setFixedHeight(m_theme.scaled(kHeight));
    m_search->setMaximumWidth(m_theme.scaled(kSearchWidth));
}

void TopBar::setBusiness(const QString &name)
{
    m_business->setText(name);
}

void TopBar::setMember(const QString &name)
{
    m_avatar->setPerson(name, name, {}, Token::Chrome);
    m_avatar->setToolTip(plainToolTip(tr("You are %1").arg(name)));
}

void TopBar::setBusy(bool busy)
{
    m_check->setEnabled(!busy);
}

void TopBar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TopBar::clearSearch()
{
    m_search->clear();
}

} // namespace indelible::ui

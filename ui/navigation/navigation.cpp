// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/navigation.h"

#include "ui/navigation/navigation_list.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 198;
constexpr int kCollapsedWidth = 56;

} // namespace

Navigation::Navigation(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Nav, Qt::RightEdge, parent)
    , m_theme(theme)
    , m_viewList(new NavigationList(theme, m_views, this))
    , m_channelList(new NavigationList(theme, m_channels, this))
    , m_title(new PlainLabel(theme, TextRole::Meta, Token::Text3, QFont::DemiBold, this))
    , m_connect(new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"plus"_s, this))
{
    m_viewList->setAccessibleName(tr("Views"));
    m_viewList->setMayShrink(false);
    m_channelList->setAccessibleName(tr("Channels"));
    m_title->setText(tr("Channels"));
    m_connect->setName(tr("Connect an account"));

    auto *head = new QHBoxLayout;
    head->setContentsMargins(8, 8, 0, 0);
    head->addWidget(m_title, 1);
    head->addWidget(m_connect);
    m_title->setMinimumHeight(theme.scaled(26));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 10, 9, 10);
    column->setSpacing(0);
    column->addWidget(m_viewList);
    column->addLayout(head);
    column->addWidget(m_channelList);
    column->addStretch(1);

    connect(m_viewList, &NavigationList::rowChosen, this, [this](int row) { onChosen(m_viewList, row); });
    connect(m_channelList, &NavigationList::rowChosen, this, [this](int row) { onChosen(m_channelList, row); });
    connect(m_connect, &QAbstractButton::clicked, this, &Navigation::connectRequested);
    connect(&theme, &Theme::changed, this, &Navigation::applyTheme);
    fill();
    select(View::NeedsReply);
    applyTheme();
}

void Navigation::applyTheme()
{
    setFixedWidth(m_theme.scaled(m_collapsed ? kCollapsedWidth : kWidth));
}

void Navigation::fill()
{
    m_views.setRows(viewRows(m_counts));
    m_channels.setRows(accountRows(m_accounts, m_counts));
}

void Navigation::setCounts(const InboxCounts &counts)
{
    m_counts = counts;
    fill();
}

void Navigation::setAccounts(const std::vector<Account> &accounts)
{
    m_accounts = accounts;
    fill();
}

void Navigation::onChosen(NavigationList *list, int row)
{
    if (list == m_viewList) {
        m_channelList->select(-1);
        Q_EMIT viewChosen(*m_views.at(row).view);
    } else {
        m_viewList->select(-1);
        Q_EMIT accountChosen(m_channels.at(row).account);
    }
}

void Navigation::select(View view)
{
    m_channelList->select(-1);
    for (int row = 0; row < m_views.rowCount(); ++row) {
        if (m_views.at(row).view == view)
            m_viewList->select(row);
    }
}

void Navigation::selectAccount(AccountId account)
{
    m_viewList->select(-1);
    for (int row = 0; row < m_channels.rowCount(); ++row) {
        if (m_channels.at(row).account == account)
            m_channelList->select(row);
    }
}

void Navigation::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    m_title->setVisible(!collapsed);
    m_viewList->setCollapsed(collapsed);
    m_channelList->setCollapsed(collapsed);
    applyTheme();
}

void Navigation::setCanConnect(bool can)
{
    m_connect->setVisible(can);
}

void Navigation::focusCurrent()
{
    (m_channelList->currentIndex().isValid() ? m_channelList : m_viewList)->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

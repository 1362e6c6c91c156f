// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/account_row.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/accounts/account_notice.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStringList>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kStateWidth = 180;
constexpr int kActionWidth = 112;

QString actionText(AccountAction action)
{
    switch (action) {
    case AccountAction::None:
        return {};
    case AccountAction::SignIn:
        return AccountRow::tr("Sign in again");
    case AccountAction::TryNow:
        return AccountRow::tr("Try now");
    case AccountAction::Resume:
        return AccountRow::tr("Resume");
    }
    Q_UNREACHABLE();
}

} // namespace

QString capabilityText(const Capabilities &capabilities)
{
    QStringList does;
    if (capabilities.publicReply)
        does.append(AccountRow::tr("public answers"));
    if (capabilities.privateReply)
        does.append(AccountRow::tr("private messages"));
    QString text = does.isEmpty() ? AccountRow::tr("Reading only") : does.join(u", "_s);
    text[0] = text.at(0).toUpper();
    const TextLimit limit = capabilities.publicReply ? capabilities.publicLimit : capabilities.privateLimit;
    if (limit.maximum > 0 && !does.isEmpty()) {
        const QString number = readersLocale().toString(limit.maximum);
        text += u" · "_s + (limit.unit == TextUnit::Utf8Bytes ? AccountRow::tr("up to %1 bytes").arg(number)
                                                              : AccountRow::tr("up to %1 characters").arg(number));
    }
    return text;
}

AccountRow::AccountRow(const Theme &theme, const Account &account, const Capabilities &capabilities, const Here &here,
                       QWidget *parent)
    : QWidget(parent)
    , m_account(account)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    column->addLayout(row);
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(account.network);
    row->addWidget(badge);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    auto *name = new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this);
    name->setElided(true);
    name->setText(displayText(account.name.isEmpty() ? account.handle : account.name));
    auto *what = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this);
    what->setElided(true);
    what->setText(u"%1 · %2"_s.arg(network(account.network).name, capabilityText(capabilities)));
    words->addWidget(name);
    words->addWidget(what);
    row->addLayout(words, 1);

    const AccountLook look = accountLook(account.state);
    auto *state = new QHBoxLayout;
    state->setSpacing(6);
    state->addWidget(new IconLabel(theme, look.icon, 15, look.colour, this));
    auto *stateText = new PlainLabel(theme, TextRole::Small, look.colour, QFont::Medium, this);
    stateText->setText(accountStateText(account, here));
    stateText->setFixedWidth(theme.scaled(kStateWidth));
    state->addWidget(stateText);
    row->addLayout(state);
    auto *action =
        new Button(theme, Button::Kind::Normal, Button::Size::Small, actionText(accountAction(account)), {}, this);
    action->setVisible(accountAction(account) != AccountAction::None);
    auto *place = new QWidget(this);
    place->setFixedWidth(theme.scaled(kActionWidth));
    auto *end = new QHBoxLayout(place);
    end->setContentsMargins(0, 0, 0, 0);
    end->addStretch(1);
    end->addWidget(action);
    row->addWidget(place);
    auto *more = new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"ellipsis"_s, this);
    more->setName(tr("More for %1").arg(isolated(name->text())), tr("More"));
    more->setVisible(account.state != AccountState::Disconnected);
    row->addWidget(more);
    connect(action, &QAbstractButton::clicked, this, &AccountRow::act);
    connect(more, &QAbstractButton::clicked, this, [this, more] { openMenu(more); });

    if (std::optional<BannerContent> content = accountBanner(account, here)) {
        // The row has the button already.
        content->action.clear();
        auto *banner = new Banner(theme, this);
        banner->setContent(*content);
        column->addWidget(banner);
    }
}

void AccountRow::act()
{
    switch (accountAction(m_account)) {
    case AccountAction::None:
        return;
    case AccountAction::SignIn:
        Q_EMIT signInRequested();
        return;
    case AccountAction::TryNow:
        Q_EMIT tryRequested();
        return;
    case AccountAction::Resume:
        Q_EMIT pauseRequested(false);
        return;
    }
}

void AccountRow::openMenu(QWidget *button)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool paused = m_account.state == AccountState::Paused;
    menu->addAction(paused ? tr("Resume") : tr("Pause"), this, [this, paused] { Q_EMIT pauseRequested(!paused); });
    menu->addSeparator();
    menu->addAction(tr("Disconnect…"), this, &AccountRow::disconnectRequested);
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

} // namespace indelible::ui

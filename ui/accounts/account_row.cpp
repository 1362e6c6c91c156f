// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/account_row.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/accounts/account_notice.h"

#include <QMenu>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

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

QString cadenceText(Cadence cadence)
{
    switch (cadence) {
    case Cadence::AtOnce:
        return {};
    case Cadence::Daily:
        return AccountRow::tr("every morning");
    case Cadence::Weekly:
        return AccountRow::tr("every Monday morning");
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
    if (capabilities.cadence != Cadence::AtOnce)
        text += u" · "_s + cadenceText(capabilities.cadence);
    return text;
}

AccountRow::AccountRow(const Theme &theme, QWidget *parent)
    : SourceRow(theme, parent)
{
    connect(this, &SourceRow::actionTriggered, this, &AccountRow::act);
    connect(this, &SourceRow::menuRequested, this, &AccountRow::openMenu);
}

void AccountRow::setAccount(const Account &account, const Capabilities &capabilities, const Here &here)
{
    m_account = account;
    const AccountLook look = accountLook(account, here.now);
    SourceLook row;
    row.network = account.network;
    row.name = displayText(account.name.isEmpty() ? account.handle : account.name);
    const bool isConnected = account.state != AccountState::Disconnected;
    row.line = network(account.network).name;
    if (isConnected)
        row.line += u" · "_s + capabilityText(capabilities);
    row.stateIcon = look.icon;
    row.stateColour = look.colour;
    row.state = accountStateText(account, here);
    row.action = actionText(accountAction(account));
    row.hasMenu = isConnected;
    row.banner = accountBanner(account, here);
    // The row has the button already.
    if (row.banner)
        row.banner->action.clear();
    setLook(row);
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
        Q_EMIT checkRequested();
        return;
    case AccountAction::Resume:
        Q_EMIT pauseRequested(false);
        return;
    }
}

void AccountRow::openMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool paused = m_account.state == AccountState::Paused;
    menu->addAction(tr("About this account…"), this, &AccountRow::aboutRequested);
    menu->addSeparator();
    menu->addAction(tr("Check now"), this, &AccountRow::checkRequested)->setEnabled(!paused);
    menu->addAction(paused ? tr("Resume") : tr("Pause"), this, [this, paused] { Q_EMIT pauseRequested(!paused); });
    if (m_account.channel != "practice"_L1) {
        menu->addAction(tr("Sign in again…"), this, &AccountRow::signInRequested);
        menu->addSeparator();
        if (m_account.followsStorageRule)
            menu->addAction(tr("Keep what authors delete"), this, [this] { Q_EMIT storageRuleRequested(false); });
        else
            menu->addAction(tr("Erase what authors delete…"), this, [this] { Q_EMIT storageRuleRequested(true); });
    }
    menu->addSeparator();
    menu->addAction(tr("Disconnect…"), this, &AccountRow::disconnectRequested);
    menu->popup(at);
}

} // namespace indelible::ui

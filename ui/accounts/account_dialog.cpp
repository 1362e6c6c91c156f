// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/account_dialog.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/connect_facts.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 520;

} // namespace

AccountDialog::AccountDialog(const Theme &theme, const Account &account, const Capabilities &capabilities,
                             const Here &here, QWidget *parent)
    : FormDialog(theme, kWidth, tr("About this account"), parent)
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(account.network);
    title()->setText(displayText(account.name.isEmpty() ? account.handle : account.name));
    addHead(badge, network(account.network).name);
    addState(account, capabilities, here);
    column()->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Rows,
                                         connectFacts(sourceKind(account.channel)) + keepingFacts(account), this));
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    const bool isWatched = account.state != AccountState::Paused && account.state != AccountState::Disconnected;
    if (isWatched) {
        QPushButton *check = buttons->addButton(tr("Check now"), QDialogButtonBox::ActionRole);
        connect(check, &QPushButton::clicked, this, [this] {
            Q_EMIT checkRequested();
            accept();
        });
    }
    close->setDefault(true);
    close->setFocus();
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column()->addWidget(buttons);
}

void AccountDialog::addState(const Account &account, const Capabilities &capabilities, const Here &here)
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(6);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    const auto add = [&](const QString &what, const QString &value) {
        if (value.isEmpty())
            return;
        auto *head = new PlainLabel(theme(), TextRole::Small, Token::Text2, QFont::Normal, this);
        head->setText(what);
        auto *line = new PlainLabel(theme(), TextRole::Small, Token::Text, QFont::Medium, this);
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        line->setText(displayText(value));
        head->setBuddy(line);
        line->setAccessibleName(tr("%1: %2", "what, its value").arg(what, line->text()));
        form->addRow(head, line);
    };
    add(tr("Signed in as"), account.handle);
    add(tr("Server"), account.server.host());
    add(tr("Only with these words"), capabilities.words.join(u", "_s));
    add(tr("State"), accountStateText(account, here));
    add(tr("Known until"), account.lastGoodFetch ? momentText(*account.lastGoodFetch, here) : tr("not fetched yet"));
    if (account.retryAt && *account.retryAt > here.now)
        add(tr("Next visit"), momentText(*account.retryAt, here));
    add(tr("What it says"), account.stateDetail);
    column()->addLayout(form);
}

} // namespace indelible::ui

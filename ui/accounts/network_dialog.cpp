// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/network_dialog.h"

#include "app/domain/network.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 460;

} // namespace

NetworkDialog::NetworkDialog(const Theme &theme, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect an account"), parent)
{
    addHead(new IconLabel(theme, u"plug"_s, 28, Token::AccentText, this), tr("Where do people write to you?"));
    addNetwork(u"bluesky"_s, u"bluesky"_s, tr("Mentions, replies and direct messages, with an app password."));
    addNetwork(u"mastodon"_s, u"mastodon"_s, tr("Mentions, replies and private mentions, allowed in the browser."));
    addNetwork(u"telegram"_s, u"telegram"_s, tr("What people write to a bot of yours, or about it in groups."));
    addNetwork(u"mail"_s, u"email"_s, tr("Letters to one of your mailboxes, by IMAP and SMTP, with its password."));
    addNetwork(u"feed"_s, u"feeds"_s, tr("Blogs, news and Google Alerts that mention you. Only read, never answered."));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column()->addWidget(box);
}

void NetworkDialog::addNetwork(const QString &channel, const QString &networkId, const QString &what)
{
    const QString name = network(networkId).name;
    auto *badge = new IconLabel(theme(), {}, 36, Token::Text2, this);
    badge->setNetwork(networkId);
    auto *head = new PlainLabel(theme(), TextRole::Body, Token::Text, QFont::DemiBold, this);
    head->setText(name);
    auto *line = new PlainLabel(theme(), TextRole::Small, Token::Text2, QFont::Normal, this);
    line->setWordWrap(true);
    line->setText(what);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(head);
    words->addWidget(line);
    auto *button = new Button(theme(), Button::Kind::Normal, Button::Size::Normal, tr("Connect"), {}, this);
    button->setAccessibleName(tr("Connect %1").arg(name));
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(badge, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addWidget(button);
    column()->addLayout(row);
    connect(button, &QAbstractButton::clicked, this, [this, channel] {
        accept();
        Q_EMIT chosen(channel);
    });
}

} // namespace indelible::ui

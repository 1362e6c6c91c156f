// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/mastodon_dialog.h"

#include "app/base/when_done.h"
#include "app/session/account_service.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/connect_facts.h"
#include "ui/accounts/keychain_choice.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/open_external.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/web_address.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 500;
constexpr int kLongestServer = 256;

} // namespace

MastodonDialog::MastodonDialog(const Theme &theme, session::AccountService &accounts, ExternalOpener &opener,
                               QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect Mastodon"), parent)
    , m_accounts(accounts)
    , m_opener(opener)
    , m_server(new QLineEdit(this))
    , m_keychain(new KeychainChoice(theme, accounts, this))
    , m_waiting(new PlainLabel(theme, TextRole::Body, Token::Text2, QFont::Normal, this))
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(u"mastodon"_s);
    addHead(badge, tr("On the page of your own server, which opens in the browser. Indelible never sees your password. "
                      "Other servers that speak Mastodon’s language, such as snac, can be connected too."));
    buildForm();
    column()->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Rows, connectFacts(SourceKind::Account), this));
    column()->addWidget(m_keychain);
    addError(column());
    m_waiting->setWordWrap(true);
    m_waiting->setText(tr("Allow Indelible in the browser, then come back here. It waits for five minutes."));
    m_waiting->hide();
    column()->addWidget(m_waiting);
    addProgress(column(), tr("Waiting for the browser"));
    m_connect = addButtons(tr("Open the browser"), [this] { start(); });
    check();
    m_server->setFocus();
}

MastodonDialog::~MastodonDialog()
{
    stop();
}

void MastodonDialog::buildForm()
{
    m_server->setPlaceholderText(u"mastodon.social"_s);
    m_server->setAccessibleName(tr("Server"));
    m_server->setMaxLength(kLongestServer);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->addRow(tr("&Server"), m_server);
    column()->addLayout(form);
    connect(m_server, &QLineEdit::textChanged, this, &MastodonDialog::check);
}

void MastodonDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Sign in again"));
    title()->setText(tr("Sign in to Mastodon again"));
    m_server->setText(account.server.toString());
    m_connect->setFocus();
}

void MastodonDialog::done(int result)
{
    stop();
    FormDialog::done(result);
}

void MastodonDialog::check()
{
    m_connect->setEnabled(!m_stop && !m_server->text().trimmed().isEmpty());
}

void MastodonDialog::start()
{
    const std::optional<QUrl> server = webAddress(serverFrom(m_server->text()).toString(QUrl::FullyEncoded));
    if (!server) {
        showError(tr("Type the server of your account, for example mastodon.social."), m_server);
        return;
    }
    channels::SignIn credentials;
    credentials.server = *server;
    credentials.openPage = [guard = QPointer<MastodonDialog>(this)](const QUrl &page) {
        if (guard)
            guard->m_opener.openExternal(guard, page.toString(QUrl::FullyEncoded));
    };
    m_stop.emplace();
    m_stop->start();
    credentials.stopped = m_stop->future();
    setBusy(true);
    whenDone(this, m_accounts.connectAccount(u"mastodon"_s, std::move(credentials), m_keychain->keep()),
             [this](const Result<Account> &result) {
                 stop();
                 setBusy(false);
                 if (result) {
                     Q_EMIT connected(result->handle);
                     accept();
                     return;
                 }
                 showError(errorSentence(result.error()), m_server);
             });
}

void MastodonDialog::stop()
{
    if (m_stop)
        m_stop->finish();
    m_stop.reset();
}

void MastodonDialog::setBusy(bool busy)
{
    error()->hide();
    m_waiting->setVisible(busy);
    progress()->setVisible(busy);
    m_server->setEnabled(!busy);
    check();
}

} // namespace indelible::ui

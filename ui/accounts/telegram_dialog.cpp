// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/telegram_dialog.h"

#include "app/base/when_done.h"
#include "app/session/account_service.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/connect_facts.h"
#include "ui/accounts/keychain_choice.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 500;
constexpr int kLongestToken = 256;
constexpr auto kUsualServer = "https://api.telegram.org"_L1;

} // namespace

TelegramDialog::TelegramDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect Telegram"), parent)
    , m_accounts(accounts)
    , m_token(new QLineEdit(this))
    , m_keychain(new KeychainChoice(theme, accounts, this))
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(u"telegram"_s);
    addHead(badge, tr("With a bot of yours. In Telegram, write /newbot to @BotFather and copy the token it gives you. "
                      "Telegram keeps what nobody fetched for a day only, so let Indelible run at least once a day."));
    buildForm();
    column()->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Rows, connectFacts(SourceKind::Bot), this));
    column()->addWidget(m_keychain);
    addError(column());
    addProgress(column(), tr("Signing in"));
    m_connect = addButtons(tr("Connect"), [this] { start(); });
    check();
    m_token->setFocus();
}

void TelegramDialog::buildForm()
{
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setPlaceholderText(u"123456789:AbCdEf…"_s);
    m_token->setAccessibleName(tr("Token"));
    m_token->setMaxLength(kLongestToken);
    m_token->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                 Qt::ImhNoAutoUppercase);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->addRow(tr("&Token"), m_token);
    column()->addLayout(form);
    connect(m_token, &QLineEdit::textChanged, this, &TelegramDialog::check);
}

void TelegramDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Sign in again"));
    title()->setText(tr("Sign in to Telegram again"));
    m_connect->setText(tr("Sign in"));
    if (account.server.toString() != kUsualServer)
        m_server = account.server;
}

void TelegramDialog::check()
{
    m_connect->setEnabled(!m_token->text().trimmed().isEmpty());
}

void TelegramDialog::start()
{
    channels::SignIn credentials;
    credentials.server = m_server;
    credentials.secret = m_token->text().trimmed().toUtf8();
    m_token->clear();
    setBusy(true);
    whenDone(this, m_accounts.connectAccount(u"telegram"_s, std::move(credentials), m_keychain->keep()),
             [this](const Result<Account> &result) {
                 setBusy(false);
                 if (!result) {
                     showError(errorSentence(result.error()), m_token);
                     return;
                 }
                 Q_EMIT connected(result->handle);
                 accept();
             });
}

void TelegramDialog::setBusy(bool busy)
{
    error()->hide();
    progress()->setVisible(busy);
    m_token->setEnabled(!busy);
    if (busy)
        m_connect->setEnabled(false);
    else
        check();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/mail_dialog.h"

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
constexpr int kLongestEntry = 256;

} // namespace

MailDialog::MailDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect a mailbox"), parent)
    , m_accounts(accounts)
    , m_address(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_reading(new QLineEdit(this))
    , m_sending(new QLineEdit(this))
    , m_keychain(new KeychainChoice(theme, accounts, this))
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(u"email"_s);
    addHead(badge,
            tr("With the mailbox’s password. Many providers want an app password here, which you make in their "
               "settings; those that only let you sign in in the browser are connected by the command “indelible "
               "account add mail”, with --oauth-client."));
    prepareFields();
    buildForm();
    column()->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Rows, connectFacts(SourceKind::Mailbox), this));
    column()->addWidget(m_keychain);
    addError(column());
    addProgress(column(), tr("Signing in"));
    m_connect = addButtons(tr("Connect"), [this] { start(); });
    check();
    m_address->setFocus();
}

void MailDialog::prepareFields()
{
    m_address->setPlaceholderText(tr("shop@mail.example"));
    m_address->setAccessibleName(tr("Mail address"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setAccessibleName(tr("Password"));
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                    Qt::ImhNoAutoUppercase);
    m_reading->setPlaceholderText(u"imap.mail.example"_s);
    m_reading->setAccessibleName(tr("Server for reading (IMAP)"));
    m_sending->setPlaceholderText(u"smtp.mail.example:587"_s);
    m_sending->setAccessibleName(tr("Server for sending (SMTP)"));
    for (QLineEdit *field : {m_address, m_password, m_reading, m_sending}) {
        field->setMaxLength(kLongestEntry);
        connect(field, &QLineEdit::textChanged, this, &MailDialog::check);
    }
}

void MailDialog::buildForm()
{
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Mail address"), m_address);
    form->addRow(tr("&Password"), m_password);
    form->addRow(tr("Server for &reading"), m_reading);
    form->addRow(tr("Server for &sending"), m_sending);
    column()->addLayout(form);
}

void MailDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Sign in again"));
    title()->setText(tr("Sign in to the mailbox again"));
    m_connect->setText(tr("Sign in"));
    m_address->setText(account.handle);
    m_reading->setText(account.server.toString());
    m_isAgain = true;
    m_sending->setPlaceholderText(tr("as before"));
    m_password->setFocus();
}

void MailDialog::check()
{
    bool isComplete = !m_password->text().isEmpty();
    for (const QLineEdit *field : {m_address, m_reading, m_sending}) {
        const bool isKept = field == m_sending && m_isAgain;
        isComplete = isComplete && (isKept || !field->text().trimmed().isEmpty());
    }
    m_connect->setEnabled(isComplete && !progress()->isVisible());
}

void MailDialog::start()
{
    channels::SignIn credentials;
    credentials.handle = m_address->text().trimmed();
    credentials.server = serverFrom(m_reading->text());
    if (!m_sending->text().trimmed().isEmpty())
        credentials.sendingServer = serverFrom(m_sending->text());
    credentials.secret = m_password->text().toUtf8();
    m_password->clear();
    setBusy(true);
    whenDone(this, m_accounts.connectAccount(u"mail"_s, std::move(credentials), m_keychain->keep()),
             [this](const Result<Account> &result) {
                 setBusy(false);
                 if (result) {
                     Q_EMIT connected(result->handle);
                     accept();
                     return;
                 }
                 showError(errorSentence(result.error()), m_password);
             });
}

void MailDialog::setBusy(bool busy)
{
    error()->hide();
    progress()->setVisible(busy);
    for (QLineEdit *field : {m_address, m_password, m_reading, m_sending})
        field->setEnabled(!busy);
    check();
}

} // namespace indelible::ui

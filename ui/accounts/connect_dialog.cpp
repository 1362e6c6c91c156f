// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/connect_dialog.h"

#include "app/base/when_done.h"
#include "app/session/account_service.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/connect_facts.h"
#include "ui/accounts/keychain_choice.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/web_address.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 500;
constexpr auto kUsualServer = "https://bsky.social"_L1;
constexpr int kLongestSecret = 256;

QString handleFrom(const QString &typed)
{
    QString handle = typed.trimmed();
    if (handle.startsWith(u'@'))
        handle.remove(0, 1);
    return handle;
}

} // namespace

std::optional<QUrl> serverAddress(const QString &typed)
{
    const std::optional<QUrl> url = webAddress(typed);
    const bool bare =
        url && (url->path().isEmpty() || url->path() == "/"_L1) && !url->hasQuery() && !url->hasFragment();
    return bare ? url : std::nullopt;
}

ConnectDialog::ConnectDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect Bluesky"), parent)
    , m_accounts(accounts)
    , m_handle(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_advanced(new Button(theme, Button::Kind::Flat, Button::Size::Small, tr("Another server"), {}, this))
    , m_serverLabel(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::Normal, this))
    , m_server(new QLineEdit(kUsualServer, this))
    , m_keychain(new KeychainChoice(theme, accounts, this))
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(u"bluesky"_s);
    addHead(badge,
            tr("With an app password. You make one on Bluesky under Settings, Privacy and security, App passwords; "
               "allow direct messages there if you want to answer them here."));
    buildForm();
    buildFacts();
    column()->addWidget(m_keychain);
    addError(column());
    addProgress(column(), tr("Signing in"));
    m_connect = addButtons(tr("Connect"), [this] { start(); });
    check();
    m_handle->setFocus();
}

void ConnectDialog::buildForm()
{
    m_handle->setPlaceholderText(tr("yourname.bsky.social"));
    m_handle->setAccessibleName(tr("Handle"));
    m_handle->setMaxLength(kLongestSecret);
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(u"xxxx-xxxx-xxxx-xxxx"_s);
    m_password->setAccessibleName(tr("App password"));
    m_password->setMaxLength(kLongestSecret);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText |
                                    Qt::ImhNoAutoUppercase);
    m_server->setAccessibleName(tr("Server"));
    m_serverLabel->setText(tr("Server"));
    m_serverLabel->setBuddy(m_server);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Handle"), m_handle);
    form->addRow(tr("&App password"), m_password);
    form->addRow(m_serverLabel, m_server);
    form->addRow(QString(), m_advanced);
    column()->addLayout(form);
    m_serverLabel->hide();
    m_server->hide();
    connect(m_advanced, &QAbstractButton::clicked, this, [this] {
        m_advanced->hide();
        m_serverLabel->show();
        m_server->show();
        m_server->setFocus();
        m_server->selectAll();
    });
    for (QLineEdit *field : {m_handle, m_password, m_server})
        connect(field, &QLineEdit::textChanged, this, &ConnectDialog::check);
}

void ConnectDialog::buildFacts()
{
    column()->addWidget(new ConnectFacts(theme(), ConnectFacts::Shape::Rows, connectFacts(SourceKind::Account), this));
}

void ConnectDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Sign in again"));
    title()->setText(tr("Sign in to Bluesky again"));
    m_connect->setText(tr("Sign in"));
    m_handle->setText(account.handle);
    if (!account.server.isEmpty() && account.server.toString() != kUsualServer) {
        m_server->setText(account.server.toString());
        m_advanced->click();
    }
    m_password->setFocus();
}

void ConnectDialog::check()
{
    m_connect->setEnabled(!handleFrom(m_handle->text()).isEmpty() && !m_password->text().isEmpty() &&
                          !m_server->text().trimmed().isEmpty());
}

void ConnectDialog::start()
{
    const std::optional<QUrl> server = serverAddress(m_server->text());
    if (!server) {
        m_advanced->click();
        showError(tr("The server must be a complete https address, for example %1.").arg(kUsualServer), m_server);
        return;
    }
    const QString handle = handleFrom(m_handle->text());
    channels::SignIn credentials;
    credentials.handle = handle;
    credentials.server = *server;
    credentials.secret = m_password->text().trimmed().toUtf8();
    m_password->clear();
    setBusy(true);
    whenDone(this, m_accounts.connectAccount(u"bluesky"_s, std::move(credentials), m_keychain->keep()),
             [this, handle](const Result<Account> &result) {
                 setBusy(false);
                 if (!result) {
                     showError(errorSentence(result.error()),
                               result.error().kind == ErrorKind::NotFound ? m_handle : m_password);
                     return;
                 }
                 Q_EMIT connected(result->handle.isEmpty() ? handle : result->handle);
                 accept();
             });
}

void ConnectDialog::setBusy(bool busy)
{
    error()->hide();
    progress()->setVisible(busy);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_handle), static_cast<QWidget *>(m_password), static_cast<QWidget *>(m_server)})
        widget->setEnabled(!busy);
    if (busy)
        m_connect->setEnabled(false);
    else
        check();
}

} // namespace indelible::ui

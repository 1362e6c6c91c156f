// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/feed_dialog.h"

#include "app/base/when_done.h"
#include "app/session/account_service.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/connect_facts.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 500;
constexpr int kLongestInput = 2000;

} // namespace

FeedDialog::FeedDialog(const Theme &theme, session::AccountService &accounts, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Connect a feed"), parent)
    , m_accounts(accounts)
    , m_address(new QLineEdit(this))
    , m_words(new QLineEdit(this))
    , m_cadence(new QComboBox(this))
{
    auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
    badge->setNetwork(u"feeds"_s);
    addHead(badge, tr("RSS, Atom, JSON Feed or a Google Alert. For an alert, choose “Deliver to: RSS feed” on Google’s "
                      "page and copy the address of its feed."));
    buildForm();
    column()->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Rows, connectFacts(SourceKind::Feed), this));
    addError(column());
    addProgress(column(), tr("Looking at the feed"));
    m_connect = addButtons(tr("Connect"), [this] { start(); });
    check();
    m_address->setFocus();
}

void FeedDialog::buildForm()
{
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setAccessibleName(tr("Address"));
    m_address->setMaxLength(kLongestInput);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    m_words->setPlaceholderText(tr("Your name, your-address.example (empty: everything)"));
    m_words->setAccessibleName(tr("Only with these words"));
    m_words->setMaxLength(kLongestInput);
    m_cadence->addItem(tr("As they are found"), QVariant::fromValue(Cadence::AtOnce));
    m_cadence->addItem(tr("Together, every morning"), QVariant::fromValue(Cadence::Daily));
    m_cadence->addItem(tr("Together, every Monday morning"), QVariant::fromValue(Cadence::Weekly));
    m_cadence->setAccessibleName(tr("Items come in"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Address"), m_address);
    form->addRow(tr("Only with these &words"), m_words);
    form->addRow(tr("&Items come in"), m_cadence);
    column()->addLayout(form);
    connect(m_address, &QLineEdit::textChanged, this, &FeedDialog::check);
}

void FeedDialog::setAccount(const Account &account)
{
    setWindowTitle(tr("Connect again"));
    title()->setText(tr("Connect this feed again"));
    // A handle without a path is all that is shown of a secret address.
    if (account.handle.contains(u'/'))
        m_address->setText(account.server.scheme() + u"://"_s + account.server.authority() +
                           account.handle.mid(account.handle.indexOf(u'/')));
    const Capabilities chosen = m_accounts.capabilities(account.id);
    m_words->setText(chosen.words.join(u", "_s));
    m_cadence->setCurrentIndex(m_cadence->findData(QVariant::fromValue(chosen.cadence)));
}

void FeedDialog::check()
{
    m_connect->setEnabled(!m_address->text().trimmed().isEmpty());
}

void FeedDialog::start()
{
    channels::SignIn credentials;
    credentials.secret = m_address->text().toUtf8();
    credentials.words = m_words->text().split(u',', Qt::SkipEmptyParts);
    credentials.cadence = m_cadence->currentData().value<Cadence>();
    setBusy(true);
    whenDone(this, m_accounts.connectAccount(u"feed"_s, std::move(credentials)), [this](const Result<Account> &result) {
        setBusy(false);
        if (!result) {
            showError(errorSentence(result.error()), m_address);
            return;
        }
        Q_EMIT connected(result->name);
        accept();
    });
}

void FeedDialog::setBusy(bool busy)
{
    error()->hide();
    progress()->setVisible(busy);
    m_address->setEnabled(!busy);
    m_words->setEnabled(!busy);
    m_cadence->setEnabled(!busy);
    if (busy)
        m_connect->setEnabled(false);
    else
        check();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accounts_page.h"

#include "app/base/text.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/account_row.h"
#include "ui/prompter/prompter.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/when_done.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kMargin = 20;

QString secretsText(const session::Session &session)
{
    if (session.isPractice())
        return AccountsPage::tr("The practice inbox has no passwords. Nothing leaves this computer.");
    if (session.secretsLast())
        return AccountsPage::tr("Passwords and sign-in keys are kept in your computer’s keyring, never in the record "
                                "and never in exports.");
    return AccountsPage::tr("No keyring answers on this computer: passwords are kept until you quit, and never in the "
                            "record or in exports.");
}

} // namespace

AccountsPage::AccountsPage(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *parent)
    : Surface(theme, Token::Content, {}, parent)
    , m_theme(theme)
    , m_session(session)
    , m_prompter(prompter)
    , m_connect(
          new Button(theme, Button::Kind::Primary, Button::Size::Normal, tr("Connect an account"), u"plus"_s, this))
{
    auto *header = new Surface(theme, Token::Content, Qt::BottomEdge, this);
    auto *head = new QHBoxLayout(header);
    head->setContentsMargins(kMargin, 14, kMargin, 13);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    auto *title = new PlainLabel(theme, TextRole::PageTitle, Token::Text, QFont::DemiBold, header);
    title->setText(tr("Accounts"));
    auto *line = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, header);
    line->setElided(true);
    line->setText(tr("Where Indelible listens and answers. You can pause or disconnect any of them; what was received "
                     "stays on record."));
    words->addWidget(title);
    words->addWidget(line);
    head->addLayout(words, 1);
    head->addWidget(m_connect);

    auto *inside = new QWidget(this);
    auto *body = new QVBoxLayout(inside);
    body->setContentsMargins(kMargin, 16, kMargin, 16);
    body->setSpacing(12);
    auto *card = new Card(theme, Token::Content, Token::Line, inside);
    m_rows = new QVBoxLayout(card);
    m_rows->setContentsMargins(1, 1, 1, 1);
    m_rows->setSpacing(0);
    body->addWidget(card);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(new IconLabel(theme, u"lock"_s, 15, Token::Text2, inside));
    auto *secrets = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, inside);
    secrets->setText(secretsText(session));
    foot->addWidget(secrets, 1);
    body->addLayout(foot);
    body->addStretch(1);
    auto *area = new QScrollArea(this);
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(area, 1);
    // Practice and real accounts never share a workspace.
    m_connect->setVisible(!session.isPractice());
    connect(m_connect, &QAbstractButton::clicked, this, &AccountsPage::connectRequested);
    connect(&session.accounts(), &session::AccountService::changed, this, &AccountsPage::fill);
    fill();
}

void AccountsPage::fill()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        // Later: a row may be the sender of the signal that changed the accounts.
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    const Here here = hereNow(m_session.clock());
    const std::vector<Account> &accounts = m_session.accounts().accounts();
    for (const Account &account : accounts) {
        if (m_rows->count() > 0) {
            auto *line = new Surface(m_theme, Token::Line, {}, this);
            line->setFixedHeight(1);
            m_rows->addWidget(line);
        }
        auto *row = new AccountRow(m_theme, account, m_session.accounts().capabilities(account.id), here, this);
        connect(row, &AccountRow::signInRequested, this, [this, id = account.id] { Q_EMIT signInRequested(id); });
        connect(row, &AccountRow::tryRequested, this, [this] { m_session.sync().checkNow(); });
        connect(row, &AccountRow::pauseRequested, this,
                [this, id = account.id](bool paused) { setPaused(id, paused); });
        connect(row, &AccountRow::disconnectRequested, this, [this, account] { askDisconnect(account); });
        m_rows->addWidget(row);
    }
    if (accounts.empty()) {
        auto *none = new PlainLabel(m_theme, TextRole::Body, Token::Text2, QFont::Normal, this);
        none->setText(tr("No account yet."));
        none->setContentsMargins(16, 16, 16, 16);
        m_rows->addWidget(none);
    }
}

void AccountsPage::setPaused(AccountId account, bool paused)
{
    whenDone(this, m_session.accounts().pause(account, paused), [this, paused](const Result<void> &result) {
        if (!result)
            Q_EMIT said(errorSentence(result.error()));
        else
            Q_EMIT said(paused ? tr("Paused. Nothing is fetched until you resume.") : tr("Resumed."));
    });
}

void AccountsPage::askDisconnect(const Account &account)
{
    Question question;
    question.title = tr("Disconnect?");
    question.text =
        tr("Disconnect %1?").arg(isolated(displayText(account.name.isEmpty() ? account.handle : account.name)));
    question.detail = tr("Fetching stops at once and the sign-in is forgotten. What was received stays on record.");
    question.accept = tr("Disconnect");
    m_prompter.ask(this, question, [this, id = account.id](bool yes) {
        if (yes)
            disconnectAccount(id);
    });
}

void AccountsPage::disconnectAccount(AccountId account)
{
    whenDone(this, m_session.accounts().disconnectAccount(account), [this](const Result<void> &result) {
        if (!result)
            Q_EMIT said(errorSentence(result.error()));
        else
            Q_EMIT said(tr("Disconnected. What was received stays on record."));
    });
}

void AccountsPage::focusFirst()
{
    if (QWidget *first = m_connect->isVisible() ? m_connect : findChild<Button *>())
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

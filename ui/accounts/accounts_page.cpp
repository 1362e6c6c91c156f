// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/accounts_page.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/domain/network.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "ui/accounts/account_dialog.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/account_row.h"
#include "ui/accounts/coverage_section.h"
#include "ui/accounts/coverage_watch.h"
#include "ui/accounts/row_card.h"
#include "ui/prompter/prompter.h"
#include "ui/widgets/button.h"
#include "ui/widgets/here_now.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

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

AccountsPage::AccountsPage(Parts parts, QWidget *parent)
    : Surface(*parts.theme, Token::Content, {}, parent)
    , m_parts(parts)
    , m_connect(new Button(*parts.theme, Button::Kind::Primary, Button::Size::Normal, tr("Connect an account"),
                           u"plus"_s, this))
    , m_none(new PlainLabel(*parts.theme, TextRole::Body, Token::Text2, QFont::Normal, this))
    , m_card(new RowCard(*parts.theme, this))
{
    m_none->setText(tr("No account yet."));
    auto *area = new QScrollArea(this);
    area->setWidget(makeBody());
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->viewport()->setAutoFillBackground(false);
    area->widget()->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(area, 1);
    // Practice and real accounts never share a workspace.
    m_connect->setVisible(!parts.session->isPractice());
    connect(m_connect, &QAbstractButton::clicked, this, &AccountsPage::connectRequested);
    connect(parts.watch, &CoverageWatch::changed, this, &AccountsPage::fill);
    fill();
}

QWidget *AccountsPage::makeHeader()
{
    const Theme &theme = *m_parts.theme;
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
    return header;
}

QWidget *AccountsPage::makeBody()
{
    const Theme &theme = *m_parts.theme;
    auto *inside = new QWidget(this);
    auto *body = new QVBoxLayout(inside);
    body->setContentsMargins(kMargin, 16, kMargin, 16);
    body->setSpacing(12);
    body->addWidget(m_none);
    body->addWidget(m_card);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addWidget(new IconLabel(theme, u"lock"_s, 15, Token::Text2, inside));
    auto *secrets = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, inside);
    secrets->setWordWrap(true);
    secrets->setText(secretsText(*m_parts.session));
    foot->addWidget(secrets, 1);
    body->addLayout(foot);
    auto *coverage = new CoverageSection({m_parts.theme, m_parts.session, m_parts.watch, m_parts.opener}, inside);
    connect(coverage, &CoverageSection::said, this, &AccountsPage::said);
    body->addWidget(coverage);
    body->addStretch(1);
    return inside;
}

void AccountsPage::fill()
{
    const session::AccountService &service = m_parts.session->accounts();
    const std::vector<Account> &accounts = service.accounts();
    if (m_rows.size() != static_cast<qsizetype>(accounts.size()))
        makeRows(static_cast<qsizetype>(accounts.size()));
    const Here here = hereNow(m_parts.session->clock());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Account &account = accounts.at(static_cast<size_t>(i));
        m_rows.at(i)->setAccount(account, service.capabilities(account.id), here);
    }
    m_none->setVisible(accounts.empty());
}

void AccountsPage::makeRows(qsizetype count)
{
    m_rows.clear();
    QList<QWidget *> widgets;
    for (qsizetype i = 0; i < count; ++i) {
        auto *row = new AccountRow(*m_parts.theme, m_card);
        connect(row, &AccountRow::signInRequested, this, [this, row] { Q_EMIT signInRequested(row->account().id); });
        connect(row, &AccountRow::checkRequested, this, [this, row] { checkNow(row->account().id); });
        connect(row, &AccountRow::pauseRequested, this,
                [this, row](bool paused) { setPaused(row->account().id, paused); });
        connect(row, &AccountRow::aboutRequested, this, [this, row] { openAbout(row->account()); });
        connect(row, &AccountRow::storageRuleRequested, this,
                [this, row](bool follows) { askStorageRule(row->account(), follows); });
        connect(row, &AccountRow::disconnectRequested, this, [this, row] { askDisconnect(row->account()); });
        m_rows.append(row);
        widgets.append(row);
    }
    m_card->setRows(widgets);
}

void AccountsPage::checkNow(AccountId account)
{
    if (m_parts.session->sync().checkNow(account))
        Q_EMIT said(tr("Checking…"));
    else
        Q_EMIT said(tr("Not now: it is being checked already, or its server asked us to wait."));
}

void AccountsPage::openAbout(const Account &account)
{
    auto *dialog = new AccountDialog(*m_parts.theme, account, m_parts.session->accounts().capabilities(account.id),
                                     hereNow(m_parts.session->clock()), this);
    connect(dialog, &AccountDialog::checkRequested, this, [this, id = account.id] { checkNow(id); });
    dialog->open();
}

void AccountsPage::setPaused(AccountId account, bool paused)
{
    whenDone(this, m_parts.session->accounts().pause(account, paused), [this, paused](const Result<void> &result) {
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
    m_parts.prompter->ask(this, question, [this, id = account.id](bool yes) {
        if (yes)
            disconnectAccount(id);
    });
}

void AccountsPage::disconnectAccount(AccountId account)
{
    whenDone(this, m_parts.session->accounts().disconnectAccount(account), [this](const Result<void> &result) {
        if (!result)
            Q_EMIT said(errorSentence(result.error()));
        else
            Q_EMIT said(tr("Disconnected. What was received stays on record."));
    });
}

void AccountsPage::askStorageRule(const Account &account, bool follows)
{
    if (!follows)
        return followStorageRule(account.id, false);
    Question question;
    question.title = tr("Erase what authors delete?");
    question.text =
        tr("Erase here what its author deletes on %1?").arg(isolated(displayText(network(account.network).name)));
    question.detail = tr("Within a day on which Indelible runs their words are destroyed here as well, for ever, also "
                         "those that were deleted "
                         "before today. The record says when and why, and what is on hold stays. Without this, "
                         "everything stays on record.");
    question.accept = tr("Erase what they delete");
    m_parts.prompter->ask(this, question, [this, id = account.id](bool yes) {
        if (yes)
            followStorageRule(id, true);
    });
}

void AccountsPage::followStorageRule(AccountId account, bool follows)
{
    whenDone(this, m_parts.session->accounts().followStorageRule(account, follows),
             [this, follows](const Result<void> &result) {
                 if (!result)
                     Q_EMIT said(errorSentence(result.error()));
                 else
                     Q_EMIT said(
                         follows ? tr("What authors delete there is erased here within a day on which Indelible runs.")
                                 : tr("What authors delete there stays on record."));
             });
}

void AccountsPage::focusFirst()
{
    if (QWidget *first = m_connect->isVisible() ? m_connect : findChild<Button *>())
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

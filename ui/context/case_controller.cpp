// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/case_controller.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/bundle/bundle_service.h"
#include "app/cases/case_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/context/case_page.h"
#include "ui/context/case_words.h"
#include "ui/context/context_panel.h"
#include "ui/prompter/prompter.h"
#include "ui/widgets/here_now.h"

#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

CaseController::CaseController(session::Session &session, ContextPanel &panel, Prompter &prompter, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_panel(panel)
    , m_prompter(prompter)
{
    CasePage *page = panel.casePage();
    connect(page, &CasePage::openRequested, this, &CaseController::askTitle);
    connect(page, &CasePage::linkRequested, this, &CaseController::askNumber);
    connect(page, &CasePage::renameRequested, this, &CaseController::rename);
    // Nobody signs the record of a practice inbox, so that a bundle of it proves nothing.
    page->setBundleOffered(session.keeper() != nullptr);
    connect(page, &CasePage::bundleRequested, this, &CaseController::askBundle);
    connect(page, &CasePage::statusChosen, this, &CaseController::setStatus);
    connect(page, &CasePage::ownerChosen, this, [this](const QString &owner) { change({}, {}, owner); });
    connect(page, &CasePage::noteEntered, this, &CaseController::addNote);
    connect(&session.cases(), &cases::CaseService::changed, this, [this](const QList<ConversationId> &conversations) {
        if (conversations.contains(m_conversation))
            load();
    });
}

void CaseController::show(const ConversationRow &row)
{
    const bool same = row.id == m_conversation && row.caseNumber == m_number;
    m_conversation = row.id;
    m_person = displayText(row.person.displayName());
    m_number = row.caseNumber;
    if (!same)
        load();
}

void CaseController::close()
{
    m_conversation = {};
    m_number.reset();
    take({});
}

void CaseController::load()
{
    const quint64 generation = ++m_generation;
    if (!m_number) {
        take({});
        return;
    }
    whenDone(this, m_session.cases().get(*m_number), [this, generation](const Result<Case> &result) {
        if (generation != m_generation)
            return;
        if (result)
            take(*result);
        else
            Q_EMIT said(errorSentence(result.error()));
    });
}

void CaseController::take(const std::optional<Case> &matter)
{
    m_case = matter;
    m_panel.setCase(matter, m_session.memberName(), hereNow(m_session.clock()));
}

void CaseController::openOrShow()
{
    if (!m_conversation.isValid())
        return;
    m_panel.showTab(ContextPanel::Tab::Case);
    if (m_number)
        m_panel.casePage()->focusFirst();
    else
        askTitle();
}

void CaseController::askTitle()
{
    LineQuestion question;
    question.title = tr("Open a case");
    question.label = tr("What is the matter with %1? A few words that you will know again.").arg(isolated(m_person));
    question.accept = tr("Open case");
    m_prompter.askLine(&m_panel, question, [this](const std::optional<QString> &title) {
        if (title)
            open(*title);
    });
}

void CaseController::open(const QString &title)
{
    const ConversationId conversation = m_conversation;
    whenDone(this, m_session.cases().open(conversation, title), [this, conversation](const Result<CaseId> &result) {
        if (!result) {
            Q_EMIT said(errorSentence(result.error()));
            return;
        }
        Q_EMIT said(tr("Case #%1 opened.").arg(result->value()));
        if (conversation != m_conversation)
            return;
        m_number = *result;
        m_panel.showTab(ContextPanel::Tab::Case);
        load();
    });
}

void CaseController::askNumber()
{
    LineQuestion question;
    question.title = tr("Add to a case");
    question.label = tr("Which case does what %1 says belong to? Its number, for example 12.").arg(isolated(m_person));
    question.accept = tr("Add to case");
    m_prompter.askLine(&m_panel, question, [this](const std::optional<QString> &typed) {
        if (typed)
            link(*typed);
    });
}

void CaseController::link(const QString &typed)
{
    const QString digits = typed.trimmed().startsWith(u'#') ? typed.trimmed().mid(1) : typed.trimmed();
    bool isNumber = false;
    const CaseId id(digits.toLongLong(&isNumber));
    if (!isNumber) {
        Q_EMIT said(tr("“%1” is no number of a case. Nothing was changed.").arg(isolated(displayText(typed))));
        return;
    }
    const ConversationId conversation = m_conversation;
    whenDone(this, m_session.cases().link(id, conversation), [this, id, conversation](const Result<void> &result) {
        if (!result) {
            Q_EMIT said(errorSentence(result.error()));
            return;
        }
        Q_EMIT said(tr("Added to case #%1.").arg(id.value()));
        if (conversation != m_conversation)
            return;
        m_number = id;
        load();
    });
}

void CaseController::rename()
{
    if (!m_case)
        return;
    LineQuestion question;
    question.title = tr("Change the title");
    question.label = tr("Title of case #%1").arg(m_case->id.value());
    question.text = m_case->title;
    question.accept = tr("Change title");
    m_prompter.askLine(&m_panel, question, [this](const std::optional<QString> &title) {
        if (title && m_case && *title != m_case->title)
            change(*title, {}, {});
    });
}

void CaseController::setStatus(CaseStatus status)
{
    if (status != CaseStatus::Closed) {
        change({}, status, {});
        return;
    }
    Question question;
    question.title = tr("Close the case?");
    question.text = tr("Has %1 been told?").arg(isolated(m_person));
    question.detail = tr("A case that is closed in silence is heard of again.");
    question.accept = tr("Yes, close it");
    question.decline = tr("Not yet");
    m_prompter.ask(&m_panel, question, [this](bool told) {
        if (told)
            change({}, CaseStatus::Closed, {});
        else
            take(m_case);
    });
}

void CaseController::change(std::optional<QString> title, std::optional<CaseStatus> status,
                            std::optional<QString> owner)
{
    if (!m_case)
        return;
    cases::CaseChange change;
    change.title = std::move(title);
    change.status = status;
    change.owner = std::move(owner);
    const QString words = status ? tr("Case #%1: %2.").arg(m_case->id.value()).arg(caseStatusText(*status)) : QString();
    done(m_session.cases().change(m_case->id, change), words);
}

void CaseController::addNote(const QString &text)
{
    if (!m_case || text.isEmpty())
        return;
    whenDone(this, m_session.cases().addNote(m_case->id, text), [this](const Result<void> &result) {
        if (!result) {
            Q_EMIT said(errorSentence(result.error()));
            return;
        }
        m_panel.casePage()->clearNote();
        load();
    });
}

void CaseController::askBundle()
{
    if (!m_case)
        return;
    const CaseId id = m_case->id;
    m_prompter.askSaveFile(&m_panel,
                           {tr("Case as bundle"), u"case-%1.zip"_s.arg(id.value()), tr("Zip files"), u"zip"_s},
                           [this, id](const std::optional<QString> &file) {
                               if (file)
                                   writeBundle(id, *file);
                           });
}

void CaseController::writeBundle(CaseId id, const QString &file)
{
    m_panel.casePage()->setBundleBusy(true);
    whenDone(this, m_session.bundles().write(id, file), [this, id, file](const Result<bundle::BundleReport> &report) {
        m_panel.casePage()->setBundleBusy(false);
        Q_EMIT said(report ? tr("Case #%1 with %L2 entries and their proofs is in %3.")
                                 .arg(id.value())
                                 .arg(report->entries)
                                 .arg(isolated(QFileInfo(file).fileName()))
                           : errorSentence(report.error()));
    });
}

void CaseController::done(QFuture<Result<void>> work, const QString &words)
{
    whenDone(this, std::move(work), [this, words](const Result<void> &result) {
        if (!result) {
            Q_EMIT said(errorSentence(result.error()));
            take(m_case);
            return;
        }
        if (!words.isEmpty())
            Q_EMIT said(words);
        load();
    });
}

} // namespace indelible::ui

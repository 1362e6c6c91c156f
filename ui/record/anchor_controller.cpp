// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/anchor_controller.h"

#include "app/anchor/anchor_service.h"
#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/prompter/prompter.h"
#include "ui/widgets/here_now.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

using anchor::How;

QString kindOfFile(How form)
{
    switch (form) {
    case How::Text:
        return AnchorController::tr("Text files");
    case How::Page:
        return AnchorController::tr("Web pages");
    case How::Mail:
        return AnchorController::tr("E-mails");
    case How::Rfc3161:
        return AnchorController::tr("Time stamps");
    }
    Q_UNREACHABLE();
}

} // namespace

AnchorController::AnchorController(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *window)
    : QObject(window)
    , m_theme(theme)
    , m_session(session)
    , m_prompter(prompter)
    , m_window(window)
{
}

void AnchorController::ask()
{
    if (m_dialog)
        return;
    m_dialog = new AnchorDialog(m_theme, m_window);
    connect(m_dialog, &AnchorDialog::chosen, this, &AnchorController::askFile);
    // Opened once it has all that it shows, so that nothing jumps.
    whenDone(m_dialog, m_session.anchors().anchors(),
             [this, dialog = m_dialog](const Result<std::vector<anchor::StoredAnchor>> &anchors) {
                 if (anchors)
                     dialog->setAnchors(*anchors, hereNow(m_session.clock()));
                 dialog->open();
                 if (!anchors)
                     dialog->showError(errorSentence(anchors.error()));
             });
}

void AnchorController::askFile(const AnchorChoice &choice)
{
    const QString suffix = anchor::endingOf(choice.form).mid(1);
    const QString day = toRfc3339(m_session.clock().now()).left(10);
    m_prompter.askSaveFile(
        m_dialog, {tr("Keep elsewhere"), u"checkpoint-%1.%2"_s.arg(day, suffix), kindOfFile(choice.form), suffix},
        [this, choice](const std::optional<QString> &file) {
            if (file)
                write(choice, *file);
        });
}

void AnchorController::write(const AnchorChoice &choice, const QString &file)
{
    m_dialog->setBusy(true);
    anchor::AnchorService &service = m_session.anchors();
    auto writing = choice.form == How::Rfc3161 ? service.stamp({QUrl(choice.to), {}, file})
                                               : service.write(choice.form, choice.to, file);
    // The dialog may be closed meanwhile; what was written is said all the same.
    whenDone(this, std::move(writing),
             [this, choice, file, dialog = m_dialog](const Result<anchor::AnchorReport> &report) {
                 // A closed dialog lives on, unseen, until the loop deletes it: nobody would read an error there.
                 const bool open = dialog && dialog->isVisible();
                 if (report || !open)
                     Q_EMIT said(report ? wordsFor(choice, *report, file) : errorSentence(report.error()));
                 if (!open)
                     return;
                 dialog->setBusy(false);
                 if (report)
                     dialog->accept();
                 else
                     dialog->showError(errorSentence(report.error()));
             });
}

QString AnchorController::wordsFor(const AnchorChoice &choice, const anchor::AnchorReport &report,
                                   const QString &file) const
{
    const QString entries = readersLocale().toString(report.checkpoint.size);
    const QString name = isolated(QFileInfo(file).fileName());
    switch (choice.form) {
    case How::Text:
        return tr("The checkpoint over %1 entries is in %2. Give the file away.").arg(entries, name);
    case How::Page:
        return tr("The page over %1 entries is in %2. Open it in a browser, print it, sign it and give it away.")
            .arg(entries, name);
    case How::Mail:
        return tr("The draft with the checkpoint over %1 entries is in %2. Open it in your mail program and send it.")
            .arg(entries, name);
    case How::Rfc3161:
        return tr("%1 saw the checkpoint over %2 entries at %3. Its time stamp is on the record and in %4; keep a "
                  "copy.")
            .arg(isolated(QUrl(choice.to).host()), entries,
                 report.stamped ? momentText(*report.stamped, hereNow(m_session.clock())) : QString(), name);
    }
    Q_UNREACHABLE();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/conversation_commands.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/domain/network.h"
#include "app/inbox/inbox_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/composer/answer_controller.h"
#include "ui/composer/composer.h"
#include "ui/context/case_controller.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/action_registry.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/thread_pane.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/open_external.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

#include <algorithm>

namespace indelible::ui {

ConversationCommands::ConversationCommands(const InboxParts &parts, AnswerController &answers, CaseController &cases)
    : m_parts(parts)
    , m_answers(answers)
    , m_cases(cases)
{
    connectCommands();
    fit(nullptr);
}

void ConversationCommands::connectCommands()
{
    const auto on = [this](Command command, auto method) {
        connect(m_parts.actions->action(command), &QAction::triggered, this, method);
    };
    Composer *composer = m_parts.area->conversation()->composer();
    on(Command::NextConversation, [this] { moveBy(1); });
    on(Command::PreviousConversation, [this] { moveBy(-1); });
    on(Command::Done, &ConversationCommands::toggleDone);
    on(Command::AssignToMe, &ConversationCommands::assignToMe);
    on(Command::ToggleSeen, &ConversationCommands::toggleSeen);
    on(Command::UndoSend, &ConversationCommands::undo);
    on(Command::Reply, [composer] { composer->startReply(); });
    on(Command::Note, [composer] { composer->startNote(); });
    on(Command::SwitchAudience, [composer] { composer->switchAudience(); });
    on(Command::Send, [this] { m_answers.send(false); });
    on(Command::SendAndDone, [this] { m_answers.send(true); });
    on(Command::OpenCase, [this] {
        m_parts.area->showContext();
        m_cases.openOrShow();
    });
    on(Command::CopyLink, [this] {
        QGuiApplication::clipboard()->setText(link());
        m_parts.notices->show(tr("Link copied."));
    });
    on(Command::OpenOnNetwork, [this] { m_parts.opener->openExternal(m_parts.area, link()); });
    on(Command::ExplainDelete,
       [this] { m_parts.notices->show(tr("Nothing is deleted here. Press E to mark it done.")); });

    MessageListView *messages = m_parts.area->conversation()->messages();
    connect(messages, &MessageListView::linkActivated, this,
            [this](const QUrl &url) { m_parts.opener->openExternal(m_parts.area, url.toString(QUrl::FullyEncoded)); });
    connect(messages, &MessageListView::undoRequested, &m_answers, &AnswerController::undo);
    connect(messages, &MessageListView::sendNowRequested, &m_answers, &AnswerController::sendNow);
    connect(messages, &MessageListView::sendAgainRequested, &m_answers, &AnswerController::sendAgain);
    connect(messages, &MessageListView::giveUpRequested, &m_answers, &AnswerController::giveUp);
}

void ConversationCommands::fit(const ConversationView *view)
{
    const ActionRegistry &actions = *m_parts.actions;
    for (const Command command :
         {Command::Reply, Command::Note, Command::SwitchAudience, Command::Send, Command::SendAndDone, Command::Done,
          Command::AssignToMe, Command::ToggleSeen, Command::OpenCase})
        actions.action(command)->setEnabled(view != nullptr);
    const bool linked = view && !link().isEmpty();
    actions.action(Command::CopyLink)->setEnabled(linked);
    actions.action(Command::OpenOnNetwork)->setEnabled(linked);
    if (!view)
        return;
    actions.action(Command::OpenOnNetwork)->setText(tr("&Open on %1").arg(network(view->row.network).name));
    actions.action(Command::Done)->setText(view->row.turn == Turn::Done ? tr("Open a&gain") : tr("&Done"));
    actions.action(Command::ToggleSeen)->setText(view->row.unread ? tr("Mark &seen") : tr("Mark &unread"));
    actions.action(Command::OpenCase)->setText(view->row.caseNumber ? tr("Show &case") : tr("Open a &case…"));
    const bool mine = view->row.owner == m_parts.session->memberName();
    actions.action(Command::AssignToMe)->setText(mine ? tr("Give &back") : tr("Assign to m&e"));
}

ConversationId ConversationCommands::neighbour(ConversationId id) const
{
    const ThreadListModel &model = m_parts.area->threadModel();
    const int row = model.rowOf(id);
    if (row < 0)
        return {};
    return model.conversationAt(row + 1 < model.rowCount() ? row + 1 : row - 1);
}

void ConversationCommands::toggleDone()
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown)
        return;
    if (shown->row.turn == Turn::Done)
        openAgain(shown->row.id);
    else
        markDone(shown->row.id);
}

void ConversationCommands::markDone(ConversationId id)
{
    const ConversationId next = id == m_parts.area->conversationModel().conversation()
                                    ? neighbour(id)
                                    : m_parts.area->conversationModel().conversation();
    const ThreadListModel &model = m_parts.area->threadModel();
    const ConversationRow *row = next.isValid() ? model.at(model.rowOf(next)) : nullptr;
    const QString name = row ? isolated(displayText(row->person.displayName())) : QString();
    whenDone(this, m_parts.session->inbox().markDone(id, true), [this, id, next, name](const Result<void> &result) {
        if (!result) {
            m_parts.notices->show(errorSentence(result.error()));
            return;
        }
        m_lastDone = id;
        const bool moves = id == m_parts.area->conversationModel().conversation();
        m_parts.notices->show(moves && next.isValid() ? tr("Marked done. Next: %1").arg(name) : tr("Marked done."),
                              tr("Undo"), tr("Ctrl+Alt+Z"), [this, id] { openAgain(id); });
        if (moves)
            Q_EMIT openWanted(next);
    });
}

void ConversationCommands::openAgain(ConversationId id)
{
    m_lastDone = {};
    whenDone(this, m_parts.session->inbox().markDone(id, false), [this, id](const Result<void> &result) {
        if (!result) {
            m_parts.notices->show(errorSentence(result.error()));
            return;
        }
        m_parts.notices->show(tr("Open again."));
        Q_EMIT openWanted(id);
    });
}

void ConversationCommands::toggleSeen()
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown)
        return;
    const bool seen = shown->row.unread;
    whenDone(this, m_parts.session->inbox().markSeen(shown->row.id, seen), [this, seen](const Result<void> &result) {
        if (!result)
            m_parts.notices->show(errorSentence(result.error()));
        else
            m_parts.notices->show(seen ? tr("Marked seen.") : tr("Marked unread."));
    });
}

void ConversationCommands::assignToMe()
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown)
        return;
    const QString me = m_parts.session->memberName();
    assign(shown->row.id, shown->row.owner == me ? QString() : me);
}

void ConversationCommands::assign(ConversationId id, const QString &owner)
{
    whenDone(this, m_parts.session->inbox().assign(id, owner), [this, owner](const Result<void> &result) {
        if (!result)
            m_parts.notices->show(errorSentence(result.error()));
        else
            m_parts.notices->show(owner.isEmpty() ? tr("Given back: nobody owns it now.") : tr("It is yours now."));
    });
}

void ConversationCommands::undo()
{
    if (m_answers.undoPending())
        return;
    if (m_lastDone.isValid())
        openAgain(m_lastDone);
    else
        m_parts.notices->show(tr("There is nothing to undo."));
}

void ConversationCommands::popMenu(ConversationId id, const QPoint &position)
{
    Q_EMIT openWanted(id);
    auto *menu = new QMenu(m_parts.area);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Command command : {Command::Reply, Command::Note, Command::Done, Command::AssignToMe,
                                  Command::ToggleSeen, Command::OpenCase, Command::CopyLink, Command::OpenOnNetwork})
        menu->addAction(m_parts.actions->action(command));
    menu->popup(position);
}

QString ConversationCommands::link() const
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown)
        return {};
    const auto found = std::find_if(shown->items.rbegin(), shown->items.rend(),
                                    [](const ItemView &item) { return !item.item.url.isEmpty() && !item.gone; });
    return found != shown->items.rend() ? found->item.url : QString();
}

void ConversationCommands::moveBy(int step)
{
    ThreadListView *list = m_parts.area->threads()->list();
    if (step > 0)
        (void)list->selectNext();
    else
        (void)list->selectPrevious();
}

} // namespace indelible::ui

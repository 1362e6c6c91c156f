// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/inbox_controller.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "app/inbox/inbox_service.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_editor.h"
#include "ui/context/context_panel.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/action_registry.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/thread_pane.h"
#include "ui/navigation/navigation.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/open_external.h"
#include "ui/widgets/when_done.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kCountMs = 150;

} // namespace

InboxController::InboxController(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_answers(*parts.session, *parts.area->conversation()->composer())
    , m_cases(*parts.session, *parts.area->context(), *parts.prompter)
{
    m_countSoon.setSingleShot(true);
    m_countSoon.setInterval(kCountMs);
    connect(&m_countSoon, &QTimer::timeout, this, &InboxController::refreshCounts);
    connectViews();
    connectCommands();
    connectServices();
    connectAnswers();
    fitCommands(nullptr);
}

void InboxController::connectViews()
{
    Navigation *navigation = m_parts.area->navigation();
    connect(navigation, &Navigation::viewChosen, this, [this](View view) {
        m_base.view = view;
        m_base.account.reset();
        m_search.clear();
        Q_EMIT searchEnded();
        apply();
    });
    connect(navigation, &Navigation::accountChosen, this, [this](AccountId account) {
        m_base.view = View::Everything;
        m_base.account = account;
        m_search.clear();
        Q_EMIT searchEnded();
        apply();
    });
    ThreadPane *threads = m_parts.area->threads();
    connect(threads, &ThreadPane::orderChosen, this, [this](Order order) {
        m_base.order = order;
        apply();
    });
    connect(threads, &ThreadPane::filterChosen, this, [this](KindFilter filter) {
        m_base.filter = filter;
        apply();
    });
    connect(threads, &ThreadPane::clearSearchRequested, this, [this] {
        Q_EMIT searchEnded();
        search({});
    });
    connect(threads, &ThreadPane::retryRequested, this, &InboxController::apply);

    ThreadListView *list = threads->list();
    connect(list, &ThreadListView::currentConversationChanged, this,
            [this](ConversationId id) { m_parts.area->conversationModel().open(id); });
    connect(list, &ThreadListView::conversationActivated, this, [this](ConversationId id) {
        openConversation(id);
        m_parts.area->conversation()->messages()->setFocus(Qt::OtherFocusReason);
    });
    connect(list, &ThreadListView::doneRequested, this, &InboxController::markDone);
    connect(list, &ThreadListView::assignToMeRequested, this, [this](ConversationId id) {
        whenDone(this, m_parts.session->inbox().assign(id, m_parts.session->memberName()),
                 [this](const Result<void> &result) {
                     if (!result)
                         report(result.error());
                 });
    });
    connect(list, &ThreadListView::menuRequested, this, &InboxController::popMenu);
    ThreadListModel &model = m_parts.area->threadModel();
    connect(&model, &ThreadListModel::loaded, this, &InboxController::onListLoaded);
    connect(&model, &ThreadListModel::failed, this, [this](const Error &error) {
        if (m_parts.area->threadModel().rowCount() == 0)
            m_parts.area->threads()->showError(errorSentence(error));
        else
            report(error);
    });
    ConversationModel &conversation = m_parts.area->conversationModel();
    connect(&conversation, &ConversationModel::opened, this, &InboxController::onOpened);
    connect(&conversation, &ConversationModel::refreshed, this, &InboxController::onRefreshed);
    connect(&conversation, &ConversationModel::failed, this, &InboxController::report);
}

void InboxController::connectCommands()
{
    const auto on = [this](Command command, auto method) {
        connect(m_parts.actions->action(command), &QAction::triggered, this, method);
    };
    Composer *composer = m_parts.area->conversation()->composer();
    on(Command::NextConversation, [this] { moveBy(1); });
    on(Command::PreviousConversation, [this] { moveBy(-1); });
    on(Command::Done, &InboxController::toggleDone);
    on(Command::AssignToMe, &InboxController::assignToMe);
    on(Command::ToggleSeen, &InboxController::toggleSeen);
    on(Command::UndoSend, &InboxController::undo);
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

void InboxController::connectServices()
{
    connect(&m_parts.session->inbox(), &inbox::InboxService::changed, this, &InboxController::onChanged);
    const auto accounts = [this] { m_parts.area->navigation()->setAccounts(m_parts.session->accounts().accounts()); };
    connect(&m_parts.session->accounts(), &session::AccountService::changed, this, accounts);
    connect(&m_parts.session->accounts(), &session::AccountService::changed, &m_countSoon, qOverload<>(&QTimer::start));
    accounts();
}

void InboxController::connectAnswers()
{
    connect(&m_answers, &AnswerController::said, this, [this](const QString &text) { m_parts.notices->show(text); });
    connect(&m_cases, &CaseController::said, this, [this](const QString &text) { m_parts.notices->show(text); });
    connect(&m_answers, &AnswerController::doneWanted, this, &InboxController::markDone);
    connect(&m_answers, &AnswerController::pendingElsewhere, this, [this](const QString &text) {
        if (text.isEmpty())
            m_parts.notices->clearLasting();
        else
            m_parts.notices->showLasting(text, tr("Undo"), tr("Ctrl+Alt+Z"), [this] { undo(); });
    });
    connect(&m_answers, &AnswerController::undone, this, [this](ConversationId id) {
        if (id != current())
            openConversation(id);
    });
}

void InboxController::start()
{
    apply();
    refreshCounts();
}

void InboxController::search(const QString &words)
{
    if (words == m_search)
        return;
    m_search = words;
    apply();
}

void InboxController::apply()
{
    InboxQuery query = m_base;
    if (!m_search.isEmpty()) {
        // Words are looked for everywhere: what was said does not stop existing when it is done.
        query.view = View::Everything;
        query.account.reset();
        query.search = m_search;
    }
    m_parts.area->threadModel().setQuery(query);
    m_parts.area->threads()->showState(query, true);
    showTitle();
}

QString InboxController::title() const
{
    if (!m_search.isEmpty())
        return tr("Search");
    if (!m_base.account)
        return viewTitle(m_base.view);
    const Account *account = m_parts.session->accounts().account(*m_base.account);
    return account ? displayText(account->name.isEmpty() ? account->handle : account->name) : QString();
}

void InboxController::showTitle()
{
    const ThreadListModel &model = m_parts.area->threadModel();
    QString count;
    if (!m_search.isEmpty()) {
        if (model.isLoaded())
            count = QLocale().toString(model.rowCount()) + (model.canFetchMore({}) ? u"+"_s : QString());
    } else if (!m_base.account && m_counted) {
        for (const NavigationRow &row : viewRows(m_counts)) {
            if (row.view == m_base.view && row.count > 0)
                count = badgeText(row.count);
        }
    }
    m_parts.area->threads()->setTitle(title(), count);
    Q_EMIT titleChanged();
}

void InboxController::refreshCounts()
{
    whenDone(this, m_parts.session->inbox().counts(), [this](const Result<InboxCounts> &result) {
        if (!result) {
            report(result.error());
            return;
        }
        m_counts = *result;
        m_counted = true;
        m_parts.area->navigation()->setCounts(m_counts);
        showTitle();
        Q_EMIT countsChanged(m_counts);
        maybeSettled();
    });
}

void InboxController::onListLoaded(bool first)
{
    const ThreadListModel &model = m_parts.area->threadModel();
    m_parts.area->threads()->showState(model.query(), !m_parts.session->accounts().accounts().empty());
    showTitle();
    if (first && m_selectFirst && model.rowCount() > 0) {
        m_selectFirst = false;
        openConversation(model.conversationAt(0));
        return;
    }
    maybeSettled();
}

void InboxController::selectFirst()
{
    const ThreadListModel &model = m_parts.area->threadModel();
    m_selectFirst = !model.isLoaded();
    if (model.isLoaded() && model.rowCount() > 0)
        openConversation(model.conversationAt(0));
}

void InboxController::openConversation(ConversationId id)
{
    m_parts.area->threads()->list()->select(id);
    if (id != current())
        m_parts.area->conversationModel().open(id);
}

ConversationId InboxController::current() const
{
    return m_parts.area->conversationModel().conversation();
}

const ConversationView *InboxController::view() const
{
    // While another conversation is being read the model still holds the one before.
    const ConversationView *shown = m_parts.area->conversationModel().view();
    return shown && shown->row.id == current() ? shown : nullptr;
}

Here InboxController::here() const
{
    return {m_parts.session->clock().now(), QLocale(), QTimeZone::systemTimeZone()};
}

void InboxController::onOpened()
{
    const ConversationView *shown = view();
    if (!shown) {
        m_answers.close();
        m_cases.close();
        m_parts.area->context()->clear();
        m_parts.area->conversation()->showNone();
        fitCommands(nullptr);
        maybeSettled();
        return;
    }
    showCurrent(*shown);
    m_answers.open(*shown);
    if (shown->row.unread) {
        whenDone(this, m_parts.session->inbox().markSeen(shown->row.id, true), [this](const Result<void> &result) {
            if (!result)
                report(result.error());
        });
    }
    maybeSettled();
}

void InboxController::onRefreshed()
{
    if (const ConversationView *shown = view()) {
        showCurrent(*shown);
        m_answers.update(*shown);
    }
}

void InboxController::showCurrent(const ConversationView &view)
{
    fitCommands(&view);
    m_parts.area->conversation()->setRow(view.row);
    m_parts.area->context()->setView(view, here());
    m_cases.show(view.row);
}

void InboxController::fitCommands(const ConversationView *view)
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

void InboxController::onChanged(const QList<ConversationId> &ids)
{
    m_parts.area->threadModel().applyChanged(ids);
    if (ids.contains(current()))
        m_parts.area->conversationModel().refresh();
    m_countSoon.start();
}

void InboxController::moveBy(int step)
{
    ThreadListView *list = m_parts.area->threads()->list();
    if (step > 0)
        (void)list->selectNext();
    else
        (void)list->selectPrevious();
}

ConversationId InboxController::neighbour(ConversationId id) const
{
    const ThreadListModel &model = m_parts.area->threadModel();
    const int row = model.rowOf(id);
    if (row < 0)
        return {};
    return model.conversationAt(row + 1 < model.rowCount() ? row + 1 : row - 1);
}

void InboxController::toggleDone()
{
    const ConversationView *shown = view();
    if (!shown)
        return;
    if (shown->row.turn == Turn::Done)
        openAgain(shown->row.id);
    else
        markDone(shown->row.id);
}

void InboxController::markDone(ConversationId id)
{
    const ConversationId next = id == current() ? neighbour(id) : current();
    const ThreadListModel &model = m_parts.area->threadModel();
    const ConversationRow *row = next.isValid() ? model.at(model.rowOf(next)) : nullptr;
    const QString name = row ? isolated(displayText(row->person.displayName())) : QString();
    whenDone(this, m_parts.session->inbox().markDone(id, true), [this, id, next, name](const Result<void> &result) {
        if (!result) {
            report(result.error());
            return;
        }
        m_lastDone = id;
        const bool moves = id == current();
        m_parts.notices->show(moves && next.isValid() ? tr("Marked done. Next: %1").arg(name) : tr("Marked done."),
                              tr("Undo"), tr("Ctrl+Alt+Z"), [this, id] { openAgain(id); });
        if (moves)
            openConversation(next);
    });
}

void InboxController::openAgain(ConversationId id)
{
    m_lastDone = {};
    whenDone(this, m_parts.session->inbox().markDone(id, false), [this, id](const Result<void> &result) {
        if (!result) {
            report(result.error());
            return;
        }
        m_parts.notices->show(tr("Open again."));
        openConversation(id);
    });
}

void InboxController::toggleSeen()
{
    const ConversationView *shown = view();
    if (!shown)
        return;
    const bool seen = shown->row.unread;
    whenDone(this, m_parts.session->inbox().markSeen(shown->row.id, seen), [this, seen](const Result<void> &result) {
        if (!result)
            report(result.error());
        else
            m_parts.notices->show(seen ? tr("Marked seen.") : tr("Marked unread."));
    });
}

void InboxController::assignToMe()
{
    const ConversationView *shown = view();
    if (!shown)
        return;
    const QString me = m_parts.session->memberName();
    const QString owner = shown->row.owner == me ? QString() : me;
    whenDone(this, m_parts.session->inbox().assign(shown->row.id, owner), [this, owner](const Result<void> &result) {
        if (!result)
            report(result.error());
        else
            m_parts.notices->show(owner.isEmpty() ? tr("Given back: nobody owns it now.") : tr("It is yours now."));
    });
}

void InboxController::undo()
{
    if (m_answers.undoPending())
        return;
    if (m_lastDone.isValid())
        openAgain(m_lastDone);
    else
        m_parts.notices->show(tr("There is nothing to undo."));
}

void InboxController::popMenu(ConversationId id, const QPoint &position)
{
    openConversation(id);
    auto *menu = new QMenu(m_parts.area);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Command command : {Command::Reply, Command::Note, Command::Done, Command::AssignToMe,
                                  Command::ToggleSeen, Command::OpenCase, Command::CopyLink, Command::OpenOnNetwork})
        menu->addAction(m_parts.actions->action(command));
    menu->popup(position);
}

QString InboxController::link() const
{
    const ConversationView *shown = view();
    if (!shown)
        return {};
    for (auto item = shown->items.rbegin(); item != shown->items.rend(); ++item) {
        if (!item->item.url.isEmpty() && !item->gone)
            return item->item.url;
    }
    return {};
}

void InboxController::report(const Error &error)
{
    m_parts.notices->show(errorSentence(error));
}

void InboxController::maybeSettled()
{
    const ThreadListModel &model = m_parts.area->threadModel();
    if (!m_counted || !model.isLoaded() || m_selectFirst || (current().isValid() && !view()))
        return;
    // One turn of the event loop later everything that is shown has been laid out.
    QTimer::singleShot(0, this, &InboxController::settled);
}

} // namespace indelible::ui

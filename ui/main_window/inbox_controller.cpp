// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/inbox_controller.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/inbox/inbox_service.h"
#include "app/session/account_service.h"
#include "app/session/session.h"
#include "ui/accounts/account_notice.h"
#include "ui/context/context_panel.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/notices.h"
#include "ui/main_window/thread_pane.h"
#include "ui/navigation/navigation.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/here_now.h"

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kCountMs = 150;

} // namespace

InboxController::InboxController(const InboxParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_answers(*parts.session, *parts.area->conversation()->composer())
    , m_cases(*parts.session, *parts.area->context(), *parts.prompter)
    , m_commands(parts, m_answers, m_cases)
    , m_attachments(parts)
{
    m_countSoon.setSingleShot(true);
    m_countSoon.setInterval(kCountMs);
    connect(&m_countSoon, &QTimer::timeout, this, &InboxController::refreshCounts);
    connectViews();
    connectServices();
    connectAnswers();
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
    connect(list, &ThreadListView::doneRequested, &m_commands, &ConversationCommands::markDone);
    connect(list, &ThreadListView::assignToMeRequested, this,
            [this](ConversationId id) { m_commands.assign(id, m_parts.session->memberName()); });
    connect(list, &ThreadListView::menuRequested, &m_commands, &ConversationCommands::popMenu);
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
    connect(&m_answers, &AnswerController::announced, m_parts.notices, &Notices::announce);
    connect(&m_cases, &CaseController::said, this, [this](const QString &text) { m_parts.notices->show(text); });
    connect(&m_answers, &AnswerController::doneWanted, &m_commands, &ConversationCommands::markDone);
    connect(&m_answers, &AnswerController::pendingElsewhere, this, [this](const QString &text) {
        if (text.isEmpty())
            m_parts.notices->clearLasting();
        else
            m_parts.notices->showLasting(text, tr("Undo"), tr("Ctrl+Alt+Z"), [this] { m_commands.undo(); });
    });
    connect(&m_commands, &ConversationCommands::openWanted, this, &InboxController::openConversation);
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
            count = readersLocale().toString(model.rowCount()) + (model.canFetchMore({}) ? u"+"_s : QString());
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
    maybeSettled();
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

Here InboxController::here() const
{
    return hereNow(m_parts.session->clock());
}

void InboxController::onOpened()
{
    const ConversationView *shown = m_parts.area->shownView();
    if (!shown) {
        m_answers.close();
        m_cases.close();
        m_parts.area->context()->clear();
        m_parts.area->conversation()->showNone();
        m_commands.fit(nullptr);
        maybeSettled();
        return;
    }
    showCurrent(*shown);
    m_answers.open(*shown);
    if (shown->row.unread && !m_parts.session->isReadOnly()) {
        whenDone(this, m_parts.session->inbox().markSeen(shown->row.id, true), [this](const Result<void> &result) {
            if (!result)
                report(result.error());
        });
    }
    maybeSettled();
}

void InboxController::onRefreshed()
{
    if (const ConversationView *shown = m_parts.area->shownView()) {
        showCurrent(*shown);
        m_answers.update(*shown);
    }
}

void InboxController::showCurrent(const ConversationView &view)
{
    m_commands.fit(&view);
    m_parts.area->conversation()->setRow(view.row);
    m_parts.area->context()->setView(view, here());
    m_cases.show(view.row);
}

void InboxController::onChanged(const QList<ConversationId> &ids)
{
    m_parts.area->threadModel().applyChanged(ids);
    if (ids.contains(current()))
        m_parts.area->conversationModel().refresh();
    m_countSoon.start();
}

void InboxController::report(const Error &error)
{
    m_parts.notices->show(errorSentence(error));
}

void InboxController::maybeSettled()
{
    const ThreadListModel &model = m_parts.area->threadModel();
    if (!m_counted || !model.isLoaded() || m_selectFirst || (current().isValid() && !m_parts.area->shownView()))
        return;
    // One turn of the event loop later everything that is shown has been laid out.
    QTimer::singleShot(0, this, &InboxController::settled);
}

} // namespace indelible::ui

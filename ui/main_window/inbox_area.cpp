// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/inbox_area.h"

#include "app/inbox/inbox_service.h"
#include "app/session/session.h"
#include "ui/context/context_panel.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/thread_pane.h"
#include "ui/navigation/navigation.h"
#include "ui/threads/thread_list_view.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QSplitter>

#include <utility>

namespace indelible::ui {

namespace {

constexpr int kContextNeeds = 1180; ///< of the window's width at the design's text size
constexpr int kNavigationNeeds = 980;
constexpr int kListWidth = 340;
constexpr int kListLeast = 252;
constexpr int kSheetWidth = 288;

} // namespace

InboxArea::InboxArea(const Theme &theme, session::Session &session, const ActionRegistry &actions, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_threadModel([&session](InboxQuery query) { return session.inbox().page(std::move(query)); },
                    [&session](InboxQuery query, QList<ConversationId> ids) {
                        return session.inbox().rows(std::move(query), std::move(ids));
                    },
                    session.clock())
    , m_conversationModel([&session](ConversationId id, int limit,
                                     std::optional<ItemId> before) { return session.inbox().open(id, limit, before); },
                          session.clock())
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_navigation(new Navigation(theme, this))
    , m_threads(new ThreadPane(theme, m_threadModel, m_splitter))
    , m_conversation(new ConversationPane(theme, m_conversationModel, actions, m_splitter))
    , m_context(new ContextPanel(theme, m_splitter))
{
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_threads->setMinimumWidth(kListLeast);
    for (QWidget *pane :
         {static_cast<QWidget *>(m_threads), static_cast<QWidget *>(m_conversation), static_cast<QWidget *>(m_context)})
        m_splitter->addWidget(pane);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({theme.scaled(kListWidth), 2000, theme.scaled(kSheetWidth)});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addWidget(m_splitter, 1);
    connect(&theme, &Theme::changed, this, &InboxArea::fitWidth);
}

InboxArea::~InboxArea()
{
    // The views go before the models they look at, which are members.
    delete m_context;
    delete m_splitter;
}

const ConversationView *InboxArea::shownView() const
{
    // While another conversation is being read the model still holds the one before.
    const ConversationView *view = m_conversationModel.view();
    return view && view->row.id == m_conversationModel.conversation() ? view : nullptr;
}

void InboxArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitWidth();
}

void InboxArea::fitWidth()
{
    const bool wide = window()->width() >= m_theme.scaled(kContextNeeds);
    const bool roomy = window()->width() >= m_theme.scaled(kNavigationNeeds);
    if (wide != m_wide || roomy != m_roomy) {
        m_wide = wide;
        if (std::exchange(m_roomy, roomy) != roomy)
            m_foldNavigation.reset();
        m_sheet = false;
        arrange();
    }
    placeSheet();
}

void InboxArea::arrange()
{
    m_navigation->setCollapsed(m_foldNavigation.value_or(!m_roomy));
    if (m_wide) {
        if (m_context->parentWidget() != m_splitter)
            m_splitter->addWidget(m_context);
        m_context->setVisible(m_contextWanted);
        return;
    }
    if (m_context->parentWidget() != this)
        m_context->setParent(this);
    m_context->setVisible(m_sheet);
    placeSheet();
}

void InboxArea::placeSheet()
{
    if (m_wide || !m_sheet)
        return;
    const int wide = m_context->minimumWidth();
    m_context->setGeometry(layoutDirection() == Qt::RightToLeft ? 0 : width() - wide, 0, wide, height());
    m_context->raise();
}

void InboxArea::toggleNavigation()
{
    m_foldNavigation = !m_navigation->isCollapsed();
    arrange();
}

void InboxArea::toggleContext()
{
    const bool had = m_context->isAncestorOf(QWidget::window()->focusWidget());
    if (m_wide)
        m_contextWanted = !m_contextWanted;
    else
        m_sheet = !m_sheet;
    arrange();
    if (m_context->isVisible())
        m_context->focusTabs();
    else if (had)
        m_threads->list()->setFocus(Qt::OtherFocusReason);
}

void InboxArea::showContext()
{
    (m_wide ? m_contextWanted : m_sheet) = true;
    arrange();
}

bool InboxArea::closeSheet()
{
    if (m_wide || !m_sheet)
        return false;
    m_sheet = false;
    arrange();
    return true;
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/thread_pane.h"

#include "app/base/text.h"
#include "ui/main_window/filter_pills.h"
#include "ui/models/thread_list_model.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr std::array kOrders{Order::MostUrgent, Order::Newest, Order::Oldest};

QString orderText(Order order)
{
    switch (order) {
    case Order::MostUrgent:
        return ThreadPane::tr("Most urgent first");
    case Order::Newest:
        return ThreadPane::tr("Newest first");
    case Order::Oldest:
        return ThreadPane::tr("Oldest first");
    }
    Q_UNREACHABLE();
}

} // namespace

ThreadPane::ThreadPane(const Theme &theme, ThreadListModel &model, QWidget *parent)
    : Surface(theme, Token::List, {}, parent)
    , m_theme(theme)
    , m_model(model)
    , m_title(new PlainLabel(theme, TextRole::PaneTitle, Token::Text, QFont::DemiBold, this))
    , m_count(new PlainLabel(theme, TextRole::Body, Token::Text3, QFont::Medium, this))
    , m_order(new ChoiceButton(theme, Button::Kind::Flat, Button::Size::Small, tr("Order: %1"), {}, this))
    , m_filters(new FilterPills(theme, this))
    , m_newAbove(new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"refresh-cw"_s, this))
    , m_list(new ThreadListView(theme, model, this))
    , m_empty(new EmptyState(theme, this))
    , m_stack(new QStackedLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader(column);
    m_newAbove->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_newAbove->hide();
    column->addWidget(m_newAbove);
    m_list->setAccessibleName(tr("Conversations"));
    m_empty->setContent(u"inbox"_s, Tone::Neutral, {}, {});
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    column->addLayout(m_stack, 1);

    connect(m_filters, &FilterPills::filterChosen, this, &ThreadPane::filterChosen);
    connect(m_order, &ChoiceButton::chosen, this,
            [this](int choice) { Q_EMIT orderChosen(kOrders.at(static_cast<size_t>(choice))); });
    connect(m_newAbove, &QAbstractButton::clicked, m_list, &QAbstractItemView::scrollToTop);
    connect(m_list, &ThreadListView::newAboveChanged, this, [this](int count) {
        m_newAbove->setText(count == 1 ? tr("1 new above") : tr("%n new above", nullptr, count));
        m_newAbove->setVisible(count > 0);
    });
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (m_emptyAction == EmptyAction::ClearSearch)
            Q_EMIT clearSearchRequested();
        else if (m_emptyAction == EmptyAction::Retry)
            Q_EMIT retryRequested();
    });
}

void ThreadPane::buildHeader(QVBoxLayout *column)
{
    auto *header = new Surface(m_theme, Token::List, Qt::BottomEdge, this);
    auto *rows = new QVBoxLayout(header);
    rows->setContentsMargins(14, 10, 8, 9);
    rows->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_title->setElided(true);
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row->addWidget(m_title);
    row->addWidget(m_count);
    row->addStretch(1);
    QStringList orders;
    for (const Order order : kOrders)
        orders.append(orderText(order));
    m_order->setChoices(orders);
    row->addWidget(m_order);
    rows->addLayout(row);
    rows->addWidget(m_filters);
    column->addWidget(header);
}

void ThreadPane::setTitle(const QString &title, const QString &count)
{
    m_title->setText(title);
    m_count->setText(count);
    m_count->setVisible(!count.isEmpty());
}

void ThreadPane::setOrder(Order order)
{
    m_order->setCurrent(static_cast<int>(std::ranges::find(kOrders, order) - kOrders.begin()));
}

void ThreadPane::setFilter(KindFilter filter)
{
    m_filters->setFilter(filter);
}

void ThreadPane::showState(const InboxQuery &query, bool anyAccount)
{
    if (m_model.rowCount() > 0 || !m_model.isLoaded()) {
        m_stack->setCurrentWidget(m_list);
        return;
    }
    m_emptyAction = EmptyAction::None;
    if (!query.search.isEmpty()) {
        m_emptyAction = EmptyAction::ClearSearch;
        m_empty->setContent(u"search"_s, Tone::Neutral, tr("No match for “%1”").arg(isolated(query.search)),
                            tr("Fewer words find more. Beginnings of words count too."),
                            {{tr("Clear the search"), {}}});
    } else if (query.filter != KindFilter::All) {
        m_empty->setContent(u"list-checks"_s, Tone::Neutral, tr("None of this kind here"),
                            tr("“All” shows the other kinds."));
    } else if (!anyAccount) {
        m_empty->setContent(u"plug"_s, Tone::Neutral, tr("No account yet"),
                            tr("Connect one, and what people write appears here."));
    } else if (query.account) {
        m_empty->setContent(u"coffee"_s, Tone::Neutral, tr("Nothing yet"),
                            tr("New messages appear here by themselves."));
    } else if (query.view == View::NeedsReply || query.view == View::DueSoon) {
        m_empty->setContent(
            u"coffee"_s, m_blindSpots.isEmpty() ? Tone::Ok : Tone::Neutral, tr("Everyone has been answered"),
            m_blindSpots.isEmpty() ? tr("New messages appear here by themselves.")
                                   : tr("That goes for the places that are watched. Elsewhere: %1.").arg(m_blindSpots));
    } else {
        m_empty->setContent(u"inbox"_s, Tone::Neutral, tr("Nothing here"),
                            tr("Conversations appear here when they belong here."));
    }
    m_stack->setCurrentWidget(m_empty);
}

void ThreadPane::showError(const QString &sentence)
{
    m_emptyAction = EmptyAction::Retry;
    m_empty->setContent(u"triangle-alert"_s, Tone::Danger, tr("The list could not be read"), sentence,
                        {{tr("Try again"), u"refresh-cw"_s}});
    m_stack->setCurrentWidget(m_empty);
}

} // namespace indelible::ui

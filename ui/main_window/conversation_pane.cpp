// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/conversation_pane.h"

#include "app/base/text.h"
#include "ui/composer/composer.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_header.h"
#include "ui/models/conversation_model.h"
#include "ui/widgets/empty_state.h"

#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kLeastWidth = 340;

} // namespace

ConversationPane::ConversationPane(const Theme &theme, ConversationModel &model, const ActionRegistry &actions,
                                   QWidget *parent)
    : Surface(theme, Token::Content, {}, parent)
    , m_stack(new QStackedLayout(this))
    , m_none(new EmptyState(theme, this))
    , m_one(new QWidget(this))
    , m_header(new ConversationHeader(theme, actions, m_one))
    , m_messages(new MessageListView(theme, model, m_one))
    , m_composer(new Composer(theme, actions, m_one))
{
    setMinimumWidth(kLeastWidth);
    m_none->setContent(u"message-square"_s, Tone::Neutral, tr("Choose a conversation"),
                       tr("J and K move through the list, Enter goes to the messages."));
    m_messages->setAccessibleName(tr("Messages"));
    auto *column = new QVBoxLayout(m_one);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_messages, 1);
    column->addWidget(m_composer);
    m_stack->addWidget(m_none);
    m_stack->addWidget(m_one);
}

void ConversationPane::setRow(const ConversationRow &row)
{
    m_header->setRow(row);
    m_messages->setAccessibleName(tr("Messages with %1").arg(displayText(row.person.displayName())));
    m_stack->setCurrentWidget(m_one);
}

void ConversationPane::showNone()
{
    m_stack->setCurrentWidget(m_none);
}

bool ConversationPane::showsOne() const
{
    return m_stack->currentWidget() == m_one;
}

} // namespace indelible::ui

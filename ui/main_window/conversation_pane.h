// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/widgets/surface.h"

class QStackedLayout;

namespace indelible::ui {

class ActionRegistry;
class Composer;
class ConversationHeader;
class ConversationModel;
class EmptyState;
class MessageListView;

/// One conversation: header, messages, composer; or a hint where none is chosen. Interface thread.
class ConversationPane : public Surface
{
    Q_OBJECT
public:
    ConversationPane(const Theme &theme, ConversationModel &model, const ActionRegistry &actions,
                     QWidget *parent = nullptr);

    void setRow(const ConversationRow &row);
    void showNone();
    [[nodiscard]] bool showsOne() const;
    [[nodiscard]] MessageListView *messages() const { return m_messages; }
    [[nodiscard]] Composer *composer() const { return m_composer; }
    [[nodiscard]] ConversationHeader *header() const { return m_header; }

private:
    QStackedLayout *m_stack;
    EmptyState *m_none;
    QWidget *m_one;
    ConversationHeader *m_header;
    MessageListView *m_messages;
    Composer *m_composer;
};

} // namespace indelible::ui

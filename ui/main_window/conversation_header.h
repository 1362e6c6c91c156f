// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QString>

namespace indelible::ui {

class ActionRegistry;
class AvatarWidget;
class Button;
class IconLabel;
class OwnerButton;
class PlainLabel;

/// The strip over a conversation: who, on which account, who sees it; owner, Done, more. Interface thread.
class ConversationHeader : public Surface
{
    Q_OBJECT
public:
    ConversationHeader(const Theme &theme, const ActionRegistry &actions, QWidget *parent = nullptr);

    /// After the commands got the words that fit the row ("Open again").
    void setRow(const ConversationRow &row);
    void focusFirst();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void openMore();

    const Theme &m_theme;
    const ActionRegistry &m_actions;
    AvatarWidget *m_avatar;
    PlainLabel *m_name;
    PlainLabel *m_place;
    PlainLabel *m_dot;
    IconLabel *m_audienceIcon;
    PlainLabel *m_audience;
    OwnerButton *m_owner;
    Button *m_done;
    Button *m_more;
};

} // namespace indelible::ui

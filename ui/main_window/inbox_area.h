// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/conversation_model.h"
#include "ui/models/thread_list_model.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QSplitter;

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class ActionRegistry;
class ContextPanel;
class ConversationPane;
class Navigation;
class ThreadPane;

/// The inbox: navigation, thread list, conversation, context panel, side by side, and the models behind them. Narrow
/// windows fold the navigation to icons and turn the context panel into a sheet over the conversation. Interface
/// thread; theme, session and actions outlive it.
class InboxArea : public QWidget
{
    Q_OBJECT
public:
    InboxArea(const Theme &theme, session::Session &session, const ActionRegistry &actions, QWidget *parent = nullptr);
    ~InboxArea() override;

    [[nodiscard]] ThreadListModel &threadModel() { return m_threadModel; }
    [[nodiscard]] ConversationModel &conversationModel() { return m_conversationModel; }
    [[nodiscard]] Navigation *navigation() const { return m_navigation; }
    [[nodiscard]] ThreadPane *threads() const { return m_threads; }
    [[nodiscard]] ConversationPane *conversation() const { return m_conversation; }
    [[nodiscard]] ContextPanel *context() const { return m_context; }

    /// What is opened; null while it is being read or nothing is.
    [[nodiscard]] const ConversationView *shownView() const;

    void toggleNavigation();
    void toggleContext();
    /// Makes the context panel seen, as a sheet where there is no room beside.
    void showContext();
    /// Closes the sheet. False = there is none.
    bool closeSheet();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitWidth();
    void arrange();
    void placeSheet();

    const Theme &m_theme;
    ThreadListModel m_threadModel;
    ConversationModel m_conversationModel;
    QSplitter *m_splitter;
    Navigation *m_navigation;
    ThreadPane *m_threads;
    ConversationPane *m_conversation;
    ContextPanel *m_context;
    std::optional<bool> m_foldNavigation; ///< by the person, until the width class changes
    bool m_contextWanted = true;          ///< beside the conversation, where there is room
    bool m_wide = true;
    bool m_roomy = true;
    bool m_sheet = false;
};

} // namespace indelible::ui

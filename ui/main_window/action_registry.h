// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace indelible::ui {

/// Every command of the window.
enum class Command {
    CheckNow,
    ConnectAccount,
    Quit,
    UndoSend,
    Search,
    FindHere,
    GoInbox,
    GoRecord,
    GoSettings,
    NextPane,
    PreviousPane,
    NextConversation,
    PreviousConversation,
    ToggleContext,
    ToggleNavigation,
    ShowPerson,
    ShowCase,
    MenuBar,
    Back,
    Reply,
    Note,
    SwitchAudience,
    Send,
    SendAndDone,
    Done,
    AssignToMe,
    ToggleSeen,
    OpenCase,
    CopyLink,
    OpenOnNetwork,
    ExplainDelete,
    KeyboardSheet,
};

/// Where a command stands in the menus; None = only a key.
enum class CommandMenu { None, File, Edit, Go, Conversation, Help };

/// One line of the table from which menus, tool tips and the keyboard sheet are made.
struct CommandSpec
{
    Command command = Command::Quit;
    const char *text = nullptr; ///< untranslated, with & for the menu
    QString icon;
    CommandMenu menu = CommandMenu::None;
    QList<QKeySequence> keys;        ///< anywhere in the window
    QList<QKeySequence> readingKeys; ///< only while a list or the conversation has the focus: single letters
    bool separatorBefore = false;
};

/// All commands as QActions. Made by the window and owned by it; connects nothing itself. A single letter works only
/// inside the widgets given to addReadingArea(), never in a text field (WCAG 2.1.4).
class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    ActionRegistry(const Theme &theme, QWidget *window);

    [[nodiscard]] QAction *action(Command command) const;
    [[nodiscard]] const std::vector<CommandSpec> &specs() const { return m_specs; }

    /// Single letters work while `area` or a child of it has the focus.
    void addReadingArea(QWidget *area);

    /// The menus File, Edit, Go, Conversation, Help with their commands, owned by `parent`.
    [[nodiscard]] QList<QMenu *> makeMenus(QWidget *parent) const;

    /// "Done (E)": the words of a command with its first key, for tool tips.
    [[nodiscard]] QString toolTip(Command command) const;
    /// "E" or "Ctrl+Enter", every key of a command, for the keyboard sheet.
    [[nodiscard]] QString keysText(const CommandSpec &spec) const;
    [[nodiscard]] static QString textOf(const CommandSpec &spec);

private:
    void make(const CommandSpec &spec, const Theme &theme, QWidget *window);
    [[nodiscard]] const CommandSpec &spec(Command command) const;

    std::vector<CommandSpec> m_specs;
    QHash<int, QAction *> m_actions;
    QList<QAction *> m_readingActions;
};

} // namespace indelible::ui

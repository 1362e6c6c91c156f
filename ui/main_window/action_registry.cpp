// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/action_registry.h"

#include "ui/theme/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QStringList>
#include <QWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

QKeySequence key(const char *text)
{
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

// One table, so that a key cannot be given twice unseen and the keyboard sheet cannot miss one.
std::vector<CommandSpec> table()
{
    using enum CommandMenu;
    return {
        {Command::CheckNow, QT_TRANSLATE_NOOP("Command", "&Check now"), u"refresh-cw"_s, File, {key("F5")}, {}},
        {Command::ConnectAccount, QT_TRANSLATE_NOOP("Command", "&Connect an account…"), u"plug"_s, File, {}, {}},
        {Command::Quit, QT_TRANSLATE_NOOP("Command", "&Quit"), {}, File, {key("Ctrl+Q")}, {}, true},

        {Command::UndoSend,
         QT_TRANSLATE_NOOP("Command", "&Undo send"),
         u"undo-2"_s,
         Edit,
         {key("Ctrl+Alt+Z")},
         {key("Ctrl+Z")}},

        {Command::Search,
         QT_TRANSLATE_NOOP("Command", "&Search people and words"),
         u"search"_s,
         Go,
         {key("Ctrl+K"), key("Ctrl+Shift+F")},
         {}},
        {Command::FindHere, QT_TRANSLATE_NOOP("Command", "&Find in what is shown"), {}, Go, {key("Ctrl+F")}, {}},
        {Command::GoInbox, QT_TRANSLATE_NOOP("Command", "&Inbox"), u"inbox"_s, Go, {key("Ctrl+1")}, {}},
        {Command::GoRecord, QT_TRANSLATE_NOOP("Command", "Re&cord"), u"stamp"_s, Go, {key("Ctrl+6")}, {}},
        {Command::GoSettings, QT_TRANSLATE_NOOP("Command", "S&ettings"), u"settings"_s, Go, {key("Ctrl+,")}, {}},
        {Command::NextConversation,
         QT_TRANSLATE_NOOP("Command", "&Next conversation"),
         {},
         Go,
         {key("Alt+Down")},
         {key("J")},
         true},
        {Command::PreviousConversation,
         QT_TRANSLATE_NOOP("Command", "&Previous conversation"),
         {},
         Go,
         {key("Alt+Up")},
         {key("K")}},
        {Command::NextPane, QT_TRANSLATE_NOOP("Command", "Next p&ane"), {}, Go, {key("F6")}, {}},
        {Command::PreviousPane, QT_TRANSLATE_NOOP("Command", "Pre&vious pane"), {}, Go, {key("Shift+F6")}, {}},
        {Command::ShowPerson, QT_TRANSLATE_NOOP("Command", "Pers&on"), u"user-round"_s, Go, {key("Alt+1")}, {}, true},
        {Command::ShowCase, QT_TRANSLATE_NOOP("Command", "C&ase"), u"clipboard-list"_s, Go, {key("Alt+2")}, {}},
        {Command::ToggleContext, QT_TRANSLATE_NOOP("Command", "Person and case &beside"), {}, Go, {key("F8")}, {}},
        {Command::ToggleNavigation, QT_TRANSLATE_NOOP("Command", "Na&vigation in full"), {}, Go, {key("F9")}, {}},
        {Command::MenuBar, QT_TRANSLATE_NOOP("Command", "Menu bar"), {}, None, {key("F10")}, {}},
        {Command::Back, QT_TRANSLATE_NOOP("Command", "Close, back, clear the search"), {}, None, {key("Esc")}, {}},

        {Command::Reply, QT_TRANSLATE_NOOP("Command", "&Reply"), u"reply"_s, Conversation, {}, {key("R")}},
        {Command::Note,
         QT_TRANSLATE_NOOP("Command", "&Note to the team"),
         u"sticky-note"_s,
         Conversation,
         {},
         {key("N")}},
        {Command::SwitchAudience,
         QT_TRANSLATE_NOOP("Command", "S&witch between reply and note"),
         {},
         Conversation,
         {key("Ctrl+Shift+A")},
         {}},
        {Command::Send,
         QT_TRANSLATE_NOOP("Command", "&Send"),
         u"send"_s,
         Conversation,
         {key("Ctrl+Return"), key("Ctrl+Enter")},
         {}},
        {Command::SendAndDone,
         QT_TRANSLATE_NOOP("Command", "Send and &mark done"),
         {},
         Conversation,
         {key("Ctrl+Shift+Return"), key("Ctrl+Shift+Enter")},
         {}},
        {Command::Done, QT_TRANSLATE_NOOP("Command", "&Done"), u"check"_s, Conversation, {}, {key("E")}, true},
        {Command::AssignToMe,
         QT_TRANSLATE_NOOP("Command", "Assign to m&e"),
         u"user-plus"_s,
         Conversation,
         {},
         {key("I")}},
        {Command::ToggleSeen, QT_TRANSLATE_NOOP("Command", "Mark &unread"), u"mail"_s, Conversation, {}, {key("U")}},
        {Command::OpenCase, QT_TRANSLATE_NOOP("Command", "&Case…"), u"clipboard-list"_s, Conversation, {}, {key("C")}},
        {Command::CopyLink, QT_TRANSLATE_NOOP("Command", "Copy &link"), u"link-2"_s, Conversation, {}, {}, true},
        {Command::OpenOnNetwork,
         QT_TRANSLATE_NOOP("Command", "&Open on the network"),
         u"globe"_s,
         Conversation,
         {},
         {}},
        {Command::ExplainDelete, QT_TRANSLATE_NOOP("Command", "Why nothing is deleted"), {}, None, {}, {key("Del")}},

        {Command::KeyboardSheet,
         QT_TRANSLATE_NOOP("Command", "&Keyboard"),
         u"keyboard"_s,
         Help,
         {key("F1")},
         {key("?")}},
    };
}

QString menuTitle(CommandMenu menu)
{
    switch (menu) {
    case CommandMenu::File:
        return QCoreApplication::translate("Command", "&File");
    case CommandMenu::Edit:
        return QCoreApplication::translate("Command", "&Edit");
    case CommandMenu::Go:
        return QCoreApplication::translate("Command", "&Go");
    case CommandMenu::Conversation:
        return QCoreApplication::translate("Command", "&Conversation");
    case CommandMenu::Help:
        return QCoreApplication::translate("Command", "&Help");
    case CommandMenu::None:
        return {};
    }
    Q_UNREACHABLE();
}

QString withoutMnemonic(QString text)
{
    return text.remove(u'&');
}

} // namespace

ActionRegistry::ActionRegistry(const Theme &theme, QWidget *window)
    : QObject(window)
    , m_specs(table())
{
    for (const CommandSpec &entry : m_specs)
        make(entry, theme, window);
}

void ActionRegistry::make(const CommandSpec &entry, const Theme &theme, QWidget *window)
{
    auto *main = new QAction(QCoreApplication::translate("Command", entry.text), this);
    if (!entry.icon.isEmpty())
        main->setIcon(icon(theme, entry.icon));
    m_actions.insert(static_cast<int>(entry.command), main);
    if (entry.keys.isEmpty()) {
        main->setShortcuts(entry.readingKeys);
        main->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_readingActions.append(main);
        return;
    }
    main->setShortcuts(entry.keys);
    window->addAction(main);
    if (entry.readingKeys.isEmpty())
        return;
    // A QAction has one context for all its keys, so the letters get an action of their own that pulls the first.
    auto *letters = new QAction(this);
    letters->setShortcuts(entry.readingKeys);
    letters->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(letters, &QAction::triggered, main, &QAction::trigger);
    m_readingActions.append(letters);
}

QAction *ActionRegistry::action(Command command) const
{
    return m_actions.value(static_cast<int>(command));
}

void ActionRegistry::addReadingArea(QWidget *area)
{
    area->addActions(m_readingActions);
}

QList<QMenu *> ActionRegistry::makeMenus(QWidget *parent) const
{
    QList<QMenu *> menus;
    for (const CommandMenu place :
         {CommandMenu::File, CommandMenu::Edit, CommandMenu::Go, CommandMenu::Conversation, CommandMenu::Help}) {
        auto *menu = new QMenu(menuTitle(place), parent);
        for (const CommandSpec &entry : m_specs) {
            if (entry.menu != place)
                continue;
            if (entry.separatorBefore)
                menu->addSeparator();
            menu->addAction(action(entry.command));
        }
        menus.append(menu);
    }
    return menus;
}

const CommandSpec &ActionRegistry::spec(Command command) const
{
    return *std::ranges::find(m_specs, command, &CommandSpec::command);
}

QString ActionRegistry::textOf(const CommandSpec &spec)
{
    return withoutMnemonic(QCoreApplication::translate("Command", spec.text)).remove(u'…');
}

QString ActionRegistry::keysText(const CommandSpec &spec) const
{
    QStringList words;
    for (const QList<QKeySequence> &keys : {spec.readingKeys, spec.keys}) {
        for (const QKeySequence &sequence : keys) {
            // Return and Enter are two keys of one name to people.
            const QString text = sequence.toString(QKeySequence::NativeText).replace("Return"_L1, "Enter"_L1);
            if (!words.contains(text))
                words.append(text);
        }
    }
    return words.join(QCoreApplication::translate("Command", " or "));
}

QString ActionRegistry::toolTip(Command command) const
{
    const CommandSpec &entry = spec(command);
    const QString keys = keysText(entry);
    const QString text = withoutMnemonic(action(command)->text()).remove(u'…');
    return keys.isEmpty() ? text : u"%1 (%2)"_s.arg(text, keys);
}

} // namespace indelible::ui

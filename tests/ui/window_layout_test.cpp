// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/accounts/accounts_page.h"
#include "ui/accounts/first_run_page.h"
#include "ui/context/context_panel.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/keyboard_sheet.h"
#include "ui/main_window/practice_strip.h"
#include "ui/main_window/thread_pane.h"
#include "ui/navigation/navigation.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/button.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QSet>
#include <QSignalSpy>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

bool isNamed(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
}

bool isControl(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
           qobject_cast<const QComboBox *>(widget) || qobject_cast<const QPlainTextEdit *>(widget) ||
           qobject_cast<const QAbstractItemView *>(widget);
}

} // namespace

TEST_CASE("every control that can be seen has a name, and every button of an icon alone a tool tip")
{
    WindowFixture fixture;
    fixture.open(u"Jonas Kettler"_s);
    int controls = 0;
    for (const QWidget *widget : fixture.window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || !isControl(widget) || widget->focusPolicy() == Qt::NoFocus)
            continue;
        ++controls;
        INFO(widget->metaObject()->className() << " in " << widget->parentWidget()->metaObject()->className());
        CHECK(isNamed(widget));
        const auto *button = qobject_cast<const ui::Button *>(widget);
        if (button && button->text().isEmpty())
            CHECK_FALSE(button->toolTip().isEmpty());
    }
    CHECK(controls > 20);
}

TEST_CASE("F6 goes round all panes and Shift+F6 back")
{
    WindowFixture fixture;
    fixture.open(u"Jonas Kettler"_s);
    const QWidget *start = QApplication::focusWidget();
    QList<const QWidget *> visited;
    for (int i = 0; i < 9; ++i) {
        fixture.press(Qt::Key_F6);
        REQUIRE(QApplication::focusWidget());
        CHECK_FALSE(visited.contains(QApplication::focusWidget()));
        visited.append(QApplication::focusWidget());
    }
    CHECK(visited.last() == start);
    fixture.press(Qt::Key_F6, Qt::ShiftModifier);
    CHECK(QApplication::focusWidget() == visited.at(visited.size() - 2));
}

TEST_CASE("a narrow window folds the navigation and turns the context panel into a sheet")
{
    WindowFixture fixture;
    fixture.open(u"Jonas Kettler"_s);
    ui::InboxArea &inbox = fixture.inbox();
    fixture.window->resize(1440, 900);
    CHECK(inbox.context()->isVisible());
    CHECK_FALSE(inbox.navigation()->isCollapsed());

    fixture.window->resize(1100, 700);
    CHECK_FALSE(inbox.context()->isVisible());
    fixture.press(Qt::Key_F8);
    CHECK(inbox.context()->isVisible());
    CHECK(inbox.context()->isAncestorOf(QApplication::focusWidget()));
    fixture.press(Qt::Key_Escape);
    CHECK_FALSE(inbox.context()->isVisible());

    fixture.window->resize(900, 700);
    CHECK(inbox.navigation()->isCollapsed());
    fixture.press(Qt::Key_F9);
    CHECK_FALSE(inbox.navigation()->isCollapsed());

    fixture.window->resize(1440, 900);
    CHECK(inbox.context()->isVisible());
}

TEST_CASE("the context panel keeps its splitter place through narrow and wide")
{
    WindowFixture fixture;
    fixture.window->resize(1100, 700);
    fixture.window->resize(1440, 900);
    const ui::InboxArea &inbox = fixture.inbox();
    CHECK(inbox.context()->mapTo(fixture.window.get(), QPoint(0, 0)).x() >
          inbox.conversation()->mapTo(fixture.window.get(), QPoint(0, 0)).x());
}

TEST_CASE("the practice inbox says what it is, a real one does not")
{
    WindowFixture practice;
    CHECK(practice.window->findChild<ui::PracticeStrip *>() != nullptr);
    CHECK_FALSE(practice.window->showsFirstRun());
    WindowFixture real(WindowFixture::Workspace::Empty);
    CHECK(real.window->findChild<ui::PracticeStrip *>() == nullptr);
}

TEST_CASE("without an account the window shows two ways to begin")
{
    WindowFixture fixture(WindowFixture::Workspace::Empty);
    CHECK(fixture.window->showsFirstRun());
    QSignalSpy practice(fixture.window.get(), &ui::MainWindow::practiceRequested);
    Q_EMIT fixture.window->findChild<ui::FirstRunPage *>()->practiceRequested();
    CHECK(practice.count() == 1);
}

TEST_CASE("the menu bar is hidden until F10 and holds every command that has a menu")
{
    WindowFixture fixture;
    QMenuBar *bar = fixture.window->menuBar();
    CHECK_FALSE(bar->isVisible());
    fixture.press(Qt::Key_F10);
    CHECK(bar->isVisible());
    QSet<QAction *> inMenus;
    for (const QAction *menu : bar->actions())
        for (QAction *action : menu->menu()->actions())
            inMenus.insert(action);
    for (const ui::CommandSpec &spec : fixture.window->actions().specs()) {
        if (spec.menu != ui::CommandMenu::None)
            CHECK(inMenus.contains(fixture.window->actions().action(spec.command)));
    }
    fixture.window->actions().action(ui::Command::Back)->trigger();
    CHECK_FALSE(bar->isVisible());
}

TEST_CASE("settings show the accounts and Ctrl+1 comes back")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_Comma, Qt::ControlModifier);
    CHECK(fixture.window->findChild<ui::AccountsPage *>()->isVisible());
    CHECK(fixture.window->windowTitle() == u"Settings — Indelible"_s);
    fixture.press(Qt::Key_1, Qt::ControlModifier);
    CHECK(fixture.inbox().isVisible());
    CHECK(fixture.inbox().threads()->list()->hasFocus());
}

TEST_CASE("the keyboard sheet opens with F1 without stopping the window")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_F1);
    auto *sheet = fixture.window->findChild<ui::KeyboardSheet *>();
    REQUIRE(sheet);
    CHECK(sheet->isVisible());
    sheet->close();
}

TEST_CASE("the first conversation is opened on request and the window says when it is all there")
{
    WindowFixture fixture;
    bool settled = false;
    QObject::connect(fixture.window.get(), &ui::MainWindow::settled, fixture.window.get(),
                     [&settled] { settled = true; });
    fixture.window->selectFirst();
    waitUntil([&settled] { return settled; });
    REQUIRE(fixture.opened());
    CHECK(fixture.opened()->row.id == fixture.inbox().threadModel().conversationAt(0));
    CHECK(fixture.inbox().conversation()->showsOne());
}

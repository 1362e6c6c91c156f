// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/inbox_service.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/context/person_page.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/action_registry.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/thread_pane.h"
#include "ui/navigation/navigation.h"
#include "ui/threads/thread_list_view.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;

TEST_CASE("the window lists what needs a reply, most urgent first, and says how many")
{
    WindowFixture fixture;
    const ui::ThreadListModel &model = fixture.inbox().threadModel();
    REQUIRE(model.rowCount() > 10);
    CHECK(model.query().view == View::NeedsReply);
    CHECK(model.query().order == Order::MostUrgent);
    for (int row = 0; row < model.rowCount(); ++row)
        CHECK(model.at(row)->turn == Turn::NeedsReply);
    CHECK(fixture.inbox().navigation()->counts().needsReply >= model.rowCount());
    CHECK(fixture.window->windowTitle() == u"Needs a reply — Indelible"_s);
    CHECK_FALSE(fixture.inbox().conversation()->showsOne());
}

TEST_CASE("J and K move through the list and open what they reach")
{
    WindowFixture fixture;
    const QList<ConversationId> ids = fixture.listed();
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    const ConversationId first = fixture.opened()->row.id;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id != first; });
    CHECK(ids.indexOf(fixture.opened()->row.id) == ids.indexOf(first) + 1);
    fixture.press(Qt::Key_K);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id == first; });
    CHECK(fixture.inbox().conversation()->showsOne());
}

TEST_CASE("in a workspace that is only looked at, reading writes nothing and is told of no refusal")
{
    WindowFixture fixture;
    fixture.lookOnly();
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    // Behind what the window may have asked for.
    REQUIRE_FALSE(wait(fixture.session->inbox().markSeen(fixture.opened()->row.id, true)).has_value());
    QApplication::processEvents();
    REQUIRE(fixture.opened()->row.unread);
    CHECK(fixture.said().isEmpty());
}

TEST_CASE("opening a conversation marks it seen and U marks it unread again")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() && !fixture.opened()->row.unread; });
    fixture.press(Qt::Key_U);
    waitUntil([&] { return fixture.opened()->row.unread; });
    CHECK(fixture.said() == u"Marked unread."_s);
    CHECK(fixture.window->actions().action(ui::Command::ToggleSeen)->text() == u"Mark &seen"_s);
}

TEST_CASE("Enter goes to the messages and Esc comes back to the list")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    fixture.press(Qt::Key_Return);
    CHECK(fixture.inbox().conversation()->messages()->hasFocus());
    fixture.press(Qt::Key_Escape);
    CHECK(fixture.inbox().threads()->list()->hasFocus());
}

TEST_CASE("searching lists conversations with the words wherever they are, and Esc brings the view back")
{
    WindowFixture fixture;
    const QList<ConversationId> before = fixture.listed();
    fixture.press(Qt::Key_K, Qt::ControlModifier);
    REQUIRE(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
    fixture.type(u"Kuchen"_s);
    waitUntil([&] { return fixture.inbox().threadModel().query().search == "Kuchen"_L1; });
    fixture.settle();
    CHECK(fixture.inbox().threadModel().query().view == View::Everything);
    CHECK(fixture.listed() != before);
    CHECK(fixture.window->windowTitle() == u"Search — Indelible"_s);
    fixture.press(Qt::Key_Escape);
    waitUntil([&] { return fixture.inbox().threadModel().query().search.isEmpty(); });
    fixture.settle();
    CHECK(fixture.listed() == before);
    CHECK(fixture.inbox().threads()->list()->hasFocus());
}

TEST_CASE("a search without a match says so and offers to clear it")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_F, Qt::ControlModifier);
    fixture.type(u"zzqqxx"_s);
    waitUntil([&] { return fixture.inbox().threadModel().query().search == "zzqqxx"_L1; });
    fixture.settle();
    CHECK(fixture.listed().isEmpty());
    CHECK_FALSE(fixture.inbox().threads()->list()->isVisible());
}

TEST_CASE("every view of the navigation lists exactly what it means")
{
    WindowFixture fixture;
    const View view = GENERATE(View::Done, View::Waiting, View::NotYetOwned, View::Everything);
    Q_EMIT fixture.inbox().navigation()->viewChosen(view);
    fixture.settle();
    const ui::ThreadListModel &model = fixture.inbox().threadModel();
    REQUIRE(model.query().view == view);
    for (int row = 0; row < model.rowCount(); ++row) {
        if (view == View::Done)
            CHECK(model.at(row)->turn == Turn::Done);
        if (view == View::Waiting)
            CHECK(model.at(row)->turn == Turn::Waiting);
        if (view == View::NotYetOwned)
            CHECK(model.at(row)->owner.isEmpty());
    }
}

TEST_CASE("a kind that is chosen above the list filters it")
{
    WindowFixture fixture;
    Q_EMIT fixture.inbox().threads()->filterChosen(KindFilter::Private);
    fixture.settle();
    const ui::ThreadListModel &model = fixture.inbox().threadModel();
    REQUIRE(model.rowCount() > 0);
    for (int row = 0; row < model.rowCount(); ++row)
        CHECK(model.at(row)->audience == Audience::Private);
}

TEST_CASE("E marks done, opens the next one, and Ctrl+Z brings it back")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    const ConversationId first = fixture.opened()->row.id;
    const QList<ConversationId> before = fixture.listed();
    const ConversationId second = before.at(before.indexOf(first) + 1);
    fixture.press(Qt::Key_E);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id == second; });
    waitUntil([&] { return !fixture.listed().contains(first); });
    CHECK(fixture.said().startsWith(u"Marked done. Next: "_s));
    fixture.press(Qt::Key_Z, Qt::ControlModifier);
    waitUntil([&] { return fixture.listed().contains(first); });
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id == first; });
}

TEST_CASE("Del deletes nothing and explains itself")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    const QList<ConversationId> before = fixture.listed();
    fixture.press(Qt::Key_Delete);
    CHECK(fixture.said() == u"Nothing is deleted here. Press E to mark it done."_s);
    CHECK(fixture.listed() == before);
}

TEST_CASE("I makes a conversation mine and gives it back")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    const QString me = fixture.session->memberName();
    const bool mine = fixture.opened()->row.owner == me;
    fixture.press(Qt::Key_I);
    waitUntil([&] { return (fixture.opened()->row.owner == me) != mine; });
    fixture.press(Qt::Key_I);
    waitUntil([&] { return (fixture.opened()->row.owner == me) == mine; });
}

TEST_CASE("the link of a conversation is copied, and opened only after asking")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    waitUntil([&] { return fixture.opened() != nullptr; });
    QAction *copy = fixture.window->actions().action(ui::Command::CopyLink);
    const bool linked =
        std::ranges::any_of(fixture.opened()->items, [](const ItemView &item) { return !item.item.url.isEmpty(); });
    CHECK(copy->isEnabled() == linked);
    if (!linked)
        return;
    copy->trigger();
    CHECK(QGuiApplication::clipboard()->text().startsWith("https://"_L1));
    fixture.prompter.yes = false;
    fixture.window->actions().action(ui::Command::OpenOnNetwork)->trigger();
    CHECK(fixture.prompter.asked.size() + fixture.prompter.informed.size() == 1);
}

TEST_CASE("no key means two things")
{
    WindowFixture fixture;
    QSet<QString> everywhere;
    QSet<QString> reading;
    for (const ui::CommandSpec &spec : fixture.window->actions().specs()) {
        for (const QKeySequence &key : spec.keys) {
            INFO(key.toString().toStdString());
            CHECK_FALSE(everywhere.contains(key.toString()));
            everywhere.insert(key.toString());
        }
        for (const QKeySequence &key : spec.readingKeys) {
            INFO(key.toString().toStdString());
            CHECK_FALSE(reading.contains(key.toString()));
            reading.insert(key.toString());
        }
    }
    CHECK_FALSE(everywhere.intersects(reading));
}

TEST_CASE("somebody who copies the shop's name is told apart beside the conversation and in it, a customer is not")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_J);
    fixture.open(u"Marigold Bakehouse Gifts"_s);
    const auto banner = [&fixture] { return fixture.window->findChild<ui::PersonPage *>()->findChild<ui::Banner *>(); };
    CHECK(banner()->isVisible());
    CHECK(banner()->content().strong.contains(u"Marigold Bakehouse"_s));
    fixture.open(u"Jonas Kettler"_s);
    CHECK_FALSE(banner()->isVisible());
}

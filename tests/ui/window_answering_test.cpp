// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/inbox_service.h"
#include "app/inbox/ingest.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "app/sync/sync_engine.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/composer/composer.h"
#include "ui/composer/reply_editor.h"
#include "ui/conversation/message_list_view.h"
#include "ui/main_window/conversation_pane.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/thread_pane.h"
#include "ui/threads/thread_list_view.h"

#include <QApplication>
#include <QTest>

#include <algorithm>
#include <chrono>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPublicPerson = "Jonas Kettler"_L1;

ui::Composer &composer(const WindowFixture &fixture)
{
    return *fixture.inbox().conversation()->composer();
}

/// Opens a public conversation and puts the cursor into the editor with R.
void startAnswer(WindowFixture &fixture)
{
    fixture.open(kPublicPerson);
    fixture.press(Qt::Key_R);
    REQUIRE(composer(fixture).editor()->hasFocus());
}

/// The network says that everything they wrote is gone.
void takeBack(WindowFixture &fixture)
{
    const ConversationView view = *fixture.opened();
    inbox::Arrival arrival;
    for (const ItemView &item : view.items) {
        if (item.item.direction == Direction::Incoming)
            arrival.gone.push_back({item.item.remoteId, RemoteGone::Reason::DeletedByAuthor});
    }
    REQUIRE(wait(fixture.session->database().write([&](store::Connection &connection) {
        const Account account = store::readAccount(connection, view.row.account).value();
        return inbox::ingest(connection, fixture.clock, account, arrival);
    })));
    fixture.session->inbox().announce({view.row.id});
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.gone; });
}

qsizetype notesOf(const WindowFixture &fixture)
{
    return std::ranges::count(fixture.opened()->events, ConversationEvent::Kind::Note, &ConversationEvent::kind);
}

} // namespace

TEST_CASE("single letters are words in the editor, not commands")
{
    WindowFixture fixture;
    startAnswer(fixture);
    const ConversationId id = fixture.opened()->row.id;
    fixture.type(u"jekunri?"_s);
    CHECK(composer(fixture).text() == u"jekunri?"_s);
    CHECK(fixture.opened()->row.id == id);
    CHECK(fixture.opened()->row.turn == Turn::NeedsReply);
}

TEST_CASE("an answer waits in its undo window, and Ctrl+Z brings the words back")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"Sorry, Jonas."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return composer(fixture).isPending(); });
    waitUntil([&] { return fixture.opened() && fixture.opened()->outbox.size() == 1; });
    CHECK(fixture.opened()->outbox.front().state == OutboxState::Queued);
    CHECK(fixture.opened()->outbox.front().audience == Audience::Public);
    // The conversation is read again as soon as the answer is stored, which may be before the composer hears of it.
    waitUntil([&] { return composer(fixture).text().isEmpty(); });
    CHECK_FALSE(composer(fixture).canSend());
    fixture.press(Qt::Key_Z, Qt::ControlModifier);
    waitUntil([&] { return composer(fixture).text() == u"Sorry, Jonas."_s; });
    waitUntil([&] { return fixture.opened()->outbox.empty(); });
    waitUntil([&] { return fixture.said() == u"Undone. Your draft is back."_s; });
    CHECK_FALSE(composer(fixture).isPending());
}

TEST_CASE("an answer that is sent now arrives and stands in the conversation")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"Sorry, Jonas."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->outbox.size() == 1; });
    Q_EMIT fixture.inbox().conversation()->messages()->sendNowRequested(fixture.opened()->outbox.front().id);
    waitUntil([&] {
        return !fixture.opened()->outbox.front().notBefore ||
               *fixture.opened()->outbox.front().notBefore <= fixture.clock.now();
    });
    fixture.clock.advance(1s);
    (void)wait(fixture.session->sync().syncAccount(fixture.opened()->row.account, sync::SyncEngine::Depth::Usual));
    waitUntil([&] {
        return std::ranges::any_of(fixture.opened()->items, [](const ItemView &item) {
            return item.item.direction == Direction::Outgoing && item.item.text == "Sorry, Jonas."_L1;
        });
    });
    CHECK(fixture.said() == u"Sent to \u2068Jonas Kettler\u2069, in public."_s);
    CHECK_FALSE(composer(fixture).isPending());
}

TEST_CASE("an answer that waits after its undo window leaves the editor free and can still be taken back")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"Sorry, Jonas."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->outbox.size() == 1; });
    fixture.clock.advance(11s);
    waitUntil([&] { return !composer(fixture).isPending(); });
    CHECK(composer(fixture).editor()->hasFocus());
    fixture.press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    waitUntil([&] { return composer(fixture).text() == u"Sorry, Jonas."_s; });
}

TEST_CASE("words written while an answer waited stay behind those that its undo brings back")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"Sorry, Jonas."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->outbox.size() == 1; });
    fixture.clock.advance(11s);
    waitUntil([&] { return !composer(fixture).isPending() && composer(fixture).text().isEmpty(); });
    fixture.type(u"And one thing more."_s);
    fixture.press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    waitUntil([&] { return composer(fixture).text() == u"Sorry, Jonas.\n\nAnd one thing more."_s; });
}

TEST_CASE("sending and marking done in one goes on to the next conversation, and undo comes back")
{
    WindowFixture fixture;
    startAnswer(fixture);
    const ConversationId id = fixture.opened()->row.id;
    fixture.type(u"Sorry, Jonas."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id != id; });
    fixture.press(Qt::Key_Z, Qt::ControlModifier | Qt::AltModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id == id; });
    waitUntil([&] { return composer(fixture).text() == u"Sorry, Jonas."_s; });
}

TEST_CASE("a note stays with the team and stands in the conversation")
{
    WindowFixture fixture;
    fixture.open(kPublicPerson);
    const qsizetype before = notesOf(fixture);
    fixture.press(Qt::Key_N);
    CHECK(composer(fixture).writeAs() == ui::WriteAs::Note);
    fixture.type(u"The lock was changed on Monday."_s);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return notesOf(fixture) == before + 1 && composer(fixture).text().isEmpty(); });
    CHECK(fixture.opened()->outbox.empty());
}

TEST_CASE("a draft is kept when another conversation is opened")
{
    WindowFixture fixture;
    startAnswer(fixture);
    const ConversationId id = fixture.opened()->row.id;
    fixture.type(u"Half a thought"_s);
    fixture.press(Qt::Key_Down, Qt::AltModifier);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id != id; });
    CHECK(composer(fixture).text() != u"Half a thought"_s);
    fixture.window->controller().openConversation(id);
    waitUntil([&] { return fixture.opened() && fixture.opened()->row.id == id; });
    CHECK(composer(fixture).text() == u"Half a thought"_s);
}

TEST_CASE("what is deleted while somebody writes an answer keeps the words, and sends them nowhere")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"Sorry, Jonas."_s);
    takeBack(fixture);
    waitUntil([&] { return composer(fixture).writeAs() == ui::WriteAs::Note; });
    CHECK(composer(fixture).text() == u"Sorry, Jonas."_s);
    CHECK(composer(fixture).target().answerOff.contains(u"is gone"_s));
    const qsizetype before = notesOf(fixture);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    waitUntil([&] { return notesOf(fixture) == before + 1; });
    CHECK(fixture.opened()->outbox.empty());
}

TEST_CASE("closing the window keeps what was being written")
{
    WindowFixture fixture;
    startAnswer(fixture);
    const ConversationId id = fixture.opened()->row.id;
    fixture.type(u"Half a thought"_s);
    fixture.window->close();
    // Writes are done in order: when this one is, the draft is there.
    REQUIRE(wait(fixture.session->inbox().markSeen(id, true)));
    const auto view = wait(fixture.session->inbox().open(id));
    REQUIRE(view);
    CHECK(view->draft.text == u"Half a thought"_s);
}

TEST_CASE("text over the limit of the network cannot be sent")
{
    WindowFixture fixture;
    startAnswer(fixture);
    composer(fixture).editor()->setPlainText(QString(301, u'a'));
    CHECK_FALSE(composer(fixture).canSend());
    CHECK(composer(fixture).editor()->extraSelections().size() == 1);
    fixture.press(Qt::Key_Return, Qt::ControlModifier);
    CHECK_FALSE(composer(fixture).isPending());
    composer(fixture).editor()->setPlainText(QString(300, u'a'));
    CHECK(composer(fixture).canSend());
    CHECK(composer(fixture).editor()->extraSelections().isEmpty());
}

TEST_CASE("white space alone cannot be sent")
{
    WindowFixture fixture;
    startAnswer(fixture);
    fixture.type(u"   "_s);
    CHECK_FALSE(composer(fixture).canSend());
}

TEST_CASE("the editor grows with its text from three lines to twelve")
{
    WindowFixture fixture;
    startAnswer(fixture);
    ui::ReplyEditor *editor = composer(fixture).editor();
    const int least = editor->sizeHint().height();
    editor->setPlainText(u"a\nb\nc\nd\ne\nf"_s);
    const int six = editor->sizeHint().height();
    editor->setPlainText(QString(u"a\n"_s).repeated(40));
    const int most = editor->sizeHint().height();
    CHECK(six > least);
    CHECK(most > six);
    CHECK(most < 5 * least);
}

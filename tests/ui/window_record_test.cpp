// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/inbox_service.h"
#include "tests/support/catch.h"
#include "tests/support/tamper.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/main_window/inbox_area.h"
#include "ui/main_window/inbox_controller.h"
#include "ui/main_window/record_notice.h"
#include "ui/record/entry_panel.h"
#include "ui/record/record_area.h"
#include "ui/record/record_finder.h"
#include "ui/record/record_list_view.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/search_field.h"

#include <QSignalSpy>
#include <QTest>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using record::Standing;

TEST_CASE("a record that is whole and signed needs no words; every other standing says what is so and what still works")
{
    CHECK_FALSE(ui::recordBanner(Standing::Open));
    QStringList titles;
    for (const Standing standing :
         {Standing::Unanchored, Standing::Unsigned, Standing::RolledBack, Standing::Forked, Standing::Damaged}) {
        const auto banner = ui::recordBanner(standing);
        REQUIRE(banner);
        CHECK_FALSE(banner->strong.isEmpty());
        CHECK_FALSE(banner->text.isEmpty());
        CHECK((banner->tone == ui::Tone::Danger) == record::isHalted(standing));
        CHECK(banner->text.contains(u"nothing is fetched or sent"_s) == record::isHalted(standing));
        // The way out has a name, as it has by command.
        CHECK(banner->text.contains(u"'indelible restore'"_s) == record::isHalted(standing));
        CHECK(record::sentenceOn(standing).contains(u"'indelible restore'"_s) == record::isHalted(standing));
        titles.append(banner->strong);
    }
    CHECK(titles.removeDuplicates() == 0);
}

TEST_CASE("the status line calls a record unbroken only where it was compared and fits")
{
    CHECK(ui::recordStateText(Standing::Open) == u"Record unbroken"_s);
    CHECK(ui::recordStateText(Standing::Unsigned) == u"Record"_s);
    for (const Standing standing : {Standing::RolledBack, Standing::Forked, Standing::Damaged})
        CHECK(ui::recordStateText(standing) == u"Record broken"_s);
}

TEST_CASE("the record opens with Ctrl+6, checks itself, and shows the newest entry in full")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    CHECK(fixture.window->windowTitle() == u"Record — Indelible"_s);
    CHECK(area->list()->hasFocus());
    waitUntil([&] { return area->check().kind == ui::CheckState::Kind::Whole; });
    CHECK(area->check().entries == fixture.session->recordSize());
    waitUntil([&] { return area->panel()->isVisible() && area->model().line(0); });
    CHECK(area->model().rowCount() == fixture.session->recordSize());
    fixture.press(Qt::Key_Escape);
    CHECK_FALSE(area->panel()->isVisible());
    fixture.press(Qt::Key_Escape);
    CHECK(fixture.inbox().isVisible());
}

TEST_CASE("what is done in the inbox is the newest line of the record, and leads back to its conversation")
{
    WindowFixture fixture;
    fixture.open(u"Rosalind Achterberg"_s);
    const ConversationId id = fixture.opened()->row.id;
    const qint64 before = fixture.session->recordSize();
    valueOf(wait(fixture.session->inbox().addNote(id, u"Rang her at ten."_s)));
    waitUntil([&] { return fixture.session->recordSize() > before; });
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    waitUntil([&] { return area->model().line(0) && area->panel()->isVisible(); });
    CHECK(area->model().line(0)->what == u"Note added"_s);
    CHECK(area->model().line(0)->about == u"Rosalind Achterberg"_s);
    Q_EMIT area->panel()->conversationRequested(id);
    CHECK(fixture.inbox().isVisible());
    CHECK(fixture.window->controller().current() == id);
}

TEST_CASE("entries that come in while the record is shown appear at its top")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    waitUntil([&] { return area->model().line(0) != nullptr; });
    const int rows = area->model().rowCount();
    valueOf(wait(fixture.session->inbox().markDone(fixture.listed().at(0), true)));
    waitUntil([&] { return area->model().rowCount() == rows + 1 && area->model().line(0); });
    CHECK(area->model().line(0)->what == u"Marked done"_s);
}

TEST_CASE("the record is searched with Ctrl+F, and Esc shows every entry again")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    waitUntil([&] { return area->model().line(0) != nullptr; });
    const int rows = area->model().rowCount();
    fixture.press(Qt::Key_F, Qt::ControlModifier);
    auto *field = qobject_cast<ui::SearchField *>(fixture.window->focusWidget());
    REQUIRE(field);
    CHECK(area->isAncestorOf(field));
    QTest::keyClicks(field, u"wedding cake"_s);
    waitUntil([&] { return area->model().rowCount() < rows && area->model().line(0); });
    REQUIRE(area->model().rowCount() > 0);
    QTest::keyClick(field, Qt::Key_Return);
    CHECK(area->list()->hasFocus());
    fixture.press(Qt::Key_Escape); // the entry beside
    fixture.press(Qt::Key_Escape);
    CHECK(area->isVisible());
    CHECK(area->model().rowCount() == fixture.session->recordSize());
    CHECK(field->text().isEmpty());
}

TEST_CASE("the record shows one kind of entry, new ones too, and says where there is none")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    waitUntil([&] { return area->model().line(0) != nullptr; });
    auto *finder = area->findChild<ui::RecordFinder *>();
    const auto buttons = finder->findChildren<ui::ChoiceButton *>();
    REQUIRE(buttons.size() == 3);
    const auto choose = [&](int button, int choice) {
        QSignalSpy found(area, &ui::RecordArea::found);
        buttons.at(button)->setCurrent(choice);
        Q_EMIT buttons.at(button)->chosen(choice);
        waitUntil([&] { return !found.isEmpty(); });
    };
    choose(1, 2);
    REQUIRE(area->model().rowCount() > 0);
    waitUntil([&] { return area->model().line(0) != nullptr; });
    CHECK(area->model().line(0)->what == u"Edited by author, both kept"_s);
    CHECK(buttons.at(1)->accessibleName() == u"What happened: Edited by others"_s);
    const int edits = area->model().rowCount();
    valueOf(wait(fixture.session->inbox().markDone(fixture.listed().at(0), true)));
    choose(1, 5);
    const int notes = area->model().rowCount();
    CHECK(notes != edits);
    valueOf(wait(fixture.session->inbox().addNote(fixture.listed().at(0), u"Rang her at ten."_s)));
    waitUntil([&] { return area->model().rowCount() == notes + 1 && area->model().line(0); });
    CHECK(area->model().line(0)->what == u"Note added"_s);
    choose(1, 8);
    CHECK(area->model().rowCount() == 0);
    CHECK_FALSE(area->list()->isVisible());
    CHECK(area->findChild<ui::EmptyState *>()->isVisible());
    Q_EMIT area->findChild<ui::EmptyState *>()->actionTriggered(0);
    CHECK(area->model().rowCount() == fixture.session->recordSize());
    CHECK(area->list()->isVisible());
}

TEST_CASE("the record is exported where the person says, and nowhere when they think better of it")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    const qint64 entries = fixture.session->recordSize();
    area->exportRecord();
    QSignalSpy said(area, &ui::RecordArea::said);
    fixture.prompter.file = fixture.folder.filePath(u"record.csv"_s);
    area->exportRecord();
    waitUntil([&] { return !said.isEmpty(); });
    CHECK(said.size() == 1);
    CHECK(said.at(0).at(0).toString().contains(QLocale().toString(entries)));
    QFile file(*fixture.prompter.file);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll().contains("Forty guests"));
}

TEST_CASE("a record that was tampered with is red, and says where")
{
    WindowFixture fixture;
    tamperWithFile(fixture.folder.filePath(u"indelible.sqlite"_s),
                   "UPDATE record_body SET body = cast(body || ' ' AS BLOB) WHERE idx = 20");
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    ui::RecordArea *area = fixture.window->recordArea();
    waitUntil([&] { return area->check().kind == ui::CheckState::Kind::Broken; });
    CHECK(area->check().badEntry == 20);
    auto *card = area->findChild<ui::VerifyCard *>();
    CHECK(card->accessibleName().contains(u"does not match at № 20"_s));
    CHECK(card->accessibleName().contains(u"Nothing was changed"_s));
    Q_EMIT card->showRequested();
    CHECK(area->model().entryAt(area->list()->currentIndex().row()) == 20);
    waitUntil([&] { return area->panel()->isVisible(); });
}

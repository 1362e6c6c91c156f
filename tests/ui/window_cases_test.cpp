// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cases/case_service.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/context/case_page.h"
#include "ui/context/context_panel.h"
#include "ui/context/timeline.h"
#include "ui/main_window/inbox_area.h"

#include <QPlainTextEdit>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Case caseOf(const WindowFixture &fixture)
{
    const auto matter = wait(fixture.session->cases().get(*fixture.opened()->row.caseNumber));
    REQUIRE(matter);
    return *matter;
}

/// Opens a conversation that has no case yet and a case on it, with C.
void openCase(WindowFixture &fixture)
{
    fixture.open(u"Jonas Kettler"_s);
    REQUIRE_FALSE(fixture.opened()->row.caseNumber);
    fixture.prompter.line = u"Closed before closing time"_s;
    fixture.press(Qt::Key_C);
    waitUntil([&] { return fixture.opened()->row.caseNumber.has_value(); });
    waitUntil([&] { return fixture.inbox().context()->casePage()->shownCase().has_value(); });
}

CaseStatus shownStatus(const WindowFixture &fixture)
{
    const std::optional<Case> &matter = fixture.inbox().context()->casePage()->shownCase();
    REQUIRE(matter);
    return matter->status;
}

} // namespace

TEST_CASE("C opens a case with the title that was given")
{
    WindowFixture fixture;
    openCase(fixture);
    CHECK(fixture.prompter.asked.size() == 1);
    CHECK(fixture.inbox().context()->currentTab() == ui::ContextPanel::Tab::Case);
    CHECK(caseOf(fixture).title == u"Closed before closing time"_s);
    CHECK(fixture.said() == u"Case #%1 opened."_s.arg(fixture.opened()->row.caseNumber->value()));
}

TEST_CASE("no case is opened when the person changes their mind")
{
    WindowFixture fixture;
    fixture.open(u"Jonas Kettler"_s);
    fixture.prompter.line.reset();
    fixture.press(Qt::Key_C);
    fixture.settle();
    CHECK_FALSE(fixture.opened()->row.caseNumber);
}

TEST_CASE("a conversation is added to a case by its number, and the case tells both stories")
{
    WindowFixture fixture;
    openCase(fixture);
    const CaseId id = *fixture.opened()->row.caseNumber;
    const ConversationId first = fixture.opened()->row.id;
    fixture.open(u"Rosalind Achterberg"_s);
    REQUIRE(fixture.opened()->row.id != first);
    REQUIRE_FALSE(fixture.opened()->row.caseNumber);
    ui::CasePage *page = fixture.inbox().context()->casePage();
    fixture.prompter.line = u"twelve"_s;
    Q_EMIT page->linkRequested();
    CHECK(fixture.said().contains(u"no number of a case"_s));
    fixture.prompter.line = u"4711"_s;
    Q_EMIT page->linkRequested();
    waitUntil([&] { return fixture.said().contains(u"4711"_s); });
    CHECK_FALSE(page->shownCase());
    fixture.prompter.line = u" #%1 "_s.arg(id.value());
    Q_EMIT page->linkRequested();
    waitUntil([&] { return page->shownCase().has_value(); });
    CHECK(page->shownCase()->id == id);
    CHECK(page->shownCase()->conversations.size() == 2);
    const auto *story = page->findChild<ui::Timeline *>();
    REQUIRE(story);
    CHECK(story->isVisibleTo(page));
    CHECK_FALSE(story->accessibleName().isEmpty());
}

TEST_CASE("the status of a case is chosen from its five words")
{
    WindowFixture fixture;
    openCase(fixture);
    Q_EMIT fixture.inbox().context()->casePage()->statusChosen(CaseStatus::Owned);
    waitUntil([&] { return shownStatus(fixture) == CaseStatus::Owned; });
    CHECK(caseOf(fixture).status == CaseStatus::Owned);
}

TEST_CASE("a case is closed only after the person has been told")
{
    WindowFixture fixture;
    openCase(fixture);
    fixture.prompter.yes = false;
    Q_EMIT fixture.inbox().context()->casePage()->statusChosen(CaseStatus::Closed);
    CHECK(fixture.prompter.asked.last().startsWith(u"Has "_s));
    CHECK(caseOf(fixture).status == CaseStatus::Heard);
    fixture.prompter.yes = true;
    Q_EMIT fixture.inbox().context()->casePage()->statusChosen(CaseStatus::Closed);
    waitUntil([&] { return shownStatus(fixture) == CaseStatus::Closed; });
    CHECK(caseOf(fixture).status == CaseStatus::Closed);
}

TEST_CASE("a case takes an owner and notes")
{
    WindowFixture fixture;
    openCase(fixture);
    ui::CasePage *page = fixture.inbox().context()->casePage();
    Q_EMIT page->ownerChosen(fixture.session->memberName());
    Q_EMIT page->noteEntered(u"Called, no answer."_s);
    waitUntil([&] {
        const Case matter = caseOf(fixture);
        return matter.owner == fixture.session->memberName() && matter.notes.size() == 1;
    });
    CHECK(caseOf(fixture).notes.front().text == u"Called, no answer."_s);
}

TEST_CASE("the words of a note that was not added stay in their field")
{
    WindowFixture fixture;
    openCase(fixture);
    auto *note = fixture.inbox().context()->casePage()->findChild<QPlainTextEdit *>();
    waitUntil([&] { return note->isVisible(); });
    note->setPlainText(u"half a note"_s);
    fixture.prompter.line = u"Another title"_s;
    Q_EMIT fixture.inbox().context()->casePage()->renameRequested();
    waitUntil([&] { return caseOf(fixture).title == u"Another title"_s; });
    CHECK(note->toPlainText() == u"half a note"_s);
}

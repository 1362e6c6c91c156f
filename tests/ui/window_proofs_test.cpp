// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the window as a proof: bundles, with a real workspace and real files. Checkpoints:
// window_anchors_test.cpp.
#include "app/bundle/check.h"
#include "app/bundle/zip.h"
#include "tests/support/catch.h"
#include "tests/ui/proofs_fixture.h"
#include "ui/context/case_controller.h"
#include "ui/context/case_page.h"
#include "ui/context/context_panel.h"
#include "ui/main_window/inbox_area.h"
#include "ui/record/record_area.h"
#include "ui/widgets/button.h"
#include "ui/widgets/here_now.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;

TEST_CASE("the practice inbox offers no proofs, since nobody signs its record")
{
    WindowFixture fixture;
    fixture.press(Qt::Key_6, Qt::ControlModifier);
    waitUntil([&] { return fixture.window->recordArea()->check().kind == ui::CheckState::Kind::Whole; });
    ui::Button *keep = button(*fixture.window->recordArea(), u"Keep elsewhere…"_s);
    REQUIRE(keep);
    CHECK_FALSE(keep->isVisible());
    CHECK(button(*fixture.window->recordArea(), u"Verify again"_s)->isVisible());
    ui::Button *bundle = button(*fixture.inbox().context()->casePage(), u"Case as bundle…"_s);
    REQUIRE(bundle);
    CHECK(bundle->isHidden());
}

TEST_CASE("a case leaves its page as a bundle that is good, or it is said why not")
{
    Proofs proofs;
    ui::ContextPanel panel(*proofs.fixture.theme);
    ui::CaseController controller(proofs.session(), panel, proofs.fixture.prompter);
    QSignalSpy said(&controller, &ui::CaseController::said);
    panel.setView(proofs.view, ui::hereNow(proofs.fixture.clock));
    controller.show(proofs.view.row);
    panel.showTab(ui::ContextPanel::Tab::Case);
    panel.show();
    waitUntil([&] { return panel.casePage()->shownCase().has_value(); });
    ui::Button *bundle = button(*panel.casePage(), u"Case as bundle…"_s);
    REQUIRE(bundle);
    CHECK(bundle->isVisible());
    CHECK(bundle->accessibleName() == u"Case as bundle…"_s);
    CHECK((bundle->focusPolicy() & Qt::TabFocus) != 0);

    bundle->click(); // changes their mind
    CHECK(proofs.fixture.prompter.asked.last() == u"case-1.zip"_s);
    proofs.fixture.prompter.file = proofs.path(u"case-1.zip"_s);
    bundle->click();
    CHECK(nextSaid(said).contains(u"no key to sign with"_s));
    CHECK_FALSE(QFile::exists(*proofs.fixture.prompter.file));

    proofs.makeKey();
    bundle->click();
    CHECK_FALSE(bundle->isEnabled());
    CHECK(nextSaid(said).contains(u"Case #1 with 3 entries"_s));
    CHECK(bundle->isEnabled());
    QFile file(*proofs.fixture.prompter.file);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(bundle::check(valueOf(bundle::unpacked(file.readAll()))).verdict.isGood());
}

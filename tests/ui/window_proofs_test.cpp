// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the window as a proof: checkpoints and bundles, with a real workspace and real files.
#include "app/anchor/anchor_service.h"
#include "app/bundle/check.h"
#include "app/bundle/zip.h"
#include "app/cases/case_service.h"
#include "app/inbox/inbox_service.h"
#include "app/inbox/ingest.h"
#include "app/keeper/record_keeper.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "tests/support/catch.h"
#include "tests/support/samples.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
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

namespace {

ui::Button *button(QWidget &parent, const QString &text)
{
    for (ui::Button *found : parent.findChildren<ui::Button *>()) {
        if (found->text() == text)
            return found;
    }
    return nullptr;
}

/// A real workspace with case 1 in it, signed with a key that lasts as long as the test.
struct Proofs
{
    Proofs()
        : fixture(WindowFixture::Workspace::Empty)
    {
        valueOf(wait(session().keeper()->open()));
        const auto conversation = wait(session().database().write([this](store::Connection &connection) {
            Account account = sampleAccount();
            account.id = store::insertAccount(connection, account, QByteArray(16, 'a'), fixture.clock.now());
            return inbox::ingest(connection, fixture.clock, account,
                                 {{sampleItem(u"1"_s, u"t1"_s, u"Cold soup"_s, fixture.clock.now())}, {}, {}})
                .changed.front();
        }));
        valueOf(wait(session().cases().open(valueOf(conversation), u"Soup"_s)));
        view = valueOf(wait(session().inbox().open(valueOf(conversation))));
    }
    void makeKey() { valueOf(wait(session().keeper()->replaceKey())); }
    [[nodiscard]] session::Session &session() const { return *fixture.session; }
    [[nodiscard]] QString path(const QString &name) const { return elsewhere.filePath(name); }
    [[nodiscard]] std::vector<anchor::StoredAnchor> anchors() const
    {
        return valueOf(wait(session().anchors().anchors()));
    }

    WindowFixture fixture;
    QTemporaryDir elsewhere;
    ConversationView view;
};

QString nextSaid(QSignalSpy &said)
{
    waitUntil([&said] { return !said.isEmpty(); });
    return said.takeFirst().first().toString();
}

} // namespace

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

TEST_CASE("a checkpoint is written for whom the person names, and the record shows it at its top")
{
    Proofs proofs;
    proofs.makeKey();
    ui::RecordArea area(*proofs.fixture.theme, proofs.session(), proofs.fixture.prompter);
    area.resize(900, 600);
    area.show();
    waitUntil([&] { return area.check().kind == ui::CheckState::Kind::Whole; });
    QSignalSpy said(&area, &ui::RecordArea::said);
    ui::Button *keep = button(area, u"Keep elsewhere…"_s);
    REQUIRE(keep);
    CHECK(keep->isVisible());
    CHECK(keep->accessibleName() == u"Keep elsewhere…"_s);
    CHECK((keep->focusPolicy() & Qt::TabFocus) != 0);

    keep->click(); // changes their mind at the first question, then at the second
    proofs.fixture.prompter.line = u"our notary"_s;
    keep->click();
    CHECK(proofs.fixture.prompter.asked.last().startsWith(u"checkpoint-2026-"_s));
    CHECK(proofs.anchors().empty());

    proofs.fixture.prompter.file = proofs.path(u"checkpoint.txt"_s);
    keep->click();
    CHECK_FALSE(keep->isEnabled());
    CHECK(nextSaid(said).contains(u"checkpoint.txt"_s));
    CHECK(keep->isEnabled());
    REQUIRE(proofs.anchors().size() == 1);
    CHECK(proofs.anchors().front().anchor.to == u"our notary"_s);
    waitUntil([&] { return area.model().line(0) && area.model().line(0)->what == u"Signature kept elsewhere"_s; });
    QFile file(*proofs.fixture.prompter.file);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(wait(proofs.session().anchors().check(file.readAll())));
}

TEST_CASE("a checkpoint that cannot leave is said in a sentence, and the button works again")
{
    Proofs proofs;
    ui::RecordArea area(*proofs.fixture.theme, proofs.session(), proofs.fixture.prompter);
    QSignalSpy said(&area, &ui::RecordArea::said);
    proofs.fixture.prompter.line = u"our notary"_s;
    proofs.fixture.prompter.file = proofs.path(u"checkpoint.txt"_s);
    area.keepElsewhere();
    CHECK(nextSaid(said).contains(u"no key to sign with"_s));
    CHECK(button(area, u"Keep elsewhere…"_s)->isEnabled());
    CHECK_FALSE(QFile::exists(*proofs.fixture.prompter.file));
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/coverage/coverage_service.h"
#include "app/session/account_service.h"
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/accounts/account_dialog.h"
#include "ui/accounts/account_notice.h"
#include "ui/accounts/account_row.h"
#include "ui/accounts/accounts_page.h"
#include "ui/accounts/connect_facts.h"
#include "ui/accounts/coverage_words.h"
#include "ui/accounts/place_dialog.h"
#include "ui/accounts/place_row.h"
#include "ui/widgets/button.h"
#include "ui/widgets/here_now.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ui::AccountsPage *openPage(WindowFixture &fixture)
{
    fixture.window->showArea(ui::Rail::Area::Settings);
    return fixture.window->findChild<ui::AccountsPage *>();
}

ui::PlaceRow *rowOf(ui::AccountsPage *page, const QString &name)
{
    for (ui::PlaceRow *row : page->findChildren<ui::PlaceRow *>()) {
        if (row->place().name == name && row->isVisible())
            return row;
    }
    return nullptr;
}

ui::Button *actionOf(QWidget *row)
{
    for (ui::Button *button : row->findChildren<ui::Button *>()) {
        if (!button->text().isEmpty())
            return button;
    }
    return nullptr;
}

} // namespace

TEST_CASE("only what is watched is ever shown in green")
{
    for (const auto state :
         {Coverage::State::Interrupted, Coverage::State::ByHand, Coverage::State::LookDue, Coverage::State::NotWatched})
        CHECK(ui::coverageLook(state).colour != ui::Token::OkText);
    CHECK(ui::coverageLook(Coverage::State::Watched).colour == ui::Token::OkText);

    Account account;
    account.state = AccountState::Live;
    const ui::Here here{fromMs(1'795'338'000'000), QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
    account.lastGoodFetch = here.now - 5min;
    CHECK(ui::accountLook(account, here.now).colour == ui::Token::OkText);
    CHECK(ui::accountStateText(account, here).startsWith(u"Up to date"_s));
    account.lastGoodFetch = here.now - 14 * 24h;
    CHECK(ui::accountLook(account, here.now).colour != ui::Token::OkText);
    CHECK(ui::accountStateText(account, here).startsWith(u"Last checked"_s));
}

TEST_CASE("what the map does not know is said in numbers")
{
    CHECK(ui::coverageSummary({3, 0, 1, 1, 11}) ==
          u"3 of 16 places are watched, 2 by hand. 11 are not watched: silence there says nothing."_s);
    CHECK(ui::coverageSummary({2, 0, 0, 0, 0}) == u"2 of 2 places are watched."_s);
    CHECK(ui::blindSpotText({3, 1, 1, 2, 11}) == u"1 interrupted, 2 to look at, 11 not watched"_s);
    CHECK(ui::blindSpotText({3, 0, 1, 0, 0}).isEmpty());
}

TEST_CASE("a place is written down and looked at, and the keyboard stays where it was")
{
    WindowFixture fixture;
    ui::AccountsPage *page = openPage(fixture);
    CHECK(rowOf(page, u"Yelp"_s));
    for (ui::Button *button : page->findChildren<ui::Button *>()) {
        if (button->text() == u"Add a place"_s)
            button->click();
    }
    auto *dialog = page->findChild<ui::PlaceDialog *>();
    REQUIRE(dialog);
    QTest::keyClicks(dialog->findChildren<QLineEdit *>().first(), u"Village paper"_s);
    dialog->findChild<QSpinBox *>()->setValue(3);
    const qint64 before = fixture.session->recordSize();
    QTest::keyClick(dialog, Qt::Key_Return);
    waitUntil([&] { return rowOf(page, u"Village paper"_s) != nullptr; });
    ui::PlaceRow *row = rowOf(page, u"Village paper"_s);
    CHECK(row->place().state == Coverage::State::LookDue);
    ui::Button *looked = actionOf(row);
    REQUIRE(looked->text() == u"I have looked"_s);
    looked->setFocus();
    QTest::keyClick(looked, Qt::Key_Space);
    waitUntil([&] { return row->place().state == Coverage::State::ByHand; });
    CHECK(fixture.window->focusWidget() == looked);
    CHECK(fixture.said().contains(u"Village paper"_s));
    waitUntil([&] { return fixture.session->recordSize() == before + 2; });
}

TEST_CASE("an address that is none is said beside the fields, and nothing is written down")
{
    WindowFixture fixture;
    ui::PlaceDialog dialog(*fixture.theme, fixture.session->coverage());
    Coverage usual;
    usual.name = u"Yelp"_s;
    dialog.setPlace(usual);
    dialog.show();
    const QList<QLineEdit *> fields = dialog.findChildren<QLineEdit *>();
    CHECK(fields.at(0)->text() == u"Yelp"_s);
    fields.at(1)->setText(u"javascript:alert(1)"_s);
    QTest::keyClick(&dialog, Qt::Key_Return);
    waitUntil([&] {
        return std::ranges::any_of(dialog.findChildren<QLabel *>(), [](QLabel *label) {
            return label->isVisible() && label->text().contains(u"no address of a page"_s);
        });
    });
    CHECK(valueOf(wait(fixture.session->coverage().places())).empty());
}

TEST_CASE("rows of accounts stay under the hand while accounts change, and one account is checked alone")
{
    WindowFixture fixture;
    ui::AccountsPage *page = openPage(fixture);
    const QList<ui::AccountRow *> rows = page->findChildren<ui::AccountRow *>();
    REQUIRE(rows.size() > 2);
    const QList<ui::Button *> buttons = rows.at(1)->findChildren<ui::Button *>();
    ui::Button *more = *std::ranges::find_if(buttons, [](ui::Button *button) { return button->isVisible(); });
    more->setFocus();
    const std::vector<Account> before = fixture.session->accounts().accounts();
    fixture.clock.advance(10min);
    Q_EMIT rows.at(1)->checkRequested();
    CHECK(fixture.said() == u"Checking…"_s);
    waitUntil([&] { return fixture.session->accounts().accounts().at(1).lastGoodFetch > before.at(1).lastGoodFetch; });
    CHECK(fixture.session->accounts().accounts().at(2).lastGoodFetch == before.at(2).lastGoodFetch);
    CHECK(page->findChildren<ui::AccountRow *>() == rows);
    CHECK(fixture.window->focusWidget() == more);
}

TEST_CASE("everything about an account stands in one place")
{
    WindowFixture fixture;
    Account account = fixture.session->accounts().accounts().front();
    account.channel = u"mail"_s;
    account.state = AccountState::ServerTrouble;
    account.stateDetail = u"The server said \u202e no."_s;
    ui::AccountDialog dialog(*fixture.theme, account, {}, ui::hereNow(fixture.session->clock()));
    QString all;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        all += label->text() + u'\n';
    for (const QString &words : {u"What it reads"_s, u"What it sends"_s, u"What it does not see"_s,
                                 u"If you disconnect"_s, u"What is kept"_s, u"Known until"_s, u"Other folders"_s})
        CHECK(all.contains(words));
    CHECK_FALSE(all.contains(QChar(0x202E)));
    QSignalSpy asked(&dialog, &ui::AccountDialog::checkRequested);
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text().contains(u"Check now"_s))
            button->click();
    }
    CHECK(asked.size() == 1);
}

TEST_CASE("what authors delete is erased here only after asking, and kept again without")
{
    WindowFixture fixture;
    ui::AccountsPage *page = openPage(fixture);
    ui::AccountRow *row = page->findChildren<ui::AccountRow *>().first();
    const auto follows = [&] { return fixture.session->accounts().accounts().front().followsStorageRule; };
    fixture.prompter.yes = false;
    Q_EMIT row->storageRuleRequested(true);
    CHECK(fixture.prompter.asked.size() == 1);
    CHECK_FALSE(follows());
    fixture.prompter.yes = true;
    Q_EMIT row->storageRuleRequested(true);
    waitUntil(follows);
    CHECK(ui::keepingFacts(row->account()).last().text.contains(u"erased here within a day"_s));
    Q_EMIT row->storageRuleRequested(false);
    waitUntil([&] { return !follows(); });
    CHECK(fixture.prompter.asked.size() == 2);
}

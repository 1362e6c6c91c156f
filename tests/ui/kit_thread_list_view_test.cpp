// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/threads/thread_list_view.h"

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace indelible;
using ui::Theme;
using ui::ThreadListModel;
using ui::ThreadListView;
using ui::Token;

namespace {

struct Fixture
{
    explicit Fixture(std::vector<ConversationRow> stored, Theme::Mode mode = Theme::Mode::Light)
        : store(std::move(stored))
        , theme(mode)
    {
        clock.set(test::sampleNow());
        theme.applyTo(*qApp);
        model.setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
        model.setQuery({});
        settle();
        view.resize(340, 600);
        view.show();
        settle();
    }

    void settle()
    {
        test::waitUntil([this] { return !model.isLoading(); });
        QCoreApplication::processEvents();
    }

    void apply(qint64 id)
    {
        std::sort(store.begin(), store.end(), [](const auto &a, const auto &b) { return a.key < b.key; });
        model.applyChanged({ConversationId(id)});
        settle();
    }

    QImage image() { return view.viewport()->grab().toImage(); }

    test::FakeClock clock;
    std::vector<ConversationRow> store;
    Theme theme;
    ThreadListModel model{test::pagesOf(store), test::rowsOf(store), clock};
    ThreadListView view{theme, model};
};

std::vector<ConversationRow> plainRows(int count)
{
    std::vector<ConversationRow> rows;
    for (int i = 1; i <= count; ++i)
        rows.push_back(test::plainRow(i * 10));
    return rows;
}

} // namespace

TEST_CASE("a card is 102 high and paints its state in the theme's colours")
{
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        Fixture fixture(test::sampleRows(), mode);
        fixture.view.select(ConversationId(2));
        const QImage image = fixture.image();
        CHECK(fixture.view.visualRect(fixture.model.index(1)) == QRect(0, 102, 340, 102));
        CHECK(image.pixelColor(1, 150) == fixture.theme.colour(Token::Accent));
        CHECK(image.pixelColor(330, 112) == fixture.theme.colour(Token::Selection));
        CHECK(image.pixelColor(330, 316) == fixture.theme.colour(Token::List));
        CHECK(image.pixelColor(200, 101) == fixture.theme.colour(Token::Line));
        // The unread dot of the third card and none on the fifth, which is read.
        CHECK(image.pixelColor(7, 204 + 19) == fixture.theme.colour(Token::Accent));
        CHECK(image.pixelColor(7, 408 + 19) == fixture.theme.colour(Token::List));
        // Fill of the late pill, at its end side.
        CHECK(image.pixelColor(321, 82) == fixture.theme.colour(Token::DangerSoft));
    }
}

TEST_CASE("cards are mirrored in a right-to-left interface")
{
    Fixture fixture(test::sampleRows());
    fixture.view.setLayoutDirection(Qt::RightToLeft);
    fixture.view.resize(340, 830); // no scroll bar over the edge
    fixture.view.select(ConversationId(2));
    const QImage image = fixture.image();
    CHECK(image.pixelColor(338, 150) == fixture.theme.colour(Token::Accent));
    CHECK(image.pixelColor(8, 150) == fixture.theme.colour(Token::Selection));
    CHECK(image.pixelColor(332, 204 + 19) == fixture.theme.colour(Token::Accent));
}

TEST_CASE("cards grow with the text and keep their parts inside")
{
    Fixture fixture(test::sampleRows());
    fixture.theme.setTextScale(2.0);
    fixture.view.resize(340, 900);
    CHECK(fixture.view.visualRect(fixture.model.index(1)).height() == 204);
    const QImage image = fixture.image();
    CHECK(image.pixelColor(10, 207) == fixture.theme.colour(Token::List));
}

TEST_CASE("the chosen conversation stays chosen while its row moves, leaves and comes back")
{
    Fixture fixture(plainRows(5));
    QSignalSpy chosen(&fixture.view, &ThreadListView::currentConversationChanged);
    fixture.view.select(ConversationId(30));
    CHECK(fixture.view.currentIndex().row() == 2);

    fixture.store[2].key = {5, 30};
    fixture.apply(30);
    CHECK(fixture.view.currentIndex().row() == 0);

    ConversationRow gone = fixture.store[0];
    fixture.store.erase(fixture.store.begin());
    fixture.apply(30);
    CHECK_FALSE(fixture.view.currentIndex().isValid());
    CHECK(fixture.view.currentConversation() == ConversationId(30));

    gone.key = {35, 30};
    fixture.store.push_back(gone);
    fixture.apply(30);
    CHECK(fixture.view.currentIndex().row() == 2);
    CHECK(fixture.view.selectionModel()->isSelected(fixture.model.index(2)));

    fixture.model.setQuery({});
    fixture.settle();
    CHECK(fixture.view.currentIndex().row() == 2);
    CHECK(chosen.isEmpty());
}

TEST_CASE("after the chosen one has left, next is the one that took its place")
{
    Fixture fixture(plainRows(4));
    QSignalSpy chosen(&fixture.view, &ThreadListView::currentConversationChanged);
    fixture.view.select(ConversationId(20));
    fixture.store.erase(fixture.store.begin() + 1);
    fixture.apply(20);
    CHECK(chosen.isEmpty());
    CHECK(fixture.view.selectNext());
    CHECK(fixture.view.currentConversation() == ConversationId(30));
    CHECK(fixture.view.selectNext());
    CHECK_FALSE(fixture.view.selectNext());
    CHECK(fixture.view.selectPrevious());
    CHECK(fixture.view.currentConversation() == ConversationId(30));
    CHECK(chosen.size() == 3);
}

TEST_CASE("keys move the choice and Enter goes to the conversation")
{
    Fixture fixture(plainRows(20));
    QSignalSpy chosen(&fixture.view, &ThreadListView::currentConversationChanged);
    QSignalSpy activated(&fixture.view, &ThreadListView::conversationActivated);
    fixture.view.select(ConversationId(10));
    QTest::keyClick(&fixture.view, Qt::Key_Down);
    CHECK(fixture.view.currentConversation() == ConversationId(20));
    QTest::keyClick(&fixture.view, Qt::Key_PageDown);
    CHECK(fixture.view.currentConversation() == ConversationId(70));
    QTest::keyClick(&fixture.view, Qt::Key_PageUp);
    QTest::keyClick(&fixture.view, Qt::Key_End);
    CHECK(fixture.view.currentConversation() == ConversationId(200));
    CHECK(fixture.view.verticalScrollBar()->value() == fixture.view.verticalScrollBar()->maximum());
    QTest::keyClick(&fixture.view, Qt::Key_Home);
    CHECK(fixture.view.currentConversation() == ConversationId(10));
    QTest::keyClick(&fixture.view, Qt::Key_Return);
    CHECK(chosen.size() == 5);
    CHECK(activated.size() == 1);
}

TEST_CASE("a click chooses, a click on the hover actions only asks")
{
    Fixture fixture(plainRows(5));
    QSignalSpy chosen(&fixture.view, &ThreadListView::currentConversationChanged);
    QSignalSpy done(&fixture.view, &ThreadListView::doneRequested);
    QSignalSpy assign(&fixture.view, &ThreadListView::assignToMeRequested);
    QTest::mouseClick(fixture.view.viewport(), Qt::LeftButton, {}, {150, 102 + 50});
    CHECK(fixture.view.currentConversation() == ConversationId(20));
    QTest::mouseClick(fixture.view.viewport(), Qt::LeftButton, {}, {340 - 8 - 40, 15});
    QTest::mouseClick(fixture.view.viewport(), Qt::LeftButton, {}, {340 - 8 - 10, 15});
    REQUIRE(done.size() == 1);
    REQUIRE(assign.size() == 1);
    CHECK(done.first().first().value<ConversationId>() == ConversationId(10));
    CHECK(fixture.view.currentConversation() == ConversationId(20));
    CHECK(chosen.size() == 1);
}

TEST_CASE("what is being read keeps its place when something comes in above")
{
    Fixture fixture(plainRows(30));
    QSignalSpy above(&fixture.view, &ThreadListView::newAboveChanged);
    fixture.view.verticalScrollBar()->setValue(500);
    fixture.store.push_back(test::plainRow(1));
    fixture.apply(1);
    CHECK(fixture.view.verticalScrollBar()->value() == 602);
    CHECK(fixture.view.newAbove() == 1);
    fixture.store.push_back(test::plainRow(295));
    fixture.apply(295);
    CHECK(fixture.view.verticalScrollBar()->value() == 602);
    CHECK(fixture.view.newAbove() == 1);
    fixture.view.verticalScrollBar()->setValue(0);
    CHECK(fixture.view.newAbove() == 0);
    CHECK(above.size() == 2);
    // At the top new ones are simply seen.
    fixture.store.push_back(test::plainRow(2));
    fixture.apply(2);
    CHECK(fixture.view.verticalScrollBar()->value() == 0);
    CHECK(fixture.view.newAbove() == 0);
}

TEST_CASE("scrolling reads the next page before its end is reached")
{
    Fixture fixture(plainRows(300));
    CHECK(fixture.model.rowCount() == 60);
    fixture.view.verticalScrollBar()->setValue(60 * 102 - 1700);
    fixture.settle();
    CHECK(fixture.model.rowCount() == 120);
}

TEST_CASE("a screen reader hears a list whose items are the sentences of the cards")
{
    Fixture fixture(test::sampleRows());
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&fixture.view);
    REQUIRE(list);
    CHECK(list->text(QAccessible::Name) == u"Conversations"_s);
    REQUIRE(list->childCount() == 8);
    CHECK(list->child(1)->text(QAccessible::Name).startsWith(u"Unread. \u2068Rosalind Achterberg"_s));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/conversation/bubble_delegate.h"
#include "ui/conversation/message_list_view.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QImage>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace indelible;
using ui::ConversationModel;
using ui::MessageListView;
using ui::Theme;
using ui::Token;

namespace {

struct Fixture
{
    explicit Fixture(ConversationView conversation, QSize size = {546, 600})
        : stored(std::move(conversation))
    {
        clock.set(test::sampleNow());
        theme.applyTo(*qApp);
        model.setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
        view.resize(size);
        view.show();
        model.open(stored.row.id);
        test::waitUntil([this] { return model.rowCount() > 0; });
        QCoreApplication::processEvents();
    }

    ConversationView answer(int limit, std::optional<ItemId> before) const
    {
        ConversationView part = stored;
        auto end = part.items.end();
        if (before)
            end = std::find_if(part.items.begin(), part.items.end(),
                               [&](const ItemView &item) { return item.id == *before; });
        const auto begin = end - part.items.begin() > limit ? end - limit : part.items.begin();
        part.olderItems = begin != part.items.begin();
        part.items = std::vector<ItemView>(begin, end);
        return part;
    }

    void refresh()
    {
        QSignalSpy refreshed(&model, &ConversationModel::refreshed);
        model.refresh();
        test::waitUntil([&] { return !refreshed.isEmpty(); });
        QCoreApplication::processEvents();
    }

    /// Middle of the bubble's part where clicking does `action`.
    QPoint place(const QString &key, ui::BubbleAction action) const
    {
        const QModelIndex index = model.index(model.rowOf(key));
        const ui::BubbleDelegate delegate(theme);
        QStyleOptionViewItem option;
        option.rect = view.visualRect(index);
        for (int y = option.rect.top(); y < option.rect.bottom(); y += 3)
            for (int x = 0; x < option.rect.width(); x += 3)
                if (delegate.hit(option, *model.bubble(index.row()), {x, y}).action == action)
                    return {x, y};
        return {-1, -1};
    }

    void click(const QString &key, ui::BubbleAction action)
    {
        view.scrollTo(model.index(model.rowOf(key)));
        const QPoint point = place(key, action);
        REQUIRE(point.x() >= 0);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, point);
    }

    test::FakeClock clock;
    Theme theme{Theme::Mode::Light};
    ConversationView stored;
    ConversationModel model{[this](ConversationId, int limit, std::optional<ItemId> before) {
                                return test::ready<ConversationView>(answer(limit, before));
                            },
                            clock};
    MessageListView view{theme, model};
};

ConversationView longConversation(int count)
{
    ConversationView view = test::sampleConversation();
    view.row.unread = false;
    view.items.clear();
    view.events.clear();
    for (int i = 0; i < count; ++i)
        view.items.push_back(test::sampleItem(1000 + i, view.row.person,
                                              u"Message number %1 "_s.arg(i).repeated(1 + i % 7),
                                              test::sampleTime(u"08:00"_s) + std::chrono::seconds(i)));
    return view;
}

} // namespace

TEST_CASE("bubbles are painted in the colours of who speaks and to whom")
{
    Fixture fixture(test::sampleConversation());
    const QImage image = fixture.view.viewport()->grab().toImage();
    const auto colourIn = [&](const QString &key, int x) {
        const QRect rect = fixture.view.visualRect(fixture.model.index(fixture.model.rowOf(key)));
        return image.pixelColor(x, rect.top() + 6);
    };
    CHECK(colourIn(u"i1"_s, 300) == fixture.theme.colour(Token::BubbleIn));
    CHECK(colourIn(u"i2"_s, 200) == fixture.theme.colour(Token::Content));
    CHECK(colourIn(u"i3"_s, 500) == fixture.theme.colour(Token::BubbleOut));
    CHECK(colourIn(u"e18196"_s, 273) == fixture.theme.colour(Token::NoteBackground));
    // The avatar's column is free beside ours.
    CHECK(colourIn(u"i3"_s, 20) == fixture.theme.colour(Token::Content));

    Fixture states(test::stateConversation(), {546, 900});
    const QImage other = states.view.viewport()->grab().toImage();
    const QRect mine = states.view.visualRect(states.model.index(states.model.rowOf(u"i13"_s)));
    CHECK(other.pixelColor(500, mine.top() + 6) == states.theme.colour(Token::BubblePrivate));
}

TEST_CASE("bubbles change sides in a right-to-left interface")
{
    Fixture fixture(test::sampleConversation());
    fixture.view.setLayoutDirection(Qt::RightToLeft);
    fixture.view.resize(547, 600);
    const QImage image = fixture.view.viewport()->grab().toImage();
    const QRect ours = fixture.view.visualRect(fixture.model.index(fixture.model.rowOf(u"i3"_s)));
    CHECK(image.pixelColor(40, ours.top() + 6) == fixture.theme.colour(Token::BubbleOut));
    CHECK(image.pixelColor(520, ours.top() + 6) == fixture.theme.colour(Token::Content));
}

TEST_CASE("a read conversation opens at its end, an unread one where reading goes on")
{
    const Fixture fixture(longConversation(60));
    CHECK(fixture.view.isAtEnd());
    ConversationView unread = longConversation(60);
    unread.row.unread = true;
    unread.items[20].item.direction = Direction::Outgoing;
    const Fixture other(std::move(unread));
    CHECK_FALSE(other.view.isAtEnd());
    const QRect ours = other.view.visualRect(other.model.index(other.model.rowOf(u"i1020"_s)));
    CHECK(ours.top() == 0);
}

TEST_CASE("a new message is followed at the end and does not disturb reading above")
{
    Fixture fixture(longConversation(50));
    fixture.stored.items.push_back(test::sampleItem(2000, fixture.stored.row.person, u"new"_s, test::sampleNow()));
    fixture.refresh();
    CHECK(fixture.view.isAtEnd());
    fixture.view.verticalScrollBar()->setValue(700);
    fixture.stored.items.push_back(test::sampleItem(2001, fixture.stored.row.person, u"newer"_s, test::sampleNow()));
    fixture.refresh();
    CHECK(fixture.view.verticalScrollBar()->value() == 700);
    CHECK_FALSE(fixture.view.isAtEnd());
}

TEST_CASE("older messages come in above without moving what is read")
{
    Fixture fixture(longConversation(200));
    CHECK(fixture.model.rowCount() == 41);
    fixture.view.verticalScrollBar()->setValue(400);
    const QModelIndex shown = fixture.view.indexAt({200, 100});
    const QString key = shown.data(ConversationModel::KeyRole).toString();
    const int top = fixture.view.visualRect(shown).top();
    test::waitUntil([&] { return fixture.model.rowCount() == 81; });
    QCoreApplication::processEvents();
    CHECK(fixture.view.visualRect(fixture.model.index(fixture.model.rowOf(key))).top() == top);
    CHECK(fixture.view.verticalScrollBar()->value() > 400);
}

TEST_CASE("a change of width keeps the end at the end and the first line at its place")
{
    Fixture fixture(longConversation(40));
    fixture.view.resize(420, 600);
    CHECK(fixture.view.isAtEnd());
    fixture.view.verticalScrollBar()->setValue(500);
    const QString key = fixture.view.indexAt({200, 0}).data(ConversationModel::KeyRole).toString();
    fixture.view.resize(700, 500);
    CHECK(fixture.view.indexAt({200, 1}).data(ConversationModel::KeyRole).toString() == key);
}

TEST_CASE("what can be clicked in a bubble asks for exactly that")
{
    Fixture fixture(test::sampleConversation());
    QSignalSpy entries(&fixture.view, &MessageListView::entryActivated);
    fixture.click(u"i3"_s, ui::BubbleAction::OpenEntry);
    REQUIRE(entries.size() == 1);
    CHECK(entries.first().first().toLongLong() == 18195);
    fixture.click(u"i1"_s, ui::BubbleAction::ToggleVersions);
    CHECK_FALSE(fixture.model.bubble(1)->changes.empty());
    fixture.view.setCurrentIndex(fixture.model.index(1));
    fixture.view.toggleCurrentVersions();
    CHECK(fixture.model.bubble(1)->changes.empty());

    Fixture states(test::stateConversation());
    QSignalSpy links(&states.view, &MessageListView::linkActivated);
    QSignalSpy undo(&states.view, &MessageListView::undoRequested);
    QSignalSpy now(&states.view, &MessageListView::sendNowRequested);
    QSignalSpy again(&states.view, &MessageListView::sendAgainRequested);
    QSignalSpy giveUp(&states.view, &MessageListView::giveUpRequested);
    states.click(u"i12"_s, ui::BubbleAction::OpenLink);
    REQUIRE(links.size() == 1);
    CHECK(links.first().first().toUrl() == QUrl(u"https://example.org/menu"_s));
    states.click(u"o1"_s, ui::BubbleAction::UndoSend);
    states.click(u"o1"_s, ui::BubbleAction::SendNow);
    states.click(u"o3"_s, ui::BubbleAction::SendAgain);
    states.click(u"o4"_s, ui::BubbleAction::GiveUp);
    CHECK(undo.first().first().value<OutboxId>() == OutboxId(1));
    CHECK(now.first().first().value<OutboxId>() == OutboxId(1));
    CHECK(again.first().first().value<OutboxId>() == OutboxId(3));
    CHECK(giveUp.first().first().value<OutboxId>() == OutboxId(4));
}

TEST_CASE("quoted text and files are reached by a click and by the menu of the message")
{
    Fixture fixture(test::mailConversation(), {546, 900});
    fixture.model.setSavesFiles([](AccountId) { return true; });
    fixture.refresh();
    QSignalSpy saving(&fixture.view, &MessageListView::saveRequested);
    fixture.click(u"i21"_s, ui::BubbleAction::SaveAttachment);
    REQUIRE(saving.size() == 1);
    CHECK(saving.first().at(0).value<ItemId>() == ItemId(21));
    CHECK(saving.first().at(1).toInt() == 0);
    fixture.click(u"i21"_s, ui::BubbleAction::ToggleQuote);
    CHECK(fixture.model.bubble(1)->quoteStart > 0);

    fixture.view.setCurrentIndex(fixture.model.index(1));
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(fixture.view.viewport(), &asked);
    const auto *menu = fixture.view.findChild<QMenu *>();
    REQUIRE(menu);
    QStringList texts;
    for (QAction *action : menu->actions()) {
        texts.append(action->text());
        if (action->text() == u"Save bill 1042.pdf…"_s || action->text() == u"Hide quoted text"_s)
            action->trigger();
    }
    INFO(texts.join(u" | "_s).toStdString());
    REQUIRE(saving.size() == 2);
    CHECK(saving.last().at(1).toInt() == 1);
    CHECK(fixture.model.bubble(1)->quoteStart == -1);
}

TEST_CASE("Enter opens the words of a message as plain text and Esc closes them")
{
    ConversationView stored = test::sampleConversation();
    const QString hostile = u"<img src=\"http://127.0.0.1:9/x.png\"><b>bold</b>"_s;
    stored.items.back().item.text = hostile;
    Fixture fixture(std::move(stored));
    fixture.view.setCurrentIndex(fixture.model.index(fixture.model.rowCount() - 1));
    QTest::keyClick(&fixture.view, Qt::Key_Return);
    auto *reader = fixture.view.findChild<QPlainTextEdit *>();
    REQUIRE(reader);
    CHECK(reader->isReadOnly());
    CHECK(reader->toPlainText() == hostile);
    CHECK(fixture.view.viewport()->rect().contains(reader->geometry()));
    QTest::keyClick(reader, Qt::Key_Escape);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    CHECK(fixture.view.findChild<QPlainTextEdit *>() == nullptr);
}

TEST_CASE("very long words, lines and texts keep the layout and cost no noticeable time")
{
    ConversationView stored = longConversation(3);
    stored.items[0].item.text = QString(60'000, u'x');
    stored.items[1].item.text = u"word "_s.repeated(8'000) + u"\n\n\n"_s.repeated(200);
    stored.items[2].item.text = u"a"_s + QString(3'000, QChar(0x0301));
    Fixture fixture(std::move(stored), {300, 500});
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 3; ++i) {
        fixture.model.showMore(fixture.model.rowOf(u"i1000"_s));
        fixture.model.showMore(fixture.model.rowOf(u"i1001"_s));
    }
    fixture.view.grab();
    CHECK(timer.elapsed() < 3000);
    CHECK(fixture.view.visualRect(fixture.model.index(fixture.model.rowOf(u"i1002"_s))).height() < 200);
    const ui::BubbleDelegate delegate(fixture.theme);
    for (int row = 0; row < fixture.model.rowCount(); ++row) {
        QStyleOptionViewItem option;
        option.rect = fixture.view.visualRect(fixture.model.index(row));
        CHECK(option.rect.contains(delegate.bodyRect(option, *fixture.model.bubble(row))));
    }
}

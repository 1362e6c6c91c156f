// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/models/conversation_model.h"
#include "ui/models/person_words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace indelible;
using ui::Bubble;
using ui::BubbleAction;
using ui::ConversationModel;
using ui::handleText;

namespace {

/// A conversation in memory of which the source gives the newest `limit` items, or those before one.
struct Fixture
{
    explicit Fixture(ConversationView stored)
        : view(std::move(stored))
    {
        clock.set(test::sampleNow());
        model.setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
        model.open(view.row.id);
        test::waitUntil([this] { return model.rowCount() > 0; });
    }

    ConversationView answer(int limit, std::optional<ItemId> before) const
    {
        ConversationView part = view;
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
    }

    QStringList keys() const
    {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row).data(ConversationModel::KeyRole).toString());
        return all;
    }

    test::FakeClock clock;
    ConversationView view;
    ConversationModel model{[this](ConversationId, int limit, std::optional<ItemId> before) {
                                return test::ready<ConversationView>(answer(limit, before));
                            },
                            clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

ConversationView longConversation(int count)
{
    ConversationView view = test::sampleConversation();
    view.items.clear();
    view.events.clear();
    for (int i = 0; i < count; ++i)
        view.items.push_back(test::sampleItem(1000 + i, view.row.person, u"Message %1"_s.arg(i),
                                              test::sampleTime(u"08:00"_s) + std::chrono::seconds(i)));
    return view;
}

QStringList actions(const Bubble &bubble)
{
    QStringList all;
    for (const ui::FooterPart &part : bubble.footer)
        if (part.action != BubbleAction::None)
            all.append(part.text);
    return all;
}

} // namespace

TEST_CASE("a conversation shows days, items, events and notes in the order they happened")
{
    const Fixture fixture(test::sampleConversation());
    CHECK(fixture.keys() == QStringList{u"d20251015"_s, u"i1"_s, u"i2"_s, u"e18193"_s, u"i3"_s, u"e18196"_s, u"i4"_s});
    CHECK(fixture.model.bubble(0)->text == u"Today"_s);
    CHECK(fixture.model.bubble(3)->text.contains("case #1042"_L1));
    CHECK(fixture.model.bubble(5)->kind == Bubble::Kind::Note);
    CHECK(fixture.model.bubble(1)->heading == u"Review"_s);
    CHECK(fixture.model.bubble(2)->heading == u"Geoff Marlowe"_s);
}

TEST_CASE("an edited item says so and unfolds what changed")
{
    Fixture fixture(test::sampleConversation());
    CHECK(actions(*fixture.model.bubble(1)) == QStringList{u"Edited 10:21, both versions kept"_s});
    CHECK(fixture.model.bubble(1)->changes.empty());
    CHECK(fixture.model.bubble(1)->accessibleText.startsWith(
        u"\u2068Rosalind Achterberg\u2069, 09:58, review, 1 of 5 stars, edited once, earlier version kept: "_s));
    fixture.model.toggleVersions(1);
    CHECK(fixture.model.bubble(1)->changes.size() == 3);
    CHECK(fixture.model.bubble(1)->accessibleText.contains(u"Worst bakery in town"_s));
    fixture.refresh();
    CHECK(fixture.model.bubble(1)->changes.size() == 3);
    fixture.model.toggleVersions(1);
    CHECK(fixture.model.bubble(1)->changes.empty());
}

TEST_CASE("a deleted item stays with its words and says where it is gone")
{
    const Fixture fixture(test::sampleConversation());
    const auto bubble = fixture.model.bubble(2);
    CHECK(bubble->gone);
    CHECK(bubble->text == u"Same with my sister’s christening cake. Never again."_s);
    CHECK(bubble->footer.back().text == u"Deleted by author 11:00, kept here"_s);
}

TEST_CASE("our answer names who sent it and its record entry")
{
    const Fixture fixture(test::sampleConversation());
    const auto bubble = fixture.model.bubble(4);
    CHECK(bubble->kind == Bubble::Kind::Ours);
    CHECK(bubble->footer.front().text == u"11:20 · sent by \u2068Priya\u2069"_s);
    CHECK(actions(*bubble) == QStringList{u"№ 18,195"_s});
}

TEST_CASE("answers on their way show their state, the reason and the way forward")
{
    Fixture fixture(test::stateConversation());
    const int queued = fixture.model.rowOf(u"o1"_s);
    CHECK(fixture.model.bubble(queued)->footer.front().text == u"Sending in 6 s"_s);
    CHECK(actions(*fixture.model.bubble(queued)) == QStringList{u"Undo"_s, u"Send now"_s});
    CHECK(actions(*fixture.model.bubble(queued + 1)).isEmpty());
    CHECK(fixture.model.bubble(queued + 2)->footer.front().text == u"Not sent: signed out of Facebook"_s);
    CHECK(actions(*fixture.model.bubble(queued + 2)) == QStringList{u"Send again"_s, u"Do not send"_s});
    CHECK(
        fixture.model.bubble(queued + 3)->footer.front().text.startsWith(u"It is not clear whether this was sent: "_s));

    CHECK(fixture.model.isCountingDown());
    fixture.clock.advance(4s);
    fixture.model.refreshTimes();
    CHECK(fixture.model.isCountingDown());
    CHECK(fixture.model.bubble(queued)->footer.front().text == u"Sending in 2 s"_s);
    fixture.clock.advance(4s);
    fixture.model.refreshTimes();
    CHECK_FALSE(fixture.model.isCountingDown());
    CHECK(fixture.model.bubble(queued)->footer.front().text == u"Waiting to be sent"_s);
}

TEST_CASE("new items, a sent answer and an edit change lines without a reset")
{
    Fixture fixture(test::stateConversation());
    QSignalSpy resets(&fixture.model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&fixture.model, &QAbstractItemModel::dataChanged);
    fixture.refresh();
    CHECK(changes.isEmpty());

    fixture.view.outbox.erase(fixture.view.outbox.begin());
    fixture.view.items.push_back(
        test::sampleItem(50, fixture.view.row.person, u"And one more thing."_s, test::sampleTime(u"14:31"_s)));
    fixture.view.items.front().item.text = u"changed"_s;
    fixture.view.items.front().revisions.push_back({u"changed"_s, test::sampleTime(u"12:00"_s), 500});
    fixture.refresh();
    CHECK(fixture.model.rowOf(u"o1"_s) == -1);
    CHECK(fixture.model.rowOf(u"i50"_s) > fixture.model.rowOf(u"i13"_s));
    CHECK(fixture.model.rowOf(u"i50"_s) < fixture.model.rowOf(u"o2"_s));
    CHECK(changes.size() == 1);
    std::swap(fixture.view.items[1], fixture.view.items[2]);
    fixture.refresh();
    CHECK(fixture.model.rowOf(u"i13"_s) < fixture.model.rowOf(u"i12"_s));
    CHECK(resets.isEmpty());
}

TEST_CASE("older items come in above and stay through a refresh")
{
    Fixture fixture(longConversation(160));
    CHECK(fixture.model.rowCount() == 41);
    CHECK(fixture.model.hasOlder());
    fixture.model.fetchOlder();
    fixture.model.fetchOlder();
    test::waitUntil([&] { return fixture.model.rowCount() == 81; });
    fixture.refresh();
    CHECK(fixture.model.rowCount() == 81);
    fixture.model.fetchOlder();
    test::waitUntil([&] { return fixture.model.rowCount() == 121; });
    fixture.model.fetchOlder();
    test::waitUntil([&] { return fixture.model.rowCount() == 161; });
    CHECK_FALSE(fixture.model.hasOlder());
    CHECK(fixture.model.bubble(1)->text == u"Message 0"_s);
}

TEST_CASE("reading starts at what came after our last answer while it is unread")
{
    Fixture fixture(test::sampleConversation());
    CHECK(fixture.model.firstUnseenRow() == fixture.model.rowOf(u"i4"_s));
    fixture.view.row.unread = false;
    fixture.refresh();
    CHECK(fixture.model.firstUnseenRow() == -1);
}

TEST_CASE("a text of a hundred thousand letters is folded and unfolds in steps")
{
    ConversationView view = longConversation(1);
    view.items[0].item.text = QString(100'000, u'x');
    Fixture fixture(std::move(view));
    CHECK(fixture.model.bubble(1)->text.size() == 20'001);
    CHECK(actions(*fixture.model.bubble(1)) == QStringList{u"Show more"_s});
    CHECK(fixture.model.bubble(1)->fullText.size() == 100'000);
    for (int i = 0; i < 4; ++i)
        fixture.model.showMore(1);
    CHECK(fixture.model.bubble(1)->text.size() == 100'000);
    CHECK(actions(*fixture.model.bubble(1)).isEmpty());
}

TEST_CASE("links stand where their words are, also behind marks that are not shown")
{
    ConversationView view = longConversation(1);
    const QString marks = u"a"_s + QString(50, QChar(0x0301));
    view.items[0].item.text = marks + u" see example.org now"_s;
    const auto start = static_cast<qsizetype>(view.items[0].item.text.indexOf(u"example"_s));
    view.items[0].item.links = {{start, 11, TextLink::Kind::Web, u"https://example.org/"_s},
                                {start + 900, 5, TextLink::Kind::Web, u"https://outside.example/"_s},
                                {0, 1, TextLink::Kind::Person, u"did:plc:x"_s}};
    const Fixture fixture(std::move(view));
    const auto bubble = fixture.model.bubble(1);
    REQUIRE(bubble->links.size() == 2);
    CHECK(bubble->text.mid(bubble->links[0].start, bubble->links[0].length) == u"example.org"_s);
    CHECK(bubble->links[0].address == u"https://example.org/"_s);
    CHECK(bubble->links[1].address.isEmpty());
}

TEST_CASE("a foreign language is named and pictures are only described")
{
    const Fixture fixture(test::stateConversation());
    const auto bubble = fixture.model.bubble(fixture.model.rowOf(u"i11"_s));
    CHECK(bubble->footer.front().text == u"10:12 · Arabic"_s);
    REQUIRE(bubble->lines.size() == 1);
    CHECK(bubble->lines[0].text == u"Picture: a cake with two candles"_s);
    CHECK(bubble->isPrivate);
}

TEST_CASE("whom somebody is easily taken for stands under their words, and is spoken before them")
{
    ConversationView view = longConversation(2);
    view.items[1].looksLike = LookAlike{u"bluesky"_s, u"marigold.example"_s, true};
    const Fixture fixture(std::move(view));
    CHECK(fixture.model.bubble(1)->lines.empty());
    const auto bubble = fixture.model.bubble(2);
    REQUIRE(bubble->lines.size() == 1);
    CHECK(bubble->lines[0].isWarning);
    const QString name = isolated(u"@marigold.example"_s);
    CHECK(bubble->lines[0].text == u"Looks like %1, is not %1"_s.arg(name));
    CHECK(bubble->accessibleText.count(bubble->lines[0].text) == 1);
    CHECK(bubble->accessibleText.indexOf(bubble->lines[0].text) < bubble->accessibleText.indexOf(bubble->text));
}

TEST_CASE("handles are written as people of their network write them")
{
    CHECK(handleText(u"bluesky"_s, u"ana.example"_s) == u"@ana.example"_s);
    CHECK(handleText(u"email"_s, u"ana@post.example"_s) == u"ana@post.example"_s);
    CHECK(handleText(u"facebook"_s, u"Ana Lima"_s) == u"Ana Lima"_s);
    CHECK(handleText({}, u"Ana"_s) == u"Ana"_s);
    CHECK(handleText(u"bluesky"_s, {}).isEmpty());
}

TEST_CASE("what a mail quotes below is folded, and unfolded it is there to the letter")
{
    Fixture fixture(test::mailConversation());
    const QString whole = fixture.view.items[0].item.text;
    const auto shown = [&] { return fixture.model.bubble(1); };
    CHECK(shown()->text.endsWith("Ana Lima"_L1));
    CHECK(shown()->fullText == whole);
    CHECK(shown()->quoteStart == -1);
    CHECK(shown()->links.empty());
    REQUIRE_FALSE(shown()->lines.empty());
    CHECK(shown()->lines[0].text == u"Show quoted text"_s);
    CHECK(shown()->accessibleText.contains(u", quoted text folded: "_s));
    CHECK_FALSE(shown()->accessibleText.contains(u"We are sorry"_s));
    CHECK(actions(*shown()).isEmpty());
    fixture.model.toggleQuote(1);
    CHECK(shown()->text == whole);
    CHECK(shown()->text.mid(shown()->quoteStart).startsWith("On Mon, 13"_L1));
    CHECK(shown()->links.size() == 1);
    CHECK(shown()->lines[0].text == u"Hide quoted text"_s);
    CHECK_FALSE(shown()->accessibleText.contains(u"folded"_s));
    fixture.refresh();
    CHECK(shown()->text == whole);
    fixture.model.toggleQuote(1);
    CHECK(shown()->text.endsWith("Ana Lima"_L1));

    CHECK(fixture.model.bubble(2)->text == u"Keep it, please: we bring you a new one."_s);
    CHECK(fixture.model.bubble(3)->text == u"شكراً لكم، السلة الجديدة جميلة جداً."_s);
}

TEST_CASE("on networks where programs quote nothing every line is shown")
{
    ConversationView view = test::mailConversation();
    view.row.network = u"telegram"_s;
    const Fixture fixture(std::move(view));
    CHECK(fixture.model.bubble(1)->text == fixture.model.bubble(1)->fullText);
    CHECK(std::ranges::none_of(fixture.model.bubble(1)->lines,
                               [](const ui::BubbleLine &line) { return line.action == BubbleAction::ToggleQuote; }));
}

TEST_CASE("new words and a quotation of a hundred thousand letters each unfold in steps")
{
    ConversationView view = longConversation(1);
    view.row.network = u"email"_s;
    view.items[0].item.text = QString(100'000, u'x') + u"\nOn 1/1/2026 Pri wrote:\n> "_s + QString(100'000, u'y');
    Fixture fixture(std::move(view));
    CHECK(fixture.model.bubble(1)->text == QString(20'000, u'x') + QChar(0x2026));
    for (int i = 0; i < 4; ++i)
        fixture.model.showMore(1);
    CHECK(fixture.model.bubble(1)->text == QString(100'000, u'x'));
    CHECK(actions(*fixture.model.bubble(1)).isEmpty());
    fixture.model.toggleQuote(1);
    CHECK(actions(*fixture.model.bubble(1)) == QStringList{u"Show more"_s});
    for (int i = 0; i < 6; ++i)
        fixture.model.showMore(1);
    CHECK(fixture.model.bubble(1)->text == fixture.view.items[0].item.text);
}

TEST_CASE("files are offered for saving where the account hands them out, and they are still there")
{
    Fixture fixture(test::mailConversation());
    const auto saves = [&] {
        QList<int> numbers;
        for (const ui::BubbleLine &line : fixture.model.bubble(1)->lines) {
            if (line.action == BubbleAction::SaveAttachment)
                numbers.append(line.attachment);
        }
        return numbers;
    };
    CHECK(saves().isEmpty());
    fixture.model.setSavesFiles([&](AccountId id) { return id == fixture.view.row.account; });
    fixture.refresh();
    CHECK(saves() == QList<int>{0, 1, 2});
    CHECK(fixture.model.bubble(1)->accessibleText.contains(u"File: bill 1042.pdf."_s));
    fixture.view.items[0].item.media[0].address = u"https://example.org/a.jpg"_s;
    fixture.refresh();
    CHECK(saves() == QList<int>{1, 2});
    fixture.view.items[0].gone = RemoteGone::Reason::HiddenByNetwork;
    fixture.refresh();
    CHECK(saves().isEmpty());
}

TEST_CASE("an item from the future is dated when it was seen")
{
    ConversationView view = longConversation(1);
    view.items[0].item.createdAt = test::sampleNow() + 24h * 4000;
    view.items[0].receivedAt = test::sampleTime(u"09:00"_s);
    const Fixture fixture(std::move(view));
    CHECK(fixture.model.bubble(0)->text == u"Today"_s);
    CHECK(fixture.model.bubble(1)->footer.front().text == u"09:00"_s);
}

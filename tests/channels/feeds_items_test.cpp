// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_items.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using namespace indelible;
using namespace indelible::channels::feeds;
using namespace Qt::StringLiterals;

namespace {

const QUrl kAddress(u"https://blog.example/feed"_s);

FeedEntry entry(const QString &id, const QString &link, const QString &title, const QString &content = {})
{
    FeedEntry made;
    made.id = id;
    made.link = link;
    made.title = {title, false};
    made.content = {content, false};
    return made;
}

FeedNews read(const std::vector<FeedEntry> &entries, const std::vector<KnownEntry> &before = {},
              const QStringList &words = {})
{
    FeedDocument document;
    document.title = u"Blog"_s;
    document.entries = entries;
    return newsOf(document, kAddress, before, words, test::FakeClock().now());
}

QStringList ids(const FeedNews &news)
{
    QStringList all;
    for (const RemoteItem &item : news.items)
        all.append(item.remoteId);
    return all;
}

} // namespace

TEST_CASE("an item's id is its own, else its link, else a hash of what it says")
{
    const FeedNews news =
        read({entry(u"g"_s, u"https://blog.example/1"_s, u"One"_s), entry({}, u"https://blog.example/2"_s, u"Two"_s),
              entry({}, {}, u"Three"_s), entry(QString(2000, u'x'), {}, u"Four"_s)});
    REQUIRE(news.items.size() == 4);
    CHECK(news.items[0].remoteId == u"g"_s);
    CHECK(news.items[1].remoteId == u"https://blog.example/2"_s);
    CHECK(news.items[2].remoteId.startsWith(u"sha256:"_s));
    CHECK(news.items[3].remoteId.startsWith(u"sha256:"_s));
    CHECK(ids(read({entry({}, {}, u"Three"_s)})) == QStringList{news.items[2].remoteId});
}

TEST_CASE("the same id with another link and another title is another item, and stays that item")
{
    const FeedNews first = read({entry(u"g"_s, u"https://blog.example/1"_s, u"One"_s)});
    const FeedNews second = read({entry(u"g"_s, u"https://blog.example/2"_s, u"Two"_s)}, first.known);
    REQUIRE(second.items.size() == 1);
    CHECK(ids(second) != ids(first));
    CHECK(ids(second).front().startsWith(u"g "_s));
    // Both again, the second with a new title, then with a new link.
    const FeedNews third = read({entry(u"g"_s, u"https://blog.example/2"_s, u"Two, mended"_s),
                                 entry(u"g"_s, u"https://blog.example/1"_s, u"One"_s)},
                                second.known);
    CHECK(ids(third) == ids(second) + ids(first));
    const FeedNews fourth = read({entry(u"g"_s, u"https://blog.example/moved"_s, u"Two, mended"_s)}, third.known);
    CHECK(ids(fourth) == ids(second));
}

TEST_CASE("an item is an edit where only its title or only its link changed")
{
    const FeedNews first = read({entry(u"g"_s, u"https://blog.example/1"_s, u"One"_s, u"text"_s)});
    const FeedNews retitled = read({entry(u"g"_s, u"https://blog.example/1"_s, u"Uno"_s, u"text"_s)}, first.known);
    CHECK(ids(retitled) == ids(first));
    CHECK(retitled.items.front().version != first.items.front().version);
    const FeedNews moved =
        read({entry(u"g"_s, u"https://blog.example/1?utm_source=rss"_s, u"One"_s, u"text"_s)}, first.known);
    CHECK(moved.items.front().version == first.items.front().version);
}

TEST_CASE("a counter in a link is no edit, another place it leads to is")
{
    const auto linking = [](const QString &target) {
        FeedEntry made = entry(u"g"_s, u"https://blog.example/1"_s, u"One"_s);
        made.content = {u"<a href=\""_s + target + u"\">here</a>"_s, true};
        return read({made}).items.front();
    };
    const RemoteItem plain = linking(u"https://a.example/x?id=1"_s);
    CHECK(plain.links.size() == 1);
    CHECK(plain.text.mid(plain.links.front().start, plain.links.front().length) == u"here"_s);
    CHECK(linking(u"https://a.example/x?id=1&amp;utm_campaign=7"_s).version == plain.version);
    CHECK(linking(u"https://b.example/x?id=1"_s).version != plain.version);
}

TEST_CASE("a gap is possible where nothing that was there is left")
{
    const FeedNews first = read({entry(u"a"_s, {}, u"A"_s), entry(u"b"_s, {}, u"B"_s)});
    CHECK_FALSE(first.mayHaveMissed);
    CHECK_FALSE(read({entry(u"c"_s, {}, u"C"_s), entry(u"b"_s, {}, u"B"_s)}, first.known).mayHaveMissed);
    CHECK(read({entry(u"c"_s, {}, u"C"_s), entry(u"d"_s, {}, u"D"_s)}, first.known).mayHaveMissed);
    CHECK_FALSE(read({}, first.known).mayHaveMissed);
}

TEST_CASE("of what left the feed two hundred items are remembered, so that what comes back is known")
{
    std::vector<FeedEntry> many;
    for (int i = 0; i < 300; ++i)
        many.push_back(entry(QString::number(i), {}, u"t%1"_s.arg(i)));
    const FeedNews first = read(many);
    CHECK(first.known.size() == 300);
    const FeedNews second = read({entry(u"new"_s, {}, u"new"_s)}, first.known);
    CHECK(second.known.size() == 201);
}

TEST_CASE("watch words let in what has them, and its edits after that")
{
    const FeedEntry bread = entry(u"1"_s, {}, u"Corner Bakery opens"_s);
    const FeedEntry other = entry(u"2"_s, {}, u"Something else"_s);
    const FeedNews first = read({bread, other}, {}, {u"corner bakery"_s});
    CHECK(ids(first) == QStringList{u"1"_s});
    const FeedNews edited = read({entry(u"1"_s, {}, u"Nothing to see"_s), other}, first.known, {u"corner bakery"_s});
    CHECK_FALSE(edited.mayHaveMissed);
    // The title is another now, the link (none) is the same: the same item.
    CHECK(ids(edited) == QStringList{u"1"_s});
    const FeedNews later =
        read({entry(u"2"_s, {}, u"Something else: Corner Bakery"_s)}, edited.known, {u"corner bakery"_s});
    CHECK(ids(later) == QStringList{u"2"_s});
}

TEST_CASE("answers belong to the thread of what they answer, and a circle of answers ends")
{
    FeedEntry root = entry(u"root"_s, {}, u"Root"_s);
    FeedEntry answer = entry(u"answer"_s, {}, u"Answer"_s);
    answer.parent = u"root"_s;
    FeedEntry deeper = entry(u"deeper"_s, {}, u"Deeper"_s);
    deeper.parent = u"answer"_s;
    FeedEntry stray = entry(u"stray"_s, {}, u"Stray"_s);
    stray.parent = u"elsewhere"_s;
    const FeedNews news = read({deeper, answer, root, stray});
    QHash<QString, QString> threads;
    for (const RemoteItem &item : news.items)
        threads.insert(item.remoteId, item.threadId + u'<' + item.parentId);
    CHECK(threads.value(u"root"_s) == u"root<"_s);
    CHECK(threads.value(u"answer"_s) == u"root<root"_s);
    CHECK(threads.value(u"deeper"_s) == u"root<answer"_s);
    CHECK(threads.value(u"stray"_s) == u"elsewhere<elsewhere"_s);
    FeedEntry one = entry(u"one"_s, {}, u"One"_s);
    one.parent = u"two"_s;
    FeedEntry two = entry(u"two"_s, {}, u"Two"_s);
    two.parent = u"one"_s;
    const FeedNews circle = read({one, two});
    CHECK(circle.items.size() == 2);
    for (const RemoteItem &item : circle.items)
        CHECK_FALSE(item.threadId.isEmpty());
}

TEST_CASE("a date from the future counts as the moment of fetching")
{
    FeedEntry future = entry(u"f"_s, {}, u"Future"_s);
    future.published = test::FakeClock().now() + std::chrono::hours(48);
    CHECK(read({future}).items.front().createdAt == test::FakeClock().now());
    FeedEntry undated = entry(u"u"_s, {}, u"Undated"_s);
    CHECK(read({undated}).items.front().createdAt == test::FakeClock().now());
}

TEST_CASE("two people of the same name on two sites are two people")
{
    FeedEntry here = entry(u"1"_s, u"https://a.example/1"_s, u"One"_s);
    here.author.name = u"admin"_s;
    FeedEntry there = entry(u"2"_s, u"https://b.example/1"_s, u"Two"_s);
    there.author.name = u"Admin"_s;
    const FeedNews news = read({here, there});
    CHECK(news.items[0].author.remoteId == u"a.example/admin"_s);
    CHECK(news.items[1].author.remoteId == u"b.example/admin"_s);
}

TEST_CASE("what a position remembers comes back as it was")
{
    Position position;
    position.of = u"x"_s;
    position.etag = "W/\"\xff\x00\xe9\"";
    position.modified = "Fri, 20 Nov 2026 08:00:00 GMT";
    position.body = u"b"_s;
    position.movedTo = u"m"_s;
    position.known = {{u"k"_s, u"v"_s, u"l"_s, u"t"_s, true}, {u"k2"_s, {}, {}, {}, false}};
    position.lastGood = test::FakeClock().now();
    position.gap = u"gap"_s;
    position.gapSeen = test::FakeClock().now();
    position.pause = std::chrono::minutes(90);
    position.ended = u"ended"_s;
    const Position back = readPosition(writePosition(position));
    CHECK(back.etag == position.etag);
    CHECK(back.known == position.known);
    CHECK(back.pause == position.pause);
    CHECK(writePosition(back) == writePosition(position));
    CHECK(writePosition(readPosition("nonsense")) == writePosition(Position()));
}

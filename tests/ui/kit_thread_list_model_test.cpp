// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/models/thread_list_model.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QSignalSpy>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace indelible;
using ui::ThreadListModel;

namespace {

/// A store of `count` conversations in memory, a model of it and Qt's own model tester.
struct Fixture
{
    /// Qt's tester fetches all pages by itself; without it the model has only what the test asked for.
    explicit Fixture(int count, bool tested = true)
    {
        if (tested)
            tester = std::make_unique<QAbstractItemModelTester>(&model,
                                                                QAbstractItemModelTester::FailureReportingMode::Fatal);
        clock.set(test::sampleNow());
        for (int i = 1; i <= count; ++i)
            store.push_back(test::plainRow(i * 10));
        model.setLocale(QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc());
        model.setQuery({});
        settle();
    }

    void settle()
    {
        test::waitUntil([this] { return !model.isLoading(); });
        QCoreApplication::processEvents();
    }

    void apply(const QList<qint64> &ids)
    {
        QList<ConversationId> changed;
        for (const qint64 id : ids)
            changed.append(ConversationId(id));
        std::sort(store.begin(), store.end(), [](const auto &a, const auto &b) { return a.key < b.key; });
        model.applyChanged(changed);
        settle();
    }

    ConversationRow &stored(qint64 id)
    {
        return *std::find_if(store.begin(), store.end(), [id](const auto &row) { return row.id.value() == id; });
    }

    QList<qint64> shown() const
    {
        QList<qint64> ids;
        for (int row = 0; row < model.rowCount(); ++row)
            ids.append(model.conversationAt(row).value());
        return ids;
    }

    test::FakeClock clock;
    std::vector<ConversationRow> store;
    ThreadListModel model{test::pagesOf(store), test::rowsOf(store), clock};
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

TEST_CASE("the thread list reads page after page until there is no more")
{
    Fixture fixture(150, false);
    CHECK(fixture.model.rowCount() == 60);
    CHECK(fixture.model.isLoaded());
    while (fixture.model.canFetchMore({})) {
        const int before = fixture.model.rowCount();
        fixture.model.fetchMore({});
        CHECK_FALSE(fixture.model.canFetchMore({}));
        fixture.settle();
        CHECK(fixture.model.rowCount() > before);
    }
    CHECK(fixture.model.rowCount() == 150);
    CHECK(Fixture(150).shown() == fixture.shown());
    const QList<qint64> ids = fixture.shown();
    CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("a page that brings nothing new leads on to the next one")
{
    // As a search does where one long conversation matches again and again.
    const std::vector<QList<qint64>> pages{{}, {10, 20}, {20, 10}, {10}, {30}};
    std::vector<qint64> asked;
    const auto source = [&](const InboxQuery &query) {
        const qint64 number = query.after ? query.after->sortValue : 0;
        asked.push_back(number);
        InboxPage page;
        for (const qint64 id : pages.at(static_cast<size_t>(number)))
            page.rows.push_back(test::plainRow(id));
        if (number + 1 < static_cast<qint64>(pages.size()))
            page.next = PageKey{number + 1, 0};
        return test::ready<InboxPage>(std::move(page));
    };
    const test::FakeClock clock;
    std::vector<ConversationRow> none;
    ThreadListModel model(source, test::rowsOf(none), clock);
    QSignalSpy loaded(&model, &ThreadListModel::loaded);
    model.setQuery({});
    test::waitUntil([&] { return !model.isLoading(); });
    CHECK(model.rowCount() == 2);
    CHECK(loaded.size() == 1);
    model.fetchMore({});
    test::waitUntil([&] { return !model.isLoading(); });
    CHECK(model.rowCount() == 3);
    CHECK(asked == std::vector<qint64>{0, 1, 2, 3, 4});
    CHECK_FALSE(model.canFetchMore({}));
}

TEST_CASE("a change updates, moves, inserts and removes rows without a reset")
{
    Fixture fixture(5);
    QSignalSpy resets(&fixture.model, &QAbstractItemModel::modelReset);
    QSignalSpy moves(&fixture.model, &QAbstractItemModel::rowsMoved);
    QSignalSpy changes(&fixture.model, &QAbstractItemModel::dataChanged);
    CHECK(fixture.shown() == QList<qint64>{10, 20, 30, 40, 50});

    fixture.stored(30).unread = !fixture.stored(30).unread;
    fixture.apply({30});
    CHECK(moves.isEmpty());
    CHECK(changes.size() == 1);

    fixture.stored(40).key = {5, 40};
    fixture.apply({40});
    CHECK(fixture.shown() == QList<qint64>{40, 10, 20, 30, 50});
    fixture.stored(40).key = {60, 40};
    fixture.apply({40});
    CHECK(fixture.shown() == QList<qint64>{10, 20, 30, 50, 40});
    CHECK(moves.size() == 2);
    fixture.stored(40).key = {61, 40};
    fixture.apply({40});
    CHECK(moves.size() == 2);

    fixture.store.push_back(test::plainRow(25));
    fixture.apply({25});
    CHECK(fixture.shown() == QList<qint64>{10, 20, 25, 30, 50, 40});

    fixture.store.erase(fixture.store.begin());
    fixture.apply({10});
    CHECK(fixture.shown() == QList<qint64>{20, 25, 30, 50, 40});
    CHECK(resets.isEmpty());
}

TEST_CASE("what lies beyond the pages read so far waits for its page")
{
    Fixture fixture(200, false);
    const int before = fixture.model.rowCount();
    REQUIRE(before < 200);
    fixture.store.push_back(test::plainRow(1995));
    fixture.apply({1995});
    CHECK(fixture.model.rowCount() == before);
    // A listed row that sinks beyond the pages leaves, and comes back with its page.
    fixture.stored(20).key = {1996, 20};
    fixture.apply({20});
    CHECK(fixture.model.rowCount() == before - 1);
    while (fixture.model.canFetchMore({})) {
        fixture.model.fetchMore({});
        fixture.settle();
    }
    CHECK(fixture.model.rowCount() == 201);
    CHECK(fixture.shown().count(20) == 1);
    CHECK(fixture.model.rowOf(ConversationId(20)) == fixture.shown().indexOf(20));
}

TEST_CASE("changes during a page are asked for afterwards and a row is never listed twice")
{
    std::vector<QPromise<Result<InboxPage>>> pages;
    QList<QList<ConversationId>> asked;
    std::vector<ConversationRow> store;
    for (int i = 1; i <= 4; ++i)
        store.push_back(test::plainRow(i));
    test::FakeClock clock;
    ThreadListModel model(
        [&](const InboxQuery &) {
            pages.emplace_back();
            pages.back().start();
            return pages.back().future();
        },
        [&](const InboxQuery &query, const QList<ConversationId> &ids) {
            asked.append(ids);
            return test::rowsOf(store)(query, ids);
        },
        clock);
    model.setQuery({});
    model.applyChanged({ConversationId(1), ConversationId(4)});
    model.applyChanged({ConversationId(1)});
    CHECK(asked.isEmpty());
    pages.back().addResult(Result<InboxPage>(InboxPage{{store[0], store[1]}, store[1].key}));
    pages.back().finish();
    test::waitUntil([&] { return !asked.isEmpty() && !model.isLoading(); });
    CHECK(asked == QList<QList<ConversationId>>{{ConversationId(1), ConversationId(4)}});
    model.fetchMore({});
    // The page still holds a row that is listed by now.
    pages.back().addResult(Result<InboxPage>(InboxPage{{store[1], store[2], store[3]}, {}}));
    pages.back().finish();
    test::waitUntil([&] { return !model.isLoading(); });
    CHECK(model.rowCount() == 4);
}

TEST_CASE("an answer to an older query is dropped")
{
    std::vector<QPromise<Result<InboxPage>>> pages;
    std::vector<ConversationRow> none;
    test::FakeClock clock;
    ThreadListModel model(
        [&](const InboxQuery &) {
            pages.emplace_back();
            pages.back().start();
            return pages.back().future();
        },
        test::rowsOf(none), clock);
    model.setQuery({});
    InboxQuery done;
    done.view = View::Done;
    model.setQuery(done);
    REQUIRE(pages.size() == 2);
    pages[0].addResult(Result<InboxPage>(InboxPage{{test::plainRow(1)}, {}}));
    pages[0].finish();
    pages[1].addResult(Result<InboxPage>(InboxPage{{test::plainRow(2)}, {}}));
    pages[1].finish();
    test::waitUntil([&] { return model.isLoaded(); });
    QCoreApplication::processEvents();
    CHECK(model.rowCount() == 1);
    CHECK(model.conversationAt(0) == ConversationId(2));
}

TEST_CASE("a page that cannot be read is said and the rows stay")
{
    test::FakeClock clock;
    std::vector<ConversationRow> none;
    ThreadListModel model(
        [](const InboxQuery &) { return test::ready<InboxPage>(failure(ErrorKind::Storage, u"The disk is gone."_s)); },
        test::rowsOf(none), clock);
    QSignalSpy failures(&model, &ThreadListModel::failed);
    model.setQuery({});
    test::waitUntil([&] { return !failures.isEmpty(); });
    CHECK_FALSE(model.isLoading());
    CHECK_FALSE(model.isLoaded());
    CHECK(model.rowCount() == 0);
}

TEST_CASE("a card says all that it shows in sentences")
{
    const ui::Here here{test::sampleNow(), QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
    const auto rows = test::sampleRows();
    CHECK(ui::threadCard(rows[1], here).accessibleText ==
          u"Unread. \u2068Rosalind Achterberg\u2069, Google review, 1 of 5 stars, public. \u2068Thank you for "
          u"answering. I would still "
          "like to know what happened, and what you will do about it.\u2069 1 hour ago. Edited, earlier version kept. "
          "Something was deleted there and is kept here. Case 1042. Reply due in 36 minutes."_s);
    CHECK(ui::threadCard(rows[6], here).accessibleText.contains(u"private. Draft: "_s));
    CHECK(ui::threadCard(rows[7], here).countdown.text == u"Sending"_s);
}

TEST_CASE("hostile names and words are made safe before they are painted")
{
    ConversationRow row = test::plainRow(1);
    row.person.name = u"evil\u202Egnirts "_s + QString(3000, QChar(0x0301)) + u"\n<b>bold</b>"_s;
    row.snippet = QString(50'000, u'x');
    const ui::ThreadCard card = ui::threadCard(row, {test::sampleNow(), QLocale::c(), QTimeZone::utc()});
    CHECK_FALSE(card.name.contains(QChar(0x202E)));
    CHECK(card.name.size() < 200);
    CHECK_FALSE(card.name.contains(u'\n'));
    CHECK(card.snippet.size() < 400);
    row.person = {};
    CHECK_FALSE(ui::threadCard(row, {test::sampleNow(), QLocale::c(), QTimeZone::utc()}).name.isEmpty());
}

TEST_CASE("ages move on with the clock")
{
    Fixture fixture(3);
    const auto age = [&] {
        return fixture.model.index(0)
            .data(ThreadListModel::CardRole)
            .value<std::shared_ptr<const ui::ThreadCard>>()
            ->age;
    };
    CHECK(age() == u"10 min"_s);
    fixture.clock.advance(5min);
    QSignalSpy changes(&fixture.model, &QAbstractItemModel::dataChanged);
    fixture.model.refreshTimes(0, 99);
    REQUIRE(changes.size() == 1);
    CHECK(changes.first().at(2).value<QList<int>>() == QList<int>{ThreadListModel::TimesRole});
    CHECK(age() == u"15 min"_s);
}

TEST_CASE("rows of a search change where they stand: opening a find neither moves it nor brings others in")
{
    test::FakeClock clock;
    std::vector<ConversationRow> store;
    for (const qint64 id : {10, 20, 30})
        store.push_back(test::plainRow(id));
    ThreadListModel model(test::pagesOf(store), test::rowsOf(store), clock);
    InboxQuery query;
    query.search = u"cake"_s;
    model.setQuery(query);
    test::waitUntil([&] { return !model.isLoading(); });
    REQUIRE(model.rowCount() == 3);
    store[0].unread = !store[0].unread;
    store[0].key = {900, 10};
    store.push_back(test::plainRow(25));
    QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
    model.applyChanged({ConversationId(10), ConversationId(25)});
    test::waitUntil([&] { return !model.isLoading(); });
    REQUIRE(model.rowCount() == 3);
    CHECK(model.conversationAt(0) == ConversationId(10));
    CHECK(model.at(0)->unread == store[0].unread);
    CHECK(moves.isEmpty());
    model.applyChanged({ConversationId(10)});
    test::waitUntil([&] { return !model.isLoading(); });
    CHECK(model.rowCount() == 3);
}

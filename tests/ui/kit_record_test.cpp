// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of the record: their words, and the model that holds a million of them.
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"
#include "tests/ui/kit_samples.h"
#include "ui/record/changed_text.h"
#include "ui/record/record_line.h"
#include "ui/record/record_list_view.h"
#include "ui/record/record_model.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace indelible;
using record::EntryView;
using record::Kind;
using ui::EntryList;
using ui::RecordModel;

namespace {

ui::Here here()
{
    return {test::sampleNow(), QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
}

EntryView entry(qint64 idx, Kind kind, const QJsonObject &body = {}, const QString &member = {})
{
    EntryView view;
    view.idx = idx;
    view.entry.idx = static_cast<quint64>(idx);
    view.entry.kind = static_cast<quint16>(kind);
    view.entry.timeMs = static_cast<quint64>(toMs(test::sampleNow()));
    view.member = member;
    view.body = body;
    view.hasBody = true;
    view.about.name = u"Rosalind Achterberg"_s;
    view.seal = QByteArray::fromHex("2bb8470ae1967c3d55f08a42");
    return view;
}

QString what(Kind kind, const QJsonObject &body = {})
{
    return ui::entryWords(entry(1, kind, body)).what;
}

/// A record in memory, and what of it was asked for.
struct Fixture
{
    explicit Fixture(qint64 entries)
        : size(entries)
    {
        clock.set(test::sampleNow());
        model.show(EntryList::all(entries));
    }

    QFuture<Result<std::vector<EntryView>>> answer(const std::vector<qint64> &numbers)
    {
        asked.append(numbers.front());
        if (fails)
            return test::ready<std::vector<EntryView>>(failure(ErrorKind::Storage, u"no disk"_s));
        std::vector<EntryView> part;
        for (const qint64 idx : numbers)
            if (idx < size && !gone.contains(idx))
                part.push_back(entry(idx, Kind::Note));
        return test::ready<std::vector<EntryView>>(part);
    }

    void want(int first, int last)
    {
        QSignalSpy settled(&model, &RecordModel::settled);
        model.want(first, last);
        test::waitUntil([&] { return !settled.isEmpty(); });
    }

    qint64 size;
    bool fails = false;
    QList<qint64> gone; ///< entries that are missing
    QList<qint64> asked;
    test::FakeClock clock;
    RecordModel model{[this](const std::vector<qint64> &numbers) { return answer(numbers); }, clock};
};

} // namespace

TEST_CASE("every kind of entry has words of its own, and an unknown one says so")
{
    QStringList all;
    for (quint16 kind = 1; kind <= 24; ++kind)
        all.append(what(static_cast<Kind>(kind)));
    CHECK_FALSE(all.contains(QString()));
    CHECK(all.removeDuplicates() == 0);
    CHECK(what(static_cast<Kind>(999)).contains(u"999"_s));
}

TEST_CASE("the words of an entry follow what it holds")
{
    CHECK(what(Kind::ItemSeen, {{u"kind"_s, u"review"_s}}) == u"Review received"_s);
    CHECK(what(Kind::ItemSeen, {{u"kind"_s, u"mention"_s}, {u"direction"_s, toString(Direction::Outgoing)}}) ==
          u"Post of ours fetched"_s);
    CHECK(what(Kind::ItemGone, {{u"reason"_s, u"deleted-by-author"_s}}) == u"Deleted by author, kept"_s);
    CHECK(what(Kind::ItemGone, {{u"reason"_s, u"shown-again"_s}}) == u"Shown again by the network"_s);
    CHECK(what(Kind::ReplyIntent, {{u"audience"_s, u"private"_s}}) == u"Private reply written"_s);
    CHECK(what(Kind::ReplyResult, {{u"outcome"_s, u"sent"_s}}) == u"Reply sent"_s);
    CHECK(what(Kind::ReplyResult, {{u"outcome"_s, u"unknown"_s}}) == u"Not known whether the reply went out"_s);
    CHECK(what(Kind::CaseState, {{u"status"_s, u"put-right"_s}}).contains(u"Put right"_s));
    CHECK(what(Kind::ConversationState, {{u"state"_s, u"done"_s}}) == u"Marked done"_s);
    CHECK(what(Kind::Coverage, {{u"place"_s, u"Yelp"_s}, {u"looked"_s, true}}).startsWith(u"Looked at by hand"_s));
    CHECK(what(Kind::Coverage, {{u"place"_s, u"Yelp"_s}, {u"care"_s, u"by hand"_s}}).startsWith(u"To be looked at"_s));
    CHECK(ui::entryWords(entry(1, Kind::ItemEdit)).isNotable);
    CHECK_FALSE(ui::entryWords(entry(1, Kind::Note)).isNotable);
}

TEST_CASE("a line of the record is read out as one sentence, with strangers' control characters made visible")
{
    EntryView view = entry(18193, Kind::ItemEdit);
    view.about.name = u"Rosa\u202Elind"_s;
    const ui::RecordLine line = ui::recordLine(view, here());
    CHECK(line.number == u"18,193"_s);
    CHECK(line.who == u"Sync"_s);
    CHECK(line.seal == u"2bb8 470a"_s);
    CHECK_FALSE(line.about.contains(QChar(0x202E)));
    CHECK(line.accessibleText.contains(u"18,193"_s));
    CHECK(line.accessibleText.contains(u"Edited by author, both kept"_s));
    CHECK(ui::recordLine(entry(1, Kind::Note, {}, u"Priya"_s), here()).who == u"Priya"_s);
}

TEST_CASE("a million entries are all there, and only what is looked at is read")
{
    Fixture fixture(1'000'000);
    QAbstractItemModelTester tester(&fixture.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(fixture.model.rowCount() == 1'000'000);
    CHECK(fixture.model.entryAt(0) == 999'999);
    CHECK(fixture.model.rowOf(0) == 999'999);
    CHECK(fixture.asked.isEmpty());
    fixture.want(0, 40);
    CHECK(fixture.asked == QList<qint64>{999'936});
    REQUIRE(fixture.model.line(40));
    CHECK(fixture.model.line(40)->idx == 999'959);
    CHECK_FALSE(fixture.model.line(500'000));
    fixture.want(500'000, 500'020);
    CHECK(fixture.asked.size() == 2);
    CHECK(fixture.model.line(500'010)->idx == 499'989);
    fixture.want(0, 40);
    CHECK(fixture.asked.size() == 2);
}

TEST_CASE("new entries come in above, and the block they complete is read again")
{
    Fixture fixture(100);
    fixture.want(0, 20);
    QSignalSpy inserted(&fixture.model, &QAbstractItemModel::rowsInserted);
    QSignalSpy resets(&fixture.model, &QAbstractItemModel::modelReset);
    fixture.size = 103;
    fixture.model.show(EntryList::all(103));
    CHECK(inserted.size() == 1);
    CHECK(inserted.at(0).at(2).toInt() == 2);
    CHECK(resets.isEmpty());
    CHECK_FALSE(fixture.model.line(0));
    CHECK(fixture.model.line(3)->idx == 99);
    fixture.want(0, 20);
    CHECK(fixture.model.line(0)->idx == 102);
}

TEST_CASE("an entry that is missing has a row that says so, and the others stay in theirs")
{
    Fixture fixture(200);
    fixture.gone = {199, 150, 151, 128, 0};
    fixture.want(0, 199);
    CHECK(fixture.asked == QList<qint64>{128, 0});
    for (int row = 0; row < 200; ++row) {
        const auto line = fixture.model.line(row);
        REQUIRE(line);
        CHECK(line->idx == fixture.model.entryAt(row));
        CHECK(line->isNotable == fixture.gone.contains(line->idx));
    }
    const auto line = fixture.model.line(fixture.model.rowOf(150));
    CHECK(line->number == u"150"_s);
    CHECK(line->what == u"This entry is missing or cannot be read"_s);
    CHECK(line->accessibleText == u"Entry 150. This entry is missing or cannot be read."_s);
}

TEST_CASE("entries that came while the others were being read are not called missing")
{
    Fixture fixture(100);
    QPromise<Result<std::vector<EntryView>>> late;
    int asked = 0;
    RecordModel model(
        [&](const std::vector<qint64> &numbers) { return asked++ == 0 ? late.future() : fixture.answer(numbers); },
        fixture.clock);
    model.show(EntryList::all(100));
    QSignalSpy settled(&model, &RecordModel::settled);
    model.want(0, 20);
    auto before = fixture.answer(EntryList::all(100).numbers(0, 128));
    fixture.size = 103;
    model.show(EntryList::all(103));
    late.start();
    late.addResult(before.result());
    late.finish();
    test::waitUntil([&] { return !settled.isEmpty(); });
    CHECK(asked == 2);
    for (int row = 0; row < 103; ++row)
        CHECK_FALSE(model.line(row)->isNotable);
}

TEST_CASE("what a search found is shown newest first, and more of it comes in above")
{
    Fixture fixture(100'000);
    fixture.want(0, 20);
    QSignalSpy resets(&fixture.model, &QAbstractItemModel::modelReset);
    QAbstractItemModelTester tester(&fixture.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    fixture.gone = {40'000};
    fixture.model.show(EntryList::of({7, 40'000, 99'000}));
    CHECK(resets.size() == 1);
    fixture.want(0, 2);
    CHECK(fixture.asked.last() == 7);
    REQUIRE(fixture.model.rowCount() == 3);
    CHECK(fixture.model.line(0)->idx == 99'000);
    CHECK(fixture.model.line(1)->what == u"This entry is missing or cannot be read"_s);
    CHECK(fixture.model.line(2)->idx == 7);
    CHECK(fixture.model.rowOf(7) == 2);
    CHECK(fixture.model.rowOf(8) == -1);
    fixture.model.show(EntryList::of({7, 40'000, 99'000, 99'999}));
    CHECK(resets.size() == 1);
    CHECK(fixture.model.line(1)->idx == 99'000);
    fixture.want(0, 3);
    CHECK(fixture.model.line(0)->idx == 99'999);
    fixture.model.show(EntryList::of({8, 40'000, 99'000, 99'999}));
    CHECK(resets.size() == 2);
    fixture.model.show(EntryList::of({}));
    CHECK(fixture.model.rowCount() == 0);
}

TEST_CASE("a record that cannot be read says so once and is asked for again when it is looked at")
{
    Fixture fixture(300);
    fixture.fails = true;
    QSignalSpy failed(&fixture.model, &RecordModel::failed);
    fixture.model.want(0, 290);
    test::waitUntil([&] { return !failed.isEmpty(); });
    CHECK(fixture.asked.size() == 1);
    fixture.fails = false;
    fixture.want(0, 290);
    CHECK(fixture.model.line(0));
    CHECK(fixture.model.line(290));
}

TEST_CASE("the list reads what is seen, says what was chosen, and keeps its place when entries come in above")
{
    Fixture fixture(100'000);
    const ui::Theme theme(ui::Theme::Mode::Light);
    ui::RecordListView list(theme, fixture.model);
    QSignalSpy chosen(&list, &ui::RecordListView::entryChosen);
    list.resize(900, 600);
    list.show();
    test::waitUntil([&] { return fixture.model.line(0) != nullptr; });
    list.setFocus();
    CHECK(chosen.isEmpty());
    list.showEntry(50'000);
    REQUIRE(chosen.size() == 1);
    CHECK(chosen.at(0).at(0).toLongLong() == 50'000);
    CHECK(list.selectionModel()->isSelected(list.currentIndex()));
    test::waitUntil([&] { return fixture.model.line(fixture.model.rowOf(50'000)) != nullptr; });
    const int top = list.visualRect(list.currentIndex()).top();
    fixture.size = 100'010;
    fixture.model.show(EntryList::all(100'010));
    CHECK(list.visualRect(fixture.model.index(fixture.model.rowOf(50'000))).top() == top);
    CHECK(fixture.model.entryAt(list.currentIndex().row()) == 50'000);
}

TEST_CASE("an edit can be read as changes, before and after")
{
    const ui::Theme theme(ui::Theme::Mode::Light);
    ui::ChangedText text(theme);
    text.setTexts(u"Nobody picked up."_s, u"Somebody picked up."_s);
    CHECK(text.accessibleName() == u"Before: Nobody picked up.. Now: Somebody picked up."_s);
    text.setMode(ui::ChangedText::Mode::Before);
    CHECK(text.accessibleName() == u"Nobody picked up."_s);
    text.setMode(ui::ChangedText::Mode::After);
    CHECK(text.accessibleName() == u"Somebody picked up."_s);
    text.setTexts({}, QString(100'000, u'x'));
    CHECK(text.accessibleName().size() < 7000);
}

TEST_CASE("an edit behind the cut of a long text is seen, in each way of reading it")
{
    const ui::Theme theme(ui::Theme::Mode::Light);
    ui::ChangedText text(theme);
    const QString words = u"many words "_s.repeated(1000);
    text.setTexts(words + u"were kind"_s + words, words + u"were unkind"_s + words);
    CHECK(text.accessibleName().contains(u"were kind"_s));
    CHECK(text.accessibleName().contains(u"were unkind"_s));
    CHECK(text.accessibleName().size() < 13'000);
    text.setMode(ui::ChangedText::Mode::Before);
    CHECK(text.accessibleName().contains(u"were kind"_s));
    CHECK(text.accessibleName().startsWith(QChar(0x2026)));
    CHECK(text.accessibleName().endsWith(QChar(0x2026)));
    text.setMode(ui::ChangedText::Mode::After);
    CHECK(text.accessibleName().contains(u"were unkind"_s));
    // What was only added or only taken away at the end.
    text.setTexts(words, words + u"and more"_s);
    CHECK(text.accessibleName().endsWith(u"and more"_s));
    text.setTexts(words + u"and more"_s, words);
    CHECK(text.accessibleName().startsWith(QChar(0x2026)));
}

TEST_CASE("the cut of a long text never splits a letter of two units")
{
    const ui::Theme theme(ui::Theme::Mode::Light);
    ui::ChangedText text(theme);
    for (const QString &shift : {QString(), u"x"_s}) {
        const QString soups = shift + u"\U0001F372"_s.repeated(8000);
        text.setMode(ui::ChangedText::Mode::After);
        text.setTexts({}, soups);
        CHECK(text.accessibleName().isValidUtf16());
        text.setTexts(soups + u"a"_s + soups, soups + u"b"_s + soups);
        CHECK(text.accessibleName().contains(u'b'));
        CHECK(text.accessibleName().isValidUtf16());
        text.setMode(ui::ChangedText::Mode::Before);
        CHECK(text.accessibleName().contains(u'a'));
        CHECK(text.accessibleName().isValidUtf16());
    }
}

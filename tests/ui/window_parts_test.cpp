// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/window_fixture.h"
#include "ui/composer/composer_logic.h"
#include "ui/context/person_facts.h"
#include "ui/navigation/navigation_model.h"
#include "ui/widgets/open_external.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <algorithm>
#include <chrono>

using namespace indelible;
using namespace indelible::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Instant kNow = fromMs(1'795'338'000'000);

ui::Here here()
{
    return {kNow, QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
}

ItemView item(qint64 id, Direction direction, std::chrono::minutes ago, const QString &text)
{
    ItemView view;
    view.id = ItemId(id);
    view.item.remoteId = QString::number(id);
    view.item.direction = direction;
    view.item.author = direction == Direction::Incoming ? Author{u"did:r"_s, u"rosalind"_s, u"Rosalind"_s}
                                                        : Author{u"did:us"_s, u"us"_s, u"Us"_s};
    view.item.text = text;
    view.item.createdAt = kNow - ago;
    return view;
}

ConversationView conversation()
{
    ConversationView view;
    view.row.id = ConversationId(1);
    view.row.network = u"bluesky"_s;
    view.row.person = {u"did:r"_s, u"rosalind"_s, u"Rosalind"_s};
    return view;
}

OutboxView queued(std::chrono::seconds left)
{
    OutboxView answer;
    answer.id = OutboxId(1);
    answer.state = OutboxState::Queued;
    answer.createdAt = kNow - 3s;
    answer.notBefore = kNow + left;
    return answer;
}

} // namespace

TEST_CASE("only plain https addresses leave the program")
{
    for (const auto *good :
         {u"https://bsky.app/profile/x", u"https://example.org", u"https://example.org:8443/a?b=c#d"})
        CHECK(ui::externalUrl(QString::fromUtf16(good)).has_value());
    for (const auto *bad : {u"", u"example.org", u"http://example.org", u"javascript:alert(1)", u"file:///etc/passwd",
                            u"https://", u"https:///path", u"https://bank.example@evil.example/",
                            u"https://@evil.example/", u"https://user:pw@example.org/", u"ftp://example.org",
                            u"data:text/html,x", u"https://example.org/\u202Egpj.exe", u"https://exa\u200Bmple.org",
                            u"https://example.org/a b", u"https://example.org\\@evil.example",
                            u"https://example.org/\n", u" https://example.org", u"HTTPS//example.org"}) {
        INFO(QString::fromUtf16(bad).toStdString());
        const auto url = ui::externalUrl(QString::fromUtf16(bad));
        REQUIRE_FALSE(url.has_value());
        CHECK(url.error().kind == ErrorKind::Rejected);
    }
}

TEST_CASE("a host of letters that could pass for others is named in its plain form too")
{
    CHECK(ui::readableHost(QUrl(u"https://example.org/"_s)) == u"example.org"_s);
    CHECK(ui::readableHost(QUrl(u"https://xn--80ak6aa92e.com/"_s)).contains(u"xn--80ak6aa92e.com"_s));
}

TEST_CASE("an unknown host is asked about once, a network's own is not")
{
    FakePrompter prompter;
    QList<QUrl> opened;
    ui::ExternalOpener opener(prompter, [&opened](const QUrl &url) {
        opened.append(url);
        return true;
    });
    QWidget parent;
    opener.openExternal(&parent, u"https://bsky.app/profile/x"_s);
    CHECK(prompter.asked.isEmpty());
    CHECK(opened.size() == 1);
    prompter.yes = false;
    opener.openExternal(&parent, u"https://example.org/a"_s);
    CHECK(prompter.asked.size() == 1);
    CHECK(prompter.asked.first().contains("example.org"_L1));
    CHECK(opened.size() == 1);
    prompter.yes = true;
    opener.openExternal(&parent, u"https://example.org/a"_s);
    opener.openExternal(&parent, u"https://example.org/b"_s);
    CHECK(prompter.asked.size() == 2);
    CHECK(opened.size() == 3);
    opener.openExternal(&parent, u"http://example.org/c"_s);
    CHECK(prompter.informed.size() == 1);
    CHECK(opened.size() == 3);
}

TEST_CASE("the meter counts as the network counts and finds where the excess begins")
{
    const TextLimit graphemes{5, TextUnit::Graphemes, 0};
    CHECK(ui::meter(graphemes, u"abcde"_s) == ui::Meter{5, 5, false, 5});
    CHECK(ui::meter(graphemes, u"abcdef"_s) == ui::Meter{6, 5, true, 5});
    const QString family = u"👨‍👩‍👧"_s;
    CHECK(ui::meter(graphemes, family.repeated(5)).over == false);
    CHECK(ui::meter(graphemes, family.repeated(6)).fitsUntil == family.size() * 5);
    const TextLimit bytes{4, TextUnit::Utf8Bytes, 0};
    CHECK(ui::meter(bytes, u"ééé"_s) == ui::Meter{6, 4, true, 2});
    CHECK(ui::meter({}, u"anything"_s).over == false);
}

TEST_CASE("the meter finds the excess behind an address of a fixed length")
{
    const TextLimit limit{30, TextUnit::Graphemes, 0, 23};
    const QString text = u"https://example.org/"_s + QString(100, u'a') + u" 1234567"_s;
    CHECK(ui::meter(limit, text) == ui::Meter{31, 30, true, text.size() - 1});
}

TEST_CASE("the meter shows the second limit where that one is nearer")
{
    const TextLimit both{300, TextUnit::Graphemes, 3000};
    CHECK(ui::meter(both, u"hello"_s).maximum == 300);
    const QString heavy = QString(u"👨‍👩‍👧"_s).repeated(170);
    const ui::Meter meter = ui::meter(both, heavy);
    CHECK(meter.maximum == 3000);
    CHECK(meter.used == heavy.toUtf8().size());
    CHECK(meter.over);
    CHECK(heavy.left(meter.fitsUntil).toUtf8().size() <= 3000);
}

TEST_CASE("the composer offers what account and audience allow")
{
    Account account;
    account.state = AccountState::Live;
    Capabilities can;
    can.publicReply = true;
    ConversationView view = conversation();
    CHECK(ui::composerTarget(view, account, can).usual() == ui::WriteAs::Public);
    CHECK_FALSE(ui::composerTarget(view, account, can).allows(ui::WriteAs::Private));
    can.startPrivate = true;
    CHECK(ui::composerTarget(view, account, can).allows(ui::WriteAs::Private));
    view.row.audience = Audience::Private;
    CHECK(ui::composerTarget(view, account, can).usual() == ui::WriteAs::Note);
    can.privateReply = true;
    CHECK(ui::composerTarget(view, account, can).usual() == ui::WriteAs::Private);
    account.state = AccountState::Disconnected;
    CHECK(ui::composerTarget(view, account, can).usual() == ui::WriteAs::Note);
    CHECK_FALSE(ui::composerTarget(view, account, can).answerOff.isEmpty());
}

TEST_CASE("where nothing can be sent the composer says so and takes notes alone")
{
    Account account;
    account.state = AccountState::Live;
    ConversationView view = conversation();
    view.row.network = u"feeds"_s;
    const ui::ComposerTarget target = ui::composerTarget(view, account, {});
    CHECK(target.capabilities.isReadOnly());
    CHECK(target.usual() == ui::WriteAs::Note);
    CHECK(target.answerOff.contains(u"takes no answers here"_s));
    Capabilities can;
    can.startPrivate = true;
    CHECK_FALSE(can.isReadOnly());
    CHECK(ui::composerTarget(view, account, can).answerOff.isEmpty());
}

TEST_CASE("a review that takes one answer takes no second one")
{
    Account account;
    Capabilities can;
    can.publicReply = true;
    can.oneReplyPerReview = true;
    ConversationView view = conversation();
    view.row.kind = ItemKind::Review;
    view.items = {item(1, Direction::Incoming, 60min, u"Cold bread."_s)};
    CHECK(ui::composerTarget(view, account, can).answerOff.isEmpty());
    view.items.push_back(item(2, Direction::Outgoing, 30min, u"Sorry."_s));
    CHECK_FALSE(ui::composerTarget(view, account, can).answerOff.isEmpty());
}

TEST_CASE("where all that they wrote was deleted there is nothing to answer, and the words stay as a note")
{
    Account account;
    Capabilities can;
    can.publicReply = true;
    ConversationView view = conversation();
    view.items = {item(1, Direction::Incoming, 60min, u"Cold bread."_s),
                  item(2, Direction::Incoming, 50min, u"And stale."_s)};
    view.items.front().gone = RemoteGone::Reason::DeletedByAuthor;
    CHECK(ui::composerTarget(view, account, can).answerOff.isEmpty());
    view.items.back().gone = RemoteGone::Reason::HiddenByNetwork;
    const ui::ComposerTarget target = ui::composerTarget(view, account, can);
    CHECK(target.answerOff.contains(u"is gone"_s));
    CHECK(target.usual() == ui::WriteAs::Note);
    view.olderItems = true; // one of those may still be there
    CHECK(ui::composerTarget(view, account, can).answerOff.isEmpty());
}

TEST_CASE("an answer in its undo window says how long it waits, rounded up")
{
    CHECK(ui::secondsLeft(queued(7s), kNow) == 7);
    CHECK(ui::pendingText(queued(7s), kNow) == u"Sending in 7 s"_s);
    CHECK(ui::pendingText(queued(7s), kNow - 1ms) == u"Sending in 8 s"_s);
    CHECK(ui::pendingText(queued(0s), kNow) == u"Waiting to be sent"_s);
    OutboxView hidden = queued(7s);
    hidden.audience = Audience::Private;
    CHECK(ui::pendingText(hidden, kNow) == u"Sending privately in 7 s"_s);
}

TEST_CASE("only an answer that has not begun to leave can be taken back")
{
    ConversationView view = conversation();
    CHECK_FALSE(ui::pendingAnswer(view).has_value());
    for (const OutboxState state : {OutboxState::Sending, OutboxState::Failed, OutboxState::Unknown}) {
        OutboxView other = queued(7s);
        other.state = state;
        view.outbox = {other};
        CHECK_FALSE(ui::pendingAnswer(view).has_value());
    }
    view.outbox.push_back(queued(7s));
    CHECK(ui::pendingAnswer(view)->id == OutboxId(1));
}

TEST_CASE("a draft keeps what it was meant to be, unless that is not possible here")
{
    ui::ComposerTarget target;
    target.capabilities.publicReply = true;
    CHECK(ui::writeAsOf({u"x"_s, Audience::Public, true}, target) == ui::WriteAs::Note);
    CHECK(ui::writeAsOf({u"x"_s, Audience::Private, false}, target) == ui::WriteAs::Public);
    CHECK(ui::writeAsOf({{}, Audience::Public, true}, target) == ui::WriteAs::Public);
    CHECK(ui::draftOf(u"x"_s, ui::WriteAs::Note) == Draft{u"x"_s, Audience::Public, true});
}

TEST_CASE("facts about a person are counted from what is there, and left out where it is not all there")
{
    ConversationView view = conversation();
    view.items = {item(1, Direction::Incoming, 120min, u"One"_s), item(2, Direction::Outgoing, 60min, u"Two"_s),
                  item(3, Direction::Incoming, 30min, u"Three"_s)};
    const auto value = [](const std::vector<ui::Fact> &facts, const QString &label) {
        const auto found = std::ranges::find(facts, label, &ui::Fact::label);
        return found == facts.end() ? QString() : found->value;
    };
    const std::vector<ui::Fact> all = ui::personFacts(view, here());
    CHECK(value(all, u"Wrote"_s) == u"2 times"_s);
    CHECK(value(all, u"Answered"_s) == u"once"_s);
    CHECK_FALSE(value(all, u"First"_s).isEmpty());
    view.olderItems = true;
    const std::vector<ui::Fact> some = ui::personFacts(view, here());
    CHECK(value(some, u"Wrote"_s).isEmpty());
    CHECK(value(some, u"First"_s).isEmpty());
    CHECK_FALSE(value(some, u"Latest"_s).isEmpty());
}

TEST_CASE("the story of a conversation is told newest first and not longer than asked")
{
    ConversationView view = conversation();
    view.items = {item(1, Direction::Incoming, 120min, u"One"_s), item(2, Direction::Outgoing, 60min, u"Two"_s)};
    view.events = {{ConversationEvent::Kind::CaseOpened, kNow - 90min, u"Priya"_s, u"Cake"_s, CaseId(7), 3}};
    const std::vector<ui::TimelineStep> steps = ui::timelineSteps(view, here(), 2);
    REQUIRE(steps.size() == 2);
    CHECK(steps.at(0).words == u"Two"_s);
    CHECK(steps.at(1).words == u"Cake"_s);
}

TEST_CASE("the navigation shows badges up to the number where counting stops")
{
    CHECK(ui::badgeText(999) == u"999"_s);
    CHECK(ui::badgeText(InboxCounts::kCountLimit) == u"999+"_s);
}

TEST_CASE("channels show how many need a reply, or the state that needs saying, and no disconnected account")
{
    Account live;
    live.id = AccountId(1);
    live.network = u"bluesky"_s;
    live.name = u"marigold.example"_s;
    Account out = live;
    out.id = AccountId(2);
    out.state = AccountState::SignedOut;
    Account gone = live;
    gone.id = AccountId(3);
    gone.state = AccountState::Disconnected;
    InboxCounts counts;
    counts.needsReplyByAccount = {{AccountId(1), 4}};
    const std::vector<ui::NavigationRow> rows = ui::accountRows({live, out, gone}, counts);
    REQUIRE(rows.size() == 2);
    CHECK(rows.at(0).count == 4);
    CHECK(rows.at(0).stateIcon.isEmpty());
    CHECK(rows.at(1).stateIcon == u"key-round"_s);
}

TEST_CASE("the navigation model changes rows in place")
{
    ui::NavigationModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    InboxCounts counts;
    model.setRows(ui::viewRows(counts));
    counts.needsReply = 3;
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setRows(ui::viewRows(counts));
    CHECK(changes.count() == 1);
    model.setRows(ui::viewRows(counts));
    CHECK(changes.count() == 1);
    model.setRows({});
    CHECK(model.rowCount() == 0);
    CHECK(resets.isEmpty());
    CHECK(model.data(model.index(0), Qt::AccessibleTextRole).isNull());
}

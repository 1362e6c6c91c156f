// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cases/case_service.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using test::sampleItem;
using test::TempInbox;

namespace {

struct Desk
{
    Desk()
        : cases(inbox.store.database(), inbox.clock, inbox.member)
    {
        first = inbox.ingest({sampleItem(u"1"_s, u"t1"_s, u"cake"_s, inbox.clock.now())}).changed.front();
        second = inbox.ingest({sampleItem(u"2"_s, u"t2"_s, u"cake again"_s, inbox.clock.now())}).changed.front();
    }
    TempInbox inbox;
    cases::CaseService cases;
    ConversationId first;
    ConversationId second;
};

} // namespace

TEST_CASE("a case has a number, a person and its conversations, and every step is on the record")
{
    Desk desk;
    const CaseId id = test::valueOf(test::wait(desk.cases.open(desk.first, u" Wedding cake damaged "_s)));
    test::valueOf(test::wait(desk.cases.link(id, desk.second)));
    test::valueOf(test::wait(desk.cases.change(id, {{}, CaseStatus::Promised, u"Tomasz"_s})));
    test::valueOf(test::wait(desk.cases.addNote(id, u"Strap was loose"_s)));
    const Case value = test::valueOf(test::wait(desk.cases.get(id)));
    CHECK(value.title == u"Wedding cake damaged"_s);
    CHECK(value.person == u"Ana Duarte"_s);
    CHECK(value.status == CaseStatus::Promised);
    CHECK(value.owner == u"Tomasz"_s);
    CHECK(value.conversations == std::vector{desk.first, desk.second});
    REQUIRE(value.notes.size() == 1);
    CHECK(value.notes.front().text == u"Strap was loose"_s);
    CHECK(value.notes.front().actor == u"Priya"_s);
    CHECK(desk.inbox.entries() == 1 + 2 + 4);
    CHECK(desk.inbox.open(desk.second).row.caseNumber == id);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("a case tells the story of all its conversations, whatever the network, in the order of time")
{
    Desk desk;
    const CaseId id = test::valueOf(test::wait(desk.cases.open(desk.first, u"Cake"_s)));
    Account mail = desk.inbox.account;
    mail.network = u"email"_s;
    mail.remoteId = mail.handle = u"shop@quay.example"_s;
    RemoteItem letter =
        sampleItem(u"3"_s, u"t3"_s, u"still no cake"_s, desk.inbox.clock.now() - std::chrono::minutes(5));
    const inbox::Arrival arrival{{letter}, {}, {}};
    const ConversationId third = desk.inbox.store.write([&](store::Connection &connection) {
        mail.id = store::insertAccount(connection, mail, randomBytes(16), desk.inbox.clock.now());
        return inbox::ingest(connection, desk.inbox.clock, mail, arrival).changed.front();
    });
    const auto texts = [&] {
        QStringList all;
        for (const CaseStep &step : test::valueOf(test::wait(desk.cases.get(id))).story)
            all.append(step.network + u": "_s + step.text);
        return all;
    };
    CHECK(texts() == QStringList{u"bluesky: cake"_s});
    test::valueOf(test::wait(desk.cases.link(id, third)));
    CHECK(texts() == QStringList{u"email: still no cake"_s, u"bluesky: cake"_s});
    // Another matter's words stay out.
    CHECK_FALSE(texts().contains(u"bluesky: cake again"_s));
    const Case value = test::valueOf(test::wait(desk.cases.get(id)));
    CHECK(value.story.front().conversation == third);
    CHECK(value.story.front().author.displayName() == u"Ana Duarte"_s);
    CHECK(value.story.front().direction == Direction::Incoming);
}

TEST_CASE("a conversation belongs to one case, and a change that changes nothing is not recorded")
{
    Desk desk;
    const CaseId id = test::valueOf(test::wait(desk.cases.open(desk.first, u"a"_s)));
    const Result<CaseId> again = test::wait(desk.cases.open(desk.first, u"b"_s));
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().kind == ErrorKind::Conflict);
    // The refused case left no number and no trace.
    CHECK(test::valueOf(test::wait(desk.cases.list())).size() == 1);
    const qint64 entries = desk.inbox.entries();
    test::valueOf(test::wait(desk.cases.change(id, {u"a"_s, CaseStatus::Heard, QString()})));
    CHECK(desk.inbox.entries() == entries);
}

TEST_CASE("cases and notes need words, and an unknown case is named")
{
    Desk desk;
    CHECK(test::wait(desk.cases.open(desk.first, u"  "_s)).error().kind == ErrorKind::Rejected);
    const CaseId id = test::valueOf(test::wait(desk.cases.open(desk.first, u"a"_s)));
    CHECK(test::wait(desk.cases.addNote(id, u" "_s)).error().kind == ErrorKind::Rejected);
    CHECK(test::wait(desk.cases.get(CaseId(99))).error().kind == ErrorKind::NotFound);
}

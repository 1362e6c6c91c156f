// SPDX-License-Identifier: GPL-3.0-or-later
// Rule R4: the tables follow from the record.
#include "app/rebuild/check.h"

#include "app/cases/case_service.h"
#include "app/outbox/outbox_service.h"
#include "app/record/log.h"
#include "app/seal/seal_service.h"
#include "app/store/copy.h"
#include "app/store/lock.h"
#include "tests/support/catch.h"
#include "tests/support/fake_channel.h"
#include "tests/support/temp_inbox.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace std::chrono_literals;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

/// A new one, or one that found something: INDELIBLE_SEED=4289876715
quint32 newSeed()
{
    const QByteArray again = qgetenv("INDELIBLE_SEED");
    const quint32 seed = again.isEmpty() ? std::random_device{}() : again.toUInt();
    std::printf("seed %u\n", seed);
    return seed;
}

/// A desk at which anything may happen in any order.
class Desk
{
public:
    explicit Desk(quint32 seed = 1)
        : m_random(seed)
        , m_outbox(inbox.store.database(), inbox.clock, inbox.member)
        , m_cases(inbox.store.database(), inbox.clock, inbox.member)
        , m_seals(inbox.store.database(), inbox.clock, inbox.member, inbox.store.folder() + u"/backups"_s)
    {
    }

    rebuild::CheckReport check()
    {
        return valueOf(wait(inbox.store.database().scan([folder = inbox.store.folder()](store::Connection &connection) {
            return rebuild::checkProjections(connection, folder);
        })));
    }

    /// An item or everything of a person, as a person at the desk would; the words that are gone then.
    QStringList sealSomething()
    {
        const std::vector<ConversationRow> rows = inbox.list(View::Everything);
        if (rows.empty())
            return {};
        const ConversationView view = inbox.open(rows.at(static_cast<size_t>(pick(static_cast<int>(rows.size())))).id);
        const ItemView &item = view.items.at(static_cast<size_t>(pick(static_cast<int>(view.items.size()))));
        seal::Target target = item.id;
        if (pick(4) == 0)
            target = seal::Person{u"bluesky"_s, item.item.author.remoteId};
        const Result<seal::Plan> plan = wait(m_seals.plan(target));
        if (!plan || !plan->obstacles.isEmpty())
            return {};
        const QStringList gone = inbox.store.read([&plan](store::Connection &connection) {
            QStringList texts;
            for (const qint64 entry : plan->entries) {
                const QJsonObject body = record::readBody(connection, entry);
                texts.append(body.value("text"_L1).toString().section(u' ', -1));
                texts.append(body.value("title"_L1).toString().section(u' ', -1));
            }
            texts.removeAll(QString());
            return texts;
        });
        const auto report = valueOf(wait(m_seals.seal(*plan, u"unlawful"_s, plan->entries.size())));
        CHECK(report.traceless);
        CHECK(report.sealed == plan->entries.size());
        return gone;
    }

    /// Which of these are in any byte of any file of the workspace, backups among them.
    QStringList found(const QStringList &words)
    {
        QStringList hits;
        QDirIterator files(inbox.store.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            REQUIRE(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const QString &word : words) {
                if (bytes.contains(word.toUtf8()))
                    hits.append(word + u" in "_s + file.fileName());
            }
        }
        return hits;
    }

    void live(int steps)
    {
        for (int i = 0; i < steps; ++i) {
            inbox.clock.advance(std::chrono::minutes(pick(200)));
            step();
        }
    }

    TempInbox inbox;

private:
    int pick(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }
    QString words() { return u"words q%1q"_s.arg(m_random()); }

    void arrive()
    {
        std::vector<RemoteItem> items;
        for (int i = pick(4); i >= 0; --i) {
            const int number = pick(60);
            const QString thread = u"t%1"_s.arg(number % 9);
            const QString id = u"r%1"_s.arg(number);
            const Instant at = inbox.clock.now() - std::chrono::hours(pick(100)) + std::chrono::hours(pick(3));
            RemoteItem item =
                number % 5 ? test::sampleItem(id, thread, words(), at) : test::ownItem(id, thread, words(), at);
            item.version = QString::number(m_random());
            item.author.remoteId += QString::number(number % 5 ? number % 4 : 9);
            item.author.name += QString::number(pick(3));
            if (number % 7 == 0) {
                item.kind = ItemKind::Review;
                item.stars = 1 + pick(5);
            }
            items.push_back(std::move(item));
        }
        std::vector<RemoteGone> gone;
        if (pick(3) == 0)
            gone.push_back({u"r%1"_s.arg(pick(60)),
                            pick(2) ? RemoteGone::Reason::DeletedByAuthor : RemoteGone::Reason::HiddenByNetwork});
        inbox.ingest(std::move(items), std::move(gone));
    }

    void answer(ConversationId id)
    {
        const auto queued = wait(m_outbox.queue(id, words(), Audience::Public, {}, 0ms));
        if (!queued)
            return;
        m_channel.findsSent = pick(2);
        m_channel.givesKeys = pick(2);
        for (const ErrorKind kind : {ErrorKind::Timeout, ErrorKind::Rejected, ErrorKind::ServerTrouble}) {
            if (pick(4) == 0)
                m_channel.outcomes.push_back({pick(2) == 1, failure(kind, u"trouble"_s).value()});
        }
        for (int i = pick(3); i > 0; --i) {
            (void)wait(m_outbox.drain(inbox.account.id, m_channel));
            inbox.clock.advance(20min);
        }
        if (pick(4) == 0)
            (void)wait(m_outbox.undo(*queued));
        if (pick(4) == 0)
            (void)wait(m_outbox.sendAgain(*queued));
        if (pick(6) == 0)
            (void)wait(m_outbox.giveUp(*queued));
    }

    void step()
    {
        const std::vector<ConversationRow> rows = inbox.list(View::Everything);
        if (rows.empty() || pick(3) == 0)
            return arrive();
        const ConversationId id = rows.at(static_cast<size_t>(pick(static_cast<int>(rows.size())))).id;
        const auto cases = valueOf(wait(m_cases.list()));
        const CaseId known =
            cases.empty() ? CaseId() : cases.at(static_cast<size_t>(pick(static_cast<int>(cases.size())))).id;
        switch (pick(9)) {
        case 0:
            (void)wait(inbox.service->addNote(id, words()));
            break;
        case 1:
            (void)wait(inbox.service->markDone(id, pick(2)));
            break;
        case 2:
            (void)wait(inbox.service->assign(id, pick(2) ? u"Priya"_s : QString()));
            break;
        case 3:
            (void)wait(inbox.service->markSeen(id, true));
            break;
        case 4:
            (void)wait(m_cases.open(id, words()));
            break;
        case 5:
            (void)wait(m_cases.link(known, id));
            break;
        case 6:
            (void)wait(m_cases.change(known, {words(), static_cast<CaseStatus>(1 + pick(5)), u"Tomasz"_s}));
            break;
        case 7:
            (void)wait(m_cases.addNote(known, words()));
            break;
        default:
            answer(id);
        }
    }

    std::mt19937 m_random;
    test::FakeChannel m_channel;
    outbox::OutboxService m_outbox;
    cases::CaseService m_cases;
    seal::SealService m_seals;
};

QString said(const rebuild::CheckReport &report)
{
    QStringList all;
    for (const store::TableComparison &table : report.tables)
        all += table.examples;
    return all.join(u'\n');
}

const store::TableComparison &tableOf(const rebuild::CheckReport &report, const QString &name)
{
    for (const store::TableComparison &table : report.tables) {
        if (table.table == name)
            return table;
    }
    throw std::runtime_error("no such table");
}

} // namespace

TEST_CASE("R4: whatever happened at the desk, the tables are what the record says")
{
    const quint32 seed = newSeed();
    for (quint32 round = 0; round < 6; ++round) {
        Desk desk(seed + round);
        desk.live(120);
        const QStringList before = QDir(desk.inbox.store.folder()).entryList(QDir::AllEntries | QDir::Hidden);
        const qint64 entries = desk.inbox.entries();
        const rebuild::CheckReport report = desk.check();
        INFO(said(report).toStdString());
        CHECK(report.isGood());
        CHECK(report.entries == entries);
        for (const QString &table :
             {u"conversation"_s, u"item"_s, u"revision"_s, u"event"_s, u"case_file"_s, u"outbox"_s, u"handle"_s})
            CHECK(tableOf(report, table).rows > 0);
        CHECK(desk.inbox.entries() == entries);
        CHECK(QDir(desk.inbox.store.folder()).entryList(QDir::AllEntries | QDir::Hidden).size() == before.size());
    }
}

TEST_CASE("R4: a table that is not what the record says is named with its row and its column")
{
    struct Change
    {
        const char *table;
        const char *sql;
        const char *said;
    };
    const Change change = GENERATE(
        Change{"item", "UPDATE item SET direction = 3 - direction WHERE id = 2", "item 2 differs in direction"},
        Change{"item", "UPDATE item SET gone = 1, gone_at_ms = 5 WHERE id = 1", "item 1 differs in gone, gone_at_ms"},
        Change{"item", "PRAGMA foreign_keys = OFF; DELETE FROM item WHERE id = 2",
               "item 2 is on the record and missing here"},
        Change{"item",
               "INSERT INTO item SELECT 999, account_id, 'made up', conversation_id, handle_id, direction, "
               "ordered_at_ms, received_at_ms, version, 0, gone, gone_at_ms, member_id FROM item WHERE id = 1",
               "item 999 is not on the record"},
        Change{"item", "UPDATE item SET received_at_ms = received_at_ms + 61000 WHERE id = 3",
               "item 3 differs in received_at_ms"},
        Change{"conversation", "UPDATE conversation SET snippet = 'nothing' WHERE id = 1",
               "conversation 1 differs in snippet"},
        Change{"conversation", "UPDATE conversation SET owner = 'Nobody' WHERE id = 1",
               "conversation 1 differs in owner"},
        Change{"conversation", "UPDATE conversation SET done_item_id = 77 WHERE id = 1",
               "conversation 1 differs in done_item_id"},
        Change{"event", "UPDATE event SET kind = 9 WHERE id = 1", "event 1 differs in kind"},
        Change{"case_file", "UPDATE case_file SET title = 'Praise' WHERE id = 1", "case_file 1 differs in title"},
        Change{"outbox", "UPDATE outbox SET state = 3, remote_id = 'x' WHERE id = 1",
               "outbox 1 differs in state, remote_id"},
        Change{"revision", "UPDATE revision SET item_id = 3", "is on the record and missing here"},
        Change{"handle", "UPDATE handle SET handle = 'other.example' WHERE id = 1", "handle 1 differs in handle"},
        Change{"item_text",
               "INSERT INTO item_text (rowid, text, author) SELECT entry, 'made up', '' FROM item WHERE id = 2",
               "has a word that it does not say"},
        Change{"item_text",
               "INSERT INTO item_text (item_text, rowid, text, author) SELECT 'delete', entry, 'words 2', '' FROM item "
               "WHERE id = 2",
               "lacks a word that it says"});
    INFO(change.sql);
    TempInbox inbox;
    {
        cases::CaseService cases(inbox.store.database(), inbox.clock, inbox.member);
        outbox::OutboxService outbox(inbox.store.database(), inbox.clock, inbox.member);
        std::vector<RemoteItem> items;
        for (int i = 1; i <= 3; ++i)
            items.push_back(test::sampleItem(QString::number(i), u"t"_s, u"words %1"_s.arg(i), inbox.clock.now()));
        const ConversationId id = inbox.ingest(items).changed.front();
        items.front().text = u"other words"_s;
        items.front().version = u"v2"_s;
        inbox.ingest({items.front()});
        valueOf(wait(inbox.service->addNote(id, u"a note"_s)));
        valueOf(wait(cases.open(id, u"Complaint"_s)));
        valueOf(wait(outbox.queue(id, u"Sorry"_s, Audience::Public, {}, 10s)));
    }
    const auto check = [&inbox] {
        return valueOf(wait(inbox.store.database().scan([folder = inbox.store.folder()](store::Connection &connection) {
            return rebuild::checkProjections(connection, folder);
        })));
    };
    const rebuild::CheckReport whole = check();
    INFO(said(whole).toStdString());
    REQUIRE(whole.isGood());
    inbox.tamper(change.sql);
    const rebuild::CheckReport report = check();
    INFO(said(report).toStdString());
    CHECK_FALSE(report.isGood());
    CHECK(tableOf(report, QLatin1StringView(change.table)).different > 0);
    CHECK(said(report).contains(QLatin1StringView(change.said)));
}

TEST_CASE("a record with a missing body cannot be replayed, and says so")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"words"_s, inbox.clock.now())});
    inbox.tamper("DELETE FROM record_body WHERE idx = 1");
    const auto refused =
        wait(inbox.store.database().scan([folder = inbox.store.folder()](store::Connection &connection) {
            return rebuild::checkProjections(connection, folder);
        }));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Damaged);
    CHECK(refused.error().detail.contains(u"Entry 1"_s));
    CHECK(QDir(inbox.store.folder()).entryList({u".rebuild*"_s}, QDir::AllEntries | QDir::Hidden).isEmpty());
}

TEST_CASE("what a check that was killed has left is removed by the next one; what is in use is not")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"words"_s, inbox.clock.now())});
    const QDir folder(inbox.store.folder());
    for (const char *name : {".rebuild-killed", ".rebuild-in-use"}) {
        REQUIRE(folder.mkdir(QString::fromLatin1(name)));
        // Taken and given back, as by a process that ended.
        (void)valueOf(store::FolderLock::take(folder.filePath(QString::fromLatin1(name))));
    }
    const auto held = valueOf(store::FolderLock::take(folder.filePath(u".rebuild-in-use"_s)));
    // Nobody has locked this one yet.
    REQUIRE(folder.mkdir(u".rebuild-begun"_s));
    const auto done = wait(inbox.store.database().scan(
        [path = folder.path()](store::Connection &connection) { return rebuild::checkProjections(connection, path); }));
    CHECK(valueOf(done).isGood());
    CHECK(folder.entryList({u".rebuild*"_s}, QDir::AllEntries | QDir::Hidden) ==
          QStringList{u".rebuild-begun"_s, u".rebuild-in-use"_s});
}

TEST_CASE("A9, A3: after seals the words are in no byte, and record and tables still fit each other")
{
    // 1,000 and more by hand: INDELIBLE_SEALS=1000
    const int wanted =
        qEnvironmentVariableIsSet("INDELIBLE_SEALS") ? qEnvironmentVariableIntValue("INDELIBLE_SEALS") : 300;
    // At this desk a page that was balanced kept words of a body that had moved: only a file that is written anew has
    // none. Chance finds such a desk once in some hundred seals.
    constexpr quint32 kFound = 4289876718;
    const quint32 seed = newSeed();
    int seals = 0;
    for (quint32 round = 0; seals < wanted; ++round) {
        INFO("seed " << seed << " round " << round);
        Desk desk(round == 0 ? kFound : seed + round);
        QStringList gone;
        for (int batch = 0; batch < 4; ++batch) {
            desk.live(30);
            for (int i = 0; i < 10; ++i) {
                const QStringList words = desk.sealSomething();
                seals += words.isEmpty() ? 0 : 1;
                gone += words;
            }
            const record::Verification verified = desk.inbox.verify();
            INFO(verified.problem.toStdString());
            REQUIRE(verified.isGood());
            const rebuild::CheckReport report = desk.check();
            INFO(said(report).toStdString());
            REQUIRE(report.isGood());
        }
        const QString backup = desk.inbox.store.folder() + u"/backups/after.sqlite"_s;
        valueOf(wait(desk.inbox.store.database().scan(
            [&backup](store::Connection &connection) { store::copyDatabase(connection, backup); })));
        const QStringList hits = desk.found(gone);
        INFO(hits.join(u'\n').toStdString());
        REQUIRE(hits.isEmpty());
        for (const QString &word : std::as_const(gone)) {
            InboxQuery query;
            query.view = View::Everything;
            query.search = word;
            REQUIRE(desk.inbox.list(query).empty());
        }
    }
    std::printf("result {\"test\": \"seals\", \"seals\": %d, \"seed\": %u}\n", seals, seed);
}

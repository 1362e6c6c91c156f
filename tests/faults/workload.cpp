// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/workload.h"

#include "app/inbox/ingest.h"
#include "app/record/item_body.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/record/verify.h"
#include "app/store/account_table.h"
#include "app/store/settings_table.h"
#include "tests/support/samples.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

constexpr quint32 kMember = 1;
constexpr AccountId kAccount{1};
constexpr int kItemsOnPage = 4;

QString itemId(int page, int item)
{
    return u"p%1i%2"_s.arg(page).arg(item);
}

/// Page k brings four mentions, a new version of the first of the page before, and the end of its second.
inbox::Arrival arrivalOf(int page, Instant now)
{
    inbox::Arrival arrival;
    for (int i = 0; i < kItemsOnPage; ++i)
        arrival.items.push_back(sampleItem(itemId(page, i), u"thread%1"_s.arg(i),
                                           u"words of page%1 "_s.arg(page) + QString(200, u'x'), now));
    if (page > 1) {
        RemoteItem edited = sampleItem(itemId(page - 1, 0), u"thread0"_s, u"edited page%1"_s.arg(page - 1), now);
        edited.version = u"v2"_s;
        arrival.items.push_back(edited);
        arrival.gone.push_back({itemId(page - 1, 1), RemoteGone::Reason::DeletedByAuthor});
    }
    arrival.cursor = QByteArray::number(page);
    return arrival;
}

qint64 number(store::Connection &connection, const QString &sql)
{
    store::Statement statement = connection.statementFor(sql);
    return statement.step() ? statement.integer(0) : -1;
}

QString differs(const char *what, qint64 found, qint64 wanted)
{
    return found == wanted ? QString()
                           : u"%1: %2 instead of %3. "_s.arg(QLatin1StringView(what)).arg(found).arg(wanted);
}

template<typename T>
Result<T> finished(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.result();
}

} // namespace

Workload::Workload()
{
    m_network.givesKeys = false;
    m_network.findsSent = false;
    valueOf(make());
    valueOf(run(Step::Receive));
    valueOf(run(Step::Receive));
    valueOf(run(Step::Send));
    valueOf(run(Step::Sign));
    close();
}

Workload::~Workload()
{
    close();
}

Result<void> Workload::make()
{
    INDELIBLE_TRY(open());
    return finished(m_database->write([this](store::Connection &connection) {
        record::createLog(connection, m_clock, QJsonObject{{u"format"_s, u"indelible-record/1"_s}});
        (void)store::insertMember(connection, u"Priya"_s);
        (void)store::insertAccount(connection, sampleAccount(), randomBytes(record::kIdBytes), m_clock.now());
    }));
}

Result<void> Workload::open()
{
    Result<std::unique_ptr<store::Database>> database = store::Database::open({folder(), false});
    if (!database)
        return failure(database.error());
    m_database = std::move(*database);
    m_outbox = std::make_unique<outbox::OutboxService>(*m_database, m_clock, kMember);
    if (m_acknowledged == 0)
        return {};
    // As a session does when it opens.
    Result<void> recovered = finished(m_outbox->recoverInterrupted());
    if (!recovered)
        close();
    return recovered;
}

void Workload::close()
{
    // As a session does: what was handed over answers to the services, which live until it is done.
    m_database.reset();
    m_outbox.reset();
}

void Workload::checkpointEvery(int pages)
{
    valueOf(finished(m_database->write(
        [pages](store::Connection &connection) { sqlite3_wal_autocheckpoint(connection.handle(), pages); })));
}

Result<void> Workload::run(Step step)
{
    m_clock.advance(std::chrono::seconds(1));
    switch (step) {
    case Step::Receive:
        return receive();
    case Step::Send:
        return send();
    case Step::Sign:
        return sign();
    }
    Q_UNREACHABLE();
}

void Workload::promise(const record::Head &head)
{
    m_head = head;
    ++m_acknowledged;
}

Workload::Page Workload::ingestPage(store::Connection &connection)
{
    const int page = store::readCursor(connection, kAccount).toInt() + 1;
    m_pagesTried = page;
    Account account = sampleAccount();
    account.id = kAccount;
    (void)inbox::ingest(connection, m_clock, account, arrivalOf(page, m_clock.now()));
    return {page, record::readHead(connection)};
}

Result<void> Workload::receive()
{
    const Result<Page> page =
        finished(m_database->write([this](store::Connection &connection) { return ingestPage(connection); }));
    if (!page)
        return failure(page.error());
    m_pages = page->number;
    promise(page->head);
    return {};
}

Result<void> Workload::send()
{
    const QString text = u"answer %1"_s.arg(++m_answersTried);
    const Result<OutboxId> queued =
        wait(m_outbox->queue(ConversationId(1), text, Audience::Public, {1000, TextUnit::Graphemes, 0}, {}));
    if (!queued)
        return failure(queued.error());
    m_answers[text].intended = true;
    const size_t before = m_network.posts.size();
    INDELIBLE_TRY(wait(m_outbox->drain(kAccount, m_network)));
    for (size_t i = before; i < m_network.posts.size(); ++i)
        m_answers[m_network.posts[i].text].sent = true;
    const Result<record::Head> head = finished(m_database->read(&record::readHead));
    if (head)
        promise(*head);
    return head ? Result<void>() : Result<void>(failure(head.error()));
}

std::unique_ptr<keeper::RecordKeeper> Workload::makeKeeper()
{
    return std::make_unique<keeper::RecordKeeper>(
        keeper::RecordKeeper::Parts{m_database.get(), &m_secrets, &m_clock, u"w"_s, m_outside.path() + u"/marks"_s});
}

Result<void> Workload::sign()
{
    const auto signer = makeKeeper();
    const Result<record::Standing> standing = wait(signer->open());
    if (!standing)
        return failure(standing.error());
    if (record::isHalted(*standing))
        return failure(ErrorKind::Damaged, u"the record is "_s + record::toString(*standing));
    INDELIBLE_TRY(wait(signer->sign()));
    const Result<record::Head> head = finished(m_database->read(&record::readHead));
    if (head)
        promise(*head);
    return head ? Result<void>() : Result<void>(failure(head.error()));
}

Result<record::Standing> Workload::standing()
{
    return wait(makeKeeper()->open());
}

DiskImage Workload::files() const
{
    DiskImage image;
    for (const QString &tail : {QString(), u"-wal"_s}) {
        QFile there(file() + tail);
        if (there.open(QIODevice::ReadOnly))
            image.insert(there.fileName(), there.readAll());
    }
    return image;
}

void Workload::replaceFiles(const DiskImage &image) const
{
    for (const QString &tail : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(file() + tail);
    for (auto it = image.cbegin(); it != image.cend(); ++it) {
        if (!it.key().startsWith(folder()))
            continue;
        QFile made(it.key());
        if (!made.open(QIODevice::WriteOnly) || made.write(it.value()) != it.value().size())
            throw std::runtime_error("the disk image could not be written");
    }
}

QString Workload::problem()
{
    if (const Result<void> opened = open(); !opened)
        return u"It cannot be opened: "_s + opened.error().detail;
    const Result<QString> compared =
        finished(m_database->read([this](store::Connection &connection) { return compare(connection); }));
    if (!compared)
        return u"It cannot be read: "_s + compared.error().detail;
    if (!compared->isEmpty())
        return *compared;
    const Result<record::Standing> stands = standing();
    if (!stands)
        return u"Its standing cannot be told: "_s + stands.error().detail;
    return *stands == record::Standing::Open ? QString() : u"The record is "_s + record::toString(*stands);
}

QString Workload::compare(store::Connection &connection) const
{
    if (const QString integrity = store::integrityCheck(connection); integrity != "ok"_L1)
        return u"integrity_check: "_s + integrity;
    const record::Verification verified = record::verify(connection);
    if (!verified.isGood())
        return verified.problem;
    if (verified.entries < m_head.size)
        return u"%1 acknowledged entries are lost"_s.arg(m_head.size - verified.entries);
    if (record::rootOf(m_head.size, record::storedSubtrees(connection)) != m_head.root)
        return u"The acknowledged entries are other ones now"_s;
    if (number(connection, u"SELECT count(*) FROM pragma_foreign_key_check"_s) != 0)
        return u"A row points at nothing"_s;
    return comparePages(connection) + compareAnswers(connection);
}

QString Workload::comparePages(store::Connection &connection) const
{
    const int pages = store::readCursor(connection, kAccount).toInt();
    if (pages < m_pages || pages > m_pagesTried)
        return u"The cursor stands at %1; %2 pages were promised, %3 tried. "_s.arg(pages).arg(m_pages).arg(
            m_pagesTried);
    const int items = kItemsOnPage * pages;
    const QString ofKind = u"SELECT count(*) FROM record_entry WHERE substr(entry, 41, 2) = x'%1'"_s;
    QString all =
        differs("items",
                number(connection,
                       u"SELECT count(*) FROM item WHERE direction = %1"_s.arg(static_cast<int>(Direction::Incoming))),
                items) +
        differs("entries of items", number(connection, ofKind.arg(u"0002"_s)), items) +
        differs("earlier versions", number(connection, u"SELECT count(*) FROM revision"_s), pages - 1) +
        differs("entries of edits", number(connection, ofKind.arg(u"0003"_s)), pages - 1) +
        differs("gone", number(connection, u"SELECT count(*) FROM item WHERE gone IS NOT NULL"_s), pages - 1) +
        differs("entries of gone", number(connection, ofKind.arg(u"0004"_s)), pages - 1);
    const QString found = u"SELECT count(*) FROM item_text WHERE item_text MATCH 'page%1'"_s;
    for (int page = 1; page <= pages + 1; ++page)
        all += differs("found by search", number(connection, found.arg(page)),
                       page > pages ? 0 : kItemsOnPage + (page < pages ? 1 : 0));
    return all;
}

QString Workload::compareAnswers(store::Connection &connection) const
{
    QHash<QString, int> copies;
    for (const FakeChannel::Post &post : m_network.posts)
        ++copies[post.text];
    QHash<QString, OutboxState> states;
    store::Statement statement = connection.statement(
        "SELECT o.state, b.body FROM outbox o JOIN record_body b ON b.idx = o.intent ORDER BY o.id");
    while (statement.step()) {
        const QString text = record::itemFromBody(statement.blob(1)).text;
        if (states.contains(text))
            return u"'%1' is in the outbox twice. "_s.arg(text);
        states.insert(text, static_cast<OutboxState>(statement.integer(0)));
    }
    for (auto it = m_answers.cbegin(); it != m_answers.cend(); ++it) {
        if (it->intended && !states.contains(it.key()))
            return u"The acknowledged intent '%1' is lost. "_s.arg(it.key());
        if (it->sent && states.value(it.key()) != OutboxState::Sent)
            return u"'%1' was sent and is not SENT any more. "_s.arg(it.key());
    }
    for (auto it = states.cbegin(); it != states.cend(); ++it) {
        const int there = copies.value(it.key());
        if (there > 1)
            return u"'%1' was sent %2 times. "_s.arg(it.key()).arg(there);
        if (there == 1 && it.value() == OutboxState::Queued)
            return u"'%1' went out and would go out again. "_s.arg(it.key());
        if (there == 0 && it.value() == OutboxState::Sent)
            return u"'%1' is called SENT and never went out. "_s.arg(it.key());
    }
    return {};
}

} // namespace indelible::test

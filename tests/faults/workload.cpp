// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/workload.h"

#include "app/inbox/ingest.h"
#include "app/store/account_table.h"
#include "app/store/item_table.h"
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

QString itemId(int page, int item)
{
    return u"p%1i%2"_s.arg(page).arg(item);
}

/// Like no other word: to be found in files.
QString canary(int page, int item)
{
    return u"canary%1x%2"_s.arg(page).arg(item);
}

/// Page k brings four mentions, a new version of the first of the page before, and the end of its second.
inbox::Arrival arrivalOf(int page, Instant now)
{
    inbox::Arrival arrival;
    for (int i = 0; i < Workload::kItemsOnPage; ++i)
        arrival.items.push_back(sampleItem(itemId(page, i), u"thread%1"_s.arg(i),
                                           u"words of page%1 %2 "_s.arg(page).arg(canary(page, i)) + QString(200, u'x'),
                                           now));
    if (page > 1) {
        RemoteItem edited = sampleItem(itemId(page - 1, 0), u"thread0"_s, u"edited page%1"_s.arg(page - 1), now);
        edited.version = u"v2"_s;
        arrival.items.push_back(edited);
        arrival.gone.push_back({itemId(page - 1, 1), RemoteGone::Reason::DeletedByAuthor});
    }
    arrival.cursor = QByteArray::number(page);
    return arrival;
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
    m_seals = std::make_unique<seal::SealService>(*m_database, m_clock, kMember, m_outside.path());
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
    m_seals.reset();
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
    case Step::Seal:
        return seal();
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

Result<void> Workload::seal()
{
    if (m_sealed == m_pages)
        return {};
    const QString next = itemId(m_sealed + 1, kSealedItem);
    const auto item = finished(m_database->read(
        [next](store::Connection &connection) { return store::findItem(connection, kAccount, next); }));
    if (!item)
        return failure(item.error());
    if (!*item) {
        // A fault kept it from being acknowledged.
        ++m_sealed;
        return {};
    }
    const Result<seal::Plan> plan = finished(m_seals->plan((*item)->id));
    if (!plan)
        return failure(plan.error());
    const Result<seal::SealReport> report = wait(m_seals->seal(*plan, u"objection"_s, plan->entries.size()));
    if (!report)
        return failure(report.error());
    ++m_sealed;
    const Result<record::Head> head = finished(m_database->read(&record::readHead));
    if (head)
        promise(*head);
    return head ? Result<void>() : Result<void>(failure(head.error()));
}

QString Workload::findSealed(int pages) const
{
    const DiskImage image = files();
    for (int page = 1; page <= pages; ++page) {
        for (auto it = image.cbegin(); it != image.cend(); ++it) {
            if (it.value().contains(canary(page, kSealedItem).toUtf8()))
                return u"Sealed words of page %1 are still in %2. "_s.arg(page).arg(it.key());
        }
    }
    return {};
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

} // namespace indelible::test

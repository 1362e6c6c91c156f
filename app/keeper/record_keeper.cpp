// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/record_keeper.h"

#include "app/base/ending.h"
#include "app/base/log.h"
#include "app/base/spawn.h"
#include "app/keeper/evidence.h"
#include "app/record/hash.h"
#include "app/record/log.h"
#include "app/record/restore.h"
#include "app/record/stored_tree.h"
#include "app/secrets/secret_store.h"
#include "app/store/database.h"
#include "app/store/record_table.h"

#include <QJsonObject>
#include <QPointer>

#include <utility>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::keeper {

namespace {

using record::Checkpoint;
using record::NoteKey;

constexpr auto kSignEvery = std::chrono::minutes(1);

QString fingerprint(const QByteArray &publicKey)
{
    return QString::fromLatin1(record::sha256({publicKey}).toHex());
}

/// The newest signed note afterwards.
QByteArray signNow(store::Connection &connection, const Clock &clock, const record::SigningKey &key, bool newKey)
{
    if (newKey) {
        QJsonObject body{{u"key"_s, QString::fromLatin1(key.publicKey().toBase64())},
                         {u"fingerprint"_s, fingerprint(key.publicKey())}};
        if (const std::optional<QByteArray> before = store::lastRecordKey(connection))
            body.insert("replaces"_L1, fingerprint(*before));
        record::Log log(connection, clock);
        const qint64 entry = log.append({record::Kind::KeyChange, record::systemSubject(), 0, false, std::move(body)});
        store::insertRecordKey(connection, entry, key.publicKey());
    }
    const record::Head head = record::readHead(connection);
    const std::optional<store::CheckpointRow> last = store::lastCheckpoint(connection);
    if (last && last->size == head.size)
        return last->note;
    const Checkpoint checkpoint{record::originOf(head.logId), head.size, head.root};
    QByteArray note = record::signCheckpoint(checkpoint, key);
    store::insertCheckpoint(connection, {head.size, note});
    return note;
}

/// Marks that a RESTORE under `known` answers for are those of a history that was given up on purpose.
record::Standing compare(store::Connection &connection, record::Evidence evidence,
                         const std::optional<Checkpoint> &known)
{
    const record::SubtreeSource subtrees = record::storedSubtrees(connection);
    const record::Standing standing = record::standingOf(evidence, subtrees);
    if (!record::isHalted(standing) || evidence.marks.empty() || !known || known->size > evidence.size)
        return standing;
    evidence.marks = record::unansweredMarks(evidence.marks, record::provenRestores(connection, *known));
    return record::standingOf(evidence, subtrees);
}

} // namespace

/// What the workspace says of its record.
struct RecordKeeper::Stored
{
    QByteArray logId;
    std::optional<QByteArray> publicKey;
    std::optional<store::CheckpointRow> last;
    record::Evidence evidence;
};

/// What is signed with the key in the keychain: what answers for a mark must be under it. Another key in the file would
/// be anybody's.
std::optional<Checkpoint> RecordKeeper::own(const Stored &stored) const
{
    if (!m_key || !stored.last)
        return std::nullopt;
    return record::openCheckpoint(stored.last->note, {record::originOf(m_logId), m_key->publicKey()});
}

RecordKeeper::RecordKeeper(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    m_signTimer.setSingleShot(true);
    m_signTimer.setInterval(kSignEvery);
    connect(&m_signTimer, &QTimer::timeout, this, &RecordKeeper::signSoon);
}

RecordKeeper::~RecordKeeper() = default;

void RecordKeeper::recordGrown()
{
    if (m_opened && !m_signTimer.isActive() && !record::isHalted(m_standing))
        m_signTimer.start();
}

void RecordKeeper::signSoon()
{
    spawn(sign().then([self = QPointer<RecordKeeper>(this)](const Result<void> &result) {
        if (!result && self)
            Q_EMIT self->failed(result.error());
        return result;
    }),
          "signing the record");
}

std::optional<NoteKey> RecordKeeper::publicKey() const
{
    return m_publicKey ? std::optional(NoteKey{record::originOf(m_logId), *m_publicKey}) : std::nullopt;
}

void RecordKeeper::setStanding(record::Standing standing)
{
    if (std::exchange(m_standing, standing) != standing)
        Q_EMIT standingChanged(standing);
}

QCoro::Task<Result<record::Standing>> RecordKeeper::open()
{
    const QPointer<RecordKeeper> alive(this);
    auto reading = m_parts.database->read([](store::Connection &connection) {
        return Stored{record::readHead(connection).logId, store::lastRecordKey(connection),
                      store::lastCheckpoint(connection), storedEvidence(connection)};
    });
    const Result<Stored> stored = co_await reading;
    if (!alive)
        co_return ending();
    if (!stored)
        co_return failure(stored.error());
    m_logId = stored->logId;
    m_publicKey = stored->publicKey;
    QCoro::Task<Result<void>> readingKey = readKey();
    const Result<void> keyRead = co_await readingKey;
    if (!alive)
        co_return ending();
    if (!keyRead && m_publicKey) // a new record has none
        qCInfo(lcSession, "the record's key cannot be read now: %s", qUtf8Printable(keyRead.error().detail));
    QCoro::Task<std::vector<Checkpoint>> readingMarks =
        readMarks(m_parts.secrets, m_parts.workspaceId, m_parts.markFolder, m_logId);
    const std::vector<Checkpoint> marks = co_await readingMarks;
    if (!alive)
        co_return ending();
    record::Evidence evidence = stored->evidence;
    evidence.hasKey = m_key.has_value();
    evidence.marks = marks;
    auto comparing = m_parts.database->read([evidence, known = own(*stored)](store::Connection &connection) {
        return compare(connection, evidence, known);
    });
    const Result<record::Standing> standing = co_await comparing;
    if (alive) {
        m_opened = true;
        m_evidence = evidence;
        setStanding(standing ? *standing : record::Standing::Damaged);
    }
    co_return standing;
}

QCoro::Task<Result<void>> RecordKeeper::readKey()
{
    const QPointer<RecordKeeper> alive(this);
    QCoro::Task<Result<QByteArray>> reading = m_parts.secrets->read(keyName(m_parts.workspaceId));
    const Result<QByteArray> seed = co_await reading;
    if (!alive)
        co_return ending();
    if (!seed)
        co_return failure(seed.error());
    const std::optional<record::SigningKey> key = record::SigningKey::fromSeed(*seed);
    if (!key)
        co_return failure(ErrorKind::NotFound, u"What the keychain holds for this record is no key."_s);
    if (m_publicKey && key->publicKey() != *m_publicKey) {
        m_otherKey = key;
        co_return failure(ErrorKind::Conflict,
                          u"The keychain holds another key than the one that signs this record."_s);
    }
    m_key = key;
    co_return Result<void>();
}

QCoro::Task<Result<void>> RecordKeeper::makeKey()
{
    const QPointer<RecordKeeper> alive(this);
    // In the keychain first: a key that signed and was then lost would look like a forger's.
    const record::SigningKey made = record::SigningKey::generate();
    QCoro::Task<Result<void>> writing = m_parts.secrets->write(keyName(m_parts.workspaceId), made.seed());
    const Result<void> written = co_await writing;
    if (!alive)
        co_return ending();
    if (written)
        m_key = made;
    co_return written;
}

QCoro::Task<Result<void>> RecordKeeper::findKey()
{
    if (m_key)
        co_return Result<void>();
    const QPointer<RecordKeeper> alive(this);
    QCoro::Task<Result<void>> reading = readKey();
    const Result<void> read = co_await reading;
    // A key that ends with the program would have to be replaced at every start.
    if (!alive || read || read.error().kind != ErrorKind::NotFound || m_publicKey || !m_parts.secrets->isLasting())
        co_return read;
    QCoro::Task<Result<void>> making = makeKey();
    const Result<void> made = co_await making;
    co_return made;
}

QCoro::Task<Result<void>> RecordKeeper::sign()
{
    if (record::isHalted(m_standing))
        co_return Result<void>();
    const QPointer<RecordKeeper> alive(this);
    QCoro::Task<Result<void>> finding = findKey();
    const Result<void> found = co_await finding;
    if (!alive)
        co_return Result<void>();
    if (!found) {
        setStanding(record::Standing::Unsigned);
        co_return Result<void>();
    }
    QCoro::Task<Result<void>> signing = signWith(*m_key, !m_publicKey);
    const Result<void> done = co_await signing;
    co_return done;
}

QCoro::Task<Result<void>> RecordKeeper::replaceKey()
{
    if (record::isHalted(m_standing))
        co_return failure(ErrorKind::Rejected,
                          u"The record is %1: that comes first. No key was made."_s.arg(record::toString(m_standing)));
    const QPointer<RecordKeeper> alive(this);
    QCoro::Task<Result<void>> making = makeKey();
    const Result<void> made = co_await making;
    if (!alive || !made)
        co_return made;
    QCoro::Task<Result<void>> signing = signWith(*m_key, true);
    const Result<void> done = co_await signing;
    co_return done;
}

QCoro::Task<Result<void>> RecordKeeper::continueAfterRestore()
{
    const QPointer<RecordKeeper> alive(this);
    auto comparing = m_parts.database->read([this](store::Connection &connection) {
        // As if it were signed already, which comes next.
        return compare(connection, m_evidence, Checkpoint{record::originOf(m_logId), m_evidence.size, m_evidence.root});
    });
    const Result<record::Standing> after = co_await comparing;
    if (!alive || !after)
        co_return alive ? Result<void>(failure(after.error())) : Result<void>(ending());
    if (record::isHalted(*after))
        co_return failure(ErrorKind::Damaged, record::sentenceOn(*after));
    QCoro::Task<Result<void>> finding = findKey();
    Result<void> found = co_await finding;
    if (!alive)
        co_return ending();
    const bool replaced = !found && m_parts.secrets->isLasting() &&
                          (found.error().kind == ErrorKind::NotFound || found.error().kind == ErrorKind::Conflict);
    if (replaced && m_otherKey) {
        // The backup is from before a change of keys. The newer one signed what is with others by now: it stays.
        m_key = std::exchange(m_otherKey, std::nullopt);
        found = {};
    } else if (replaced) {
        QCoro::Task<Result<void>> making = makeKey();
        found = co_await making;
    }
    if (!alive || !found)
        co_return alive ? found : Result<void>(ending());
    QCoro::Task<Result<void>> signing = signWith(*m_key, replaced || !m_publicKey);
    const Result<void> done = co_await signing;
    co_return done;
}

QCoro::Task<Result<void>> RecordKeeper::signWith(record::SigningKey key, bool newKey)
{
    const QPointer<RecordKeeper> alive(this);
    auto writing = m_parts.database->write([this, key, newKey](store::Connection &connection) {
        return signNow(connection, *m_parts.clock, key, newKey);
    });
    const Result<QByteArray> note = co_await writing;
    if (!alive || !note)
        co_return note ? Result<void>() : failure(note.error());
    m_publicKey = key.publicKey();
    // Only after the durable commit: a mark ahead of the file would look like a file that was rolled back.
    const Result<void> marked = MarkFile(m_parts.markFolder, m_logId).write(*note);
    QCoro::Task<Result<void>> keeping = m_parts.secrets->write(markName(m_parts.workspaceId), *note);
    const Result<void> kept = co_await keeping;
    if (!alive)
        co_return Result<void>();
    setStanding(marked || kept ? record::Standing::Open : record::Standing::Unanchored);
    co_return marked ? kept : marked;
}

} // namespace indelible::keeper

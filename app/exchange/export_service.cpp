// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/export_service.h"

#include "app/base/output_file.h"
#include "app/domain/coverage.h"
#include "app/domain/network.h"
#include "app/exchange/csv.h"
#include "app/record/canonical_json.h"
#include "app/record/history.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/record/seal.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/coverage_table.h"
#include "app/store/database.h"
#include "app/store/inbox_reader.h"
#include "app/store/item_table.h"

#include <QFileInfo>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <numeric>

using namespace Qt::StringLiterals;

namespace indelible::exchange {

namespace {

constexpr qint64 kEntriesAtOnce = 1000;
constexpr qsizetype kBytesAtOnce = 256 * 1024;

QString instantText(std::optional<Instant> instant)
{
    return instant ? toRfc3339(*instant) : QString();
}

QString goneText(std::optional<RemoteGone::Reason> gone)
{
    if (!gone)
        return {};
    return *gone == RemoteGone::Reason::DeletedByAuthor ? u"deleted by author"_s : u"hidden by network"_s;
}

/// Writes rows to a file and remembers the first failure; a full disk must not end in a file that looks whole.
class Sink
{
public:
    explicit Sink(const QString &fileName, bool byteOrderMark)
        : m_file(fileName)
    {
        if (const Result<void> replaceable = requireReplaceable(fileName, u".csv"_s); !replaceable)
            throw store::StoreException(replaceable.error());
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            fail();
        if (byteOrderMark)
            m_pending = "\xEF\xBB\xBF";
    }

    void header(const QStringList &names)
    {
        std::vector<Cell> cells;
        for (const QString &name : names)
            cells.emplace_back(name);
        write(cells);
    }

    void row(const std::vector<Cell> &cells)
    {
        write(cells);
        ++m_rows;
    }

    /// The file appears under its name.
    void commit()
    {
        flush();
        if (!m_file.commit())
            fail();
    }

    [[nodiscard]] qint64 rows() const { return m_rows; }

private:
    void write(const std::vector<Cell> &cells)
    {
        m_pending += csvRow(cells);
        if (m_pending.size() >= kBytesAtOnce)
            flush();
    }

    void flush()
    {
        if (m_file.write(m_pending) != m_pending.size())
            fail();
        m_pending.resize(0); // keeps its room
    }

    [[noreturn]] void fail() { throw store::StoreException(notWritten(m_file)); }

    QSaveFile m_file;
    QByteArray m_pending; ///< rows that are not written yet
    qint64 m_rows = 0;
};

QString sealNotice(const record::Seal &seal)
{
    return u"(erased as the law requires on %1: %2; entry %3 of the record)"_s.arg(toRfc3339(seal.at), seal.reason,
                                                                                   QString::number(seal.by));
}

/// What a body says, or that, when and why its words were destroyed: an empty cell would look as if nothing was said.
QString textOrNotice(store::Connection &connection, qint64 entry, const QString &text)
{
    const std::optional<record::Seal> seal = text.isEmpty() ? record::sealOf(connection, entry) : std::nullopt;
    return seal ? sealNotice(*seal) : text;
}

/// Everything said before the newest version, oldest first: an export holds every word.
QString earlierTexts(store::Connection &connection, const store::StoredItem &item)
{
    QStringList texts;
    if (item.revised) {
        for (const store::StoredVersion &version : store::readRevisions(connection, item.id))
            texts.append(textOrNotice(connection, version.entry, record::itemFromBody(version.body).text));
    }
    return texts.join(u"\n---\n"_s);
}

struct AccountNames
{
    QString network;
    QString name;
};

QHash<qint64, AccountNames> accountNames(store::Connection &connection)
{
    QHash<qint64, AccountNames> names;
    for (const Account &account : store::readAccounts(connection))
        names.insert(account.id.value(), {network(account.network).name, account.name});
    return names;
}

void writeItems(store::Connection &connection, Sink &sink)
{
    sink.header({u"item"_s,      u"conversation"_s,  u"case"_s,           u"network"_s,         u"account"_s,
                 u"kind"_s,      u"direction"_s,     u"audience"_s,       u"author"_s,          u"handle"_s,
                 u"author id"_s, u"written (UTC)"_s, u"received (UTC)"_s, u"stars"_s,           u"language"_s,
                 u"text"_s,      u"earlier texts"_s, u"gone"_s,           u"gone seen (UTC)"_s, u"sent by"_s,
                 u"address"_s,   u"remote id"_s,     u"record entry"_s});
    const QHash<qint64, AccountNames> accounts = accountNames(connection);
    store::forEachItem(connection, [&](const store::StoredItem &stored, const store::ItemPlace &place) {
        const RemoteItem item = record::itemFromBody(stored.body);
        const auto unlessSealed = [&stored](const QString &text) { return stored.body.isEmpty() ? QString() : text; };
        const AccountNames account = accounts.value(place.account.value());
        sink.row({stored.id.value(),
                  stored.conversation.value(),
                  place.caseId ? place.caseId->toString() : QString(),
                  account.network,
                  account.name,
                  unlessSealed(toString(item.kind)),
                  toString(stored.direction),
                  unlessSealed(toString(item.audience)),
                  item.author.displayName(),
                  item.author.handle,
                  item.author.remoteId,
                  unlessSealed(toRfc3339(item.createdAt)),
                  toRfc3339(stored.receivedAt),
                  item.stars ? QString::number(*item.stars) : QString(),
                  item.language,
                  textOrNotice(connection, stored.entry, item.text),
                  earlierTexts(connection, stored),
                  goneText(stored.gone),
                  instantText(stored.goneAt),
                  stored.memberName,
                  item.url,
                  stored.remoteId,
                  stored.entry});
    });
}

void writeCases(store::Connection &connection, Sink &sink)
{
    sink.header({u"case"_s, u"title"_s, u"status"_s, u"owner"_s, u"person"_s, u"opened (UTC)"_s, u"changed (UTC)"_s,
                 u"conversations"_s, u"networks"_s, u"notes"_s});
    for (const Case &value : store::readCases(connection)) {
        QStringList conversations;
        QStringList networks;
        for (const ConversationId id : store::conversationsOfCase(connection, value.id)) {
            conversations.append(id.toString());
            networks.append(network(store::readRow(connection, id).network).name);
        }
        networks.removeDuplicates();
        QStringList notes;
        for (const store::StoredEvent &event : store::eventsOfCase(connection, value.id)) {
            if (event.kind == ConversationEvent::Kind::Note)
                notes.append(u"%1 %2: %3"_s.arg(
                    toRfc3339(event.at), event.memberName,
                    textOrNotice(connection, event.entry,
                                 QJsonDocument::fromJson(event.body).object().value("text"_L1).toString())));
        }
        sink.row({value.id.value(), value.title, toString(value.status), value.owner, value.person,
                  toRfc3339(value.openedAt), toRfc3339(value.changedAt), conversations.join(u' '),
                  networks.join(u", "_s), notes.join(u'\n')});
    }
}

/// Entry by entry, as the record has them: what was destroyed is said, what is missing is left out.
void writeRecord(store::Connection &connection, Sink &sink)
{
    sink.header({u"entry"_s, u"time (UTC)"_s, u"what"_s, u"about"_s, u"network"_s, u"by"_s, u"says"_s, u"erased"_s,
                 u"commitment"_s, u"seal"_s});
    const qint64 size = record::readHead(connection).size;
    for (qint64 first = 0; first < size; first += kEntriesAtOnce) {
        std::vector<qint64> numbers(static_cast<size_t>(std::min(kEntriesAtOnce, size - first)));
        std::iota(numbers.begin(), numbers.end(), first);
        for (const record::EntryView &entry : record::readEntries(connection, numbers)) {
            sink.row({entry.idx, toRfc3339(fromMs(static_cast<qint64>(entry.entry.timeMs))),
                      record::kindName(entry.entry.kind), entry.about.name, entry.about.network,
                      entry.entry.actor == 0 ? u"program"_s : entry.member,
                      entry.hasBody ? QString::fromUtf8(record::canonicalJson(entry.body).value_or(QByteArray()))
                                    : QString(),
                      entry.sealedBy ? sealNotice(*entry.sealedBy) : QString(),
                      QString::fromLatin1(entry.entry.commitment.toHex()), QString::fromLatin1(entry.seal.toHex())});
        }
    }
}

/// Where silence is calm, and where nobody would hear.
void writeCoverage(store::Connection &connection, Sink &sink, Instant now)
{
    sink.header({u"place"_s, u"network"_s, u"state"_s, u"known up to (UTC)"_s, u"looked at every (days)"_s,
                 u"look due (UTC)"_s, u"why"_s, u"address"_s, u"as of (UTC)"_s});
    for (const Coverage &line : coverageMap(store::readAccounts(connection), store::readPlaces(connection), now))
        sink.row({line.name, line.network.isEmpty() ? QString() : network(line.network).name, toString(line.state),
                  instantText(line.known), line.everyDays > 0 ? QString::number(line.everyDays) : QString(),
                  instantText(line.dueAt), line.detail, line.address, toRfc3339(now)});
}

QString nameOf(ExportKind kind)
{
    switch (kind) {
    case ExportKind::Cases:
        return u"cases"_s;
    case ExportKind::Items:
        return u"items"_s;
    case ExportKind::Record:
        return u"record"_s;
    case ExportKind::Coverage:
        return u"coverage"_s;
    }
    Q_UNREACHABLE();
}

void writeRows(store::Connection &connection, ExportKind kind, Sink &sink, Instant now)
{
    switch (kind) {
    case ExportKind::Cases:
        return writeCases(connection, sink);
    case ExportKind::Items:
        return writeItems(connection, sink);
    case ExportKind::Record:
        return writeRecord(connection, sink);
    case ExportKind::Coverage:
        return writeCoverage(connection, sink, now);
    }
}

/// In one transaction: where the file cannot take its name, there is no entry either.
ExportReport finish(record::Log &log, quint32 member, ExportKind kind, const QString &fileName, Sink &sink)
{
    log.append({record::Kind::Export, record::systemSubject(), member, true,
                QJsonObject{
                    {u"what"_s, nameOf(kind)}, {u"rows"_s, sink.rows()}, {u"file"_s, QFileInfo(fileName).fileName()}}});
    sink.commit();
    return ExportReport{sink.rows()};
}

} // namespace

ExportService::ExportService(store::Database &database, const Clock &clock, quint32 member)
    : m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<ExportReport>> ExportService::exportCsv(ExportKind kind, QString fileName, bool byteOrderMark)
{
    // Reading everything can take minutes: it holds up nobody, and sees one state from first row to last.
    auto read = [kind, fileName, byteOrderMark, now = m_clock.now()](store::Connection &connection) {
        auto sink = std::make_shared<Sink>(fileName, byteOrderMark);
        writeRows(connection, kind, *sink, now);
        return sink;
    };
    return m_database.scanThenWrite(
        std::move(read), [this, kind, fileName](store::Connection &connection, const std::shared_ptr<Sink> &sink) {
            record::Log log(connection, m_clock);
            return finish(log, m_member, kind, fileName, *sink);
        });
}

} // namespace indelible::exchange

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/ingest.h"

#include "app/base/text.h"
#include "app/inbox/summary.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/store/account_table.h"
#include "app/store/conversation_table.h"
#include "app/store/item_table.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"
#include "app/store/search.h"

#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::inbox {

namespace {

QString goneReason(RemoteGone::Reason reason)
{
    switch (reason) {
    case RemoteGone::Reason::DeletedByAuthor:
        return u"deleted-by-author"_s;
    case RemoteGone::Reason::HiddenByNetwork:
        return u"hidden-by-network"_s;
    }
    Q_UNREACHABLE();
}

/// An answer of ours is written down as its intent, which knows neither links nor pictures: the words decide. In what
/// others wrote, a link that leads somewhere else now is another statement.
bool saysTheSame(const RemoteItem &stored, const RemoteItem &item, const store::KnownItem &known)
{
    if (stored.text != wellFormed(item.text) || stored.stars != item.stars)
        return false;
    return known.direction == Direction::Outgoing || (stored.links == item.links && stored.media == item.media);
}

RemoteItem asItWas(const RemoteItem &now, const Wording &words)
{
    RemoteItem earlier = now;
    earlier.version = words.version;
    earlier.text = words.text;
    earlier.links = words.links;
    earlier.media = words.media;
    return earlier;
}

/// Without its earlier versions: there may be thousands, and each is looked at as an item.
RemoteItem alone(RemoteItem item)
{
    item.earlier.clear();
    return item;
}

/// What was said behind the version that we have, oldest first. Where that is found by its words only, behind their
/// first use; where it is not found, all of it: rather something twice than a word lost. What we sent ourselves is the
/// first of them, whatever the network made of its words.
std::vector<Wording> missedWords(const std::vector<Wording> &earlier, const QString &version, const QString &text,
                                 Direction direction)
{
    auto had = std::find_if(earlier.begin(), earlier.end(),
                            [&](const Wording &words) { return !version.isEmpty() && words.version == version; });
    if (had == earlier.end())
        had = std::find_if(earlier.begin(), earlier.end(),
                           [&](const Wording &words) { return wellFormed(words.text) == text; });
    if (had == earlier.end() && direction == Direction::Outgoing)
        had = earlier.begin();
    return {had == earlier.end() ? earlier.begin() : std::next(had), earlier.end()};
}

/// One arrival's work; lives as long as its transaction.
class Ingest
{
public:
    Ingest(store::Connection &connection, const Clock &clock, const Account &account)
        : m_connection(connection)
        , m_account(account)
        , m_log(connection, clock)
        , m_now(clock.now())
    {
    }

    /// What was sealed has no id here any more, so that its edits and deletions find nothing; it is not stored again.
    void take(const RemoteItem &item)
    {
        if (store::isSealedId(item.remoteId))
            return;
        if (const std::optional<store::KnownItem> known = store::findItem(m_connection, m_account.id, item.remoteId))
            takeKnown(*known, item);
        else if (!store::isKeptOut(m_connection, m_account.network, item.remoteId))
            takeUnknown(item);
    }

    void takeGone(const RemoteGone &gone)
    {
        const std::optional<store::KnownItem> known = store::findItem(m_connection, m_account.id, gone.remoteId);
        if (!known || known->gone || store::isSealedId(gone.remoteId))
            return;
        const store::ConversationKey conversation = store::requireConversation(m_connection, known->conversation);
        m_log.append({record::Kind::ItemGone, conversation.subject, 0, false,
                      QJsonObject{{u"id"_s, gone.remoteId},
                                  {u"item_entry"_s, known->entry},
                                  {u"reason"_s, goneReason(gone.reason)}}});
        store::markItemGone(m_connection, known->id, gone.reason, m_now);
        ++m_report.gone;
        touch(conversation.id);
    }

    IngestReport finish()
    {
        for (const ConversationId id : std::as_const(m_report.changed)) {
            refreshSummary(m_connection, id);
            if (m_unread.contains(id))
                store::setUnread(m_connection, id, true);
        }
        for (const Indexed &text : m_index)
            store::indexEntry(m_connection, text.entry, text.text, text.author);
        return std::move(m_report);
    }

private:
    void takeUnknown(const RemoteItem &item)
    {
        if (item.earlier.empty())
            takeNew(item);
        else
            takeKnown(takeNew(asItWas(alone(item), item.earlier.front())), item);
    }

    store::KnownItem takeNew(const RemoteItem &item)
    {
        const store::ConversationKey conversation = conversationOf(item);
        const qint64 entry =
            m_log.append({record::Kind::ItemSeen, conversation.subject, 0, false, record::itemBody(item)});
        store::NewItem row;
        row.account = m_account.id;
        row.remoteId = item.remoteId;
        row.conversation = conversation.id;
        row.handle = store::upsertHandle(m_connection, m_account.network, item.author);
        row.direction = item.direction;
        row.orderedAt = orderOf(item, m_now);
        row.receivedAt = m_now;
        row.version = item.version;
        row.entry = entry;
        const ItemId id = store::insertItem(m_connection, row);
        indexLater(entry, item);
        ++m_report.newItems;
        if (item.direction == Direction::Incoming) {
            ++m_report.newIncoming;
            m_unread.insert(conversation.id);
        }
        touch(conversation.id);
        return {id, conversation.id, item.version, entry, false, item.direction};
    }

    void takeKnown(store::KnownItem known, const RemoteItem &item)
    {
        if (known.gone)
            takeBack(known);
        if (known.version == item.version && !item.version.isEmpty())
            return;
        RemoteItem stored =
            record::itemFromBody(store::readRecordBody(m_connection, known.entry).value_or(QByteArray()));
        const RemoteItem now = alone(item);
        for (const Wording &words : missedWords(item.earlier, known.version, stored.text, known.direction)) {
            RemoteItem between = asItWas(now, words);
            takeVersion(known, stored, between);
            stored = std::move(between);
        }
        takeVersion(known, stored, now);
    }

    /// `stored` is what the newest entry of the known item says.
    void takeVersion(store::KnownItem &known, const RemoteItem &stored, const RemoteItem &item)
    {
        if (saysTheSame(stored, item, known)) {
            // Nothing was said anew under the other version. Our own answers come back this way.
            if (known.version != item.version && !item.version.isEmpty())
                store::updateItemVersion(m_connection, known.id, known.version = item.version);
            return;
        }
        const store::ConversationKey conversation = store::requireConversation(m_connection, known.conversation);
        const qint64 entry =
            m_log.append({record::Kind::ItemEdit, conversation.subject, 0, false, record::itemBody(item)});
        store::reviseItem(m_connection, known, item.version, entry, m_now);
        known.entry = entry;
        known.version = item.version;
        indexLater(entry, item);
        ++m_report.revisions;
        if (known.direction == Direction::Incoming)
            m_unread.insert(conversation.id);
        touch(conversation.id);
    }

    /// The network shows again what it did not show for a while.
    void takeBack(const store::KnownItem &known)
    {
        const store::ConversationKey conversation = store::requireConversation(m_connection, known.conversation);
        m_log.append({record::Kind::ItemGone, conversation.subject, 0, false,
                      QJsonObject{{u"item_entry"_s, known.entry}, {u"reason"_s, u"shown-again"_s}}});
        store::clearItemGone(m_connection, known.id);
        touch(conversation.id);
    }

    /// The search index is written last, in one go: FTS5 writes what it has gathered to disk at every savepoint, and
    /// every statement on a table with triggers opens one.
    void indexLater(qint64 entry, const RemoteItem &item)
    {
        m_index.push_back({entry, item.text, store::searchedAuthor(item.author)});
    }

    store::ConversationKey conversationOf(const RemoteItem &item)
    {
        if (std::optional<store::ConversationKey> known =
                store::findConversation(m_connection, m_account.id, item.threadId))
            return *known;
        store::NewConversation made{m_account.id, item.threadId, randomBytes(record::kIdBytes), item.kind,
                                    item.audience};
        const ConversationId id = store::insertConversation(m_connection, made);
        return {id, made.subject, m_account.id, item.threadId, item.audience};
    }

    void touch(ConversationId id)
    {
        if (!m_touched.contains(id)) {
            m_touched.insert(id);
            m_report.changed.append(id);
        }
    }

    struct Indexed
    {
        qint64 entry;
        QString text;
        QString author;
    };

    store::Connection &m_connection;
    const Account &m_account;
    record::Log m_log;
    Instant m_now;
    IngestReport m_report;
    QSet<ConversationId> m_touched;
    QSet<ConversationId> m_unread;
    std::vector<Indexed> m_index;
};

} // namespace

IngestReport ingest(store::Connection &connection, const Clock &clock, const Account &account, const Arrival &arrival)
{
    Ingest work(connection, clock, account);
    for (const RemoteItem &item : arrival.items)
        work.take(item);
    for (const RemoteGone &gone : arrival.gone)
        work.takeGone(gone);
    if (arrival.cursor)
        store::writeCursor(connection, account.id, *arrival.cursor, clock.now());
    return work.finish();
}

Instant orderOf(const RemoteItem &item, Instant now)
{
    // No network is older.
    constexpr Instant kOldest = Instant(std::chrono::milliseconds(1'104'537'600'000)); // 2005-01-01
    return item.createdAt < kOldest ? now : std::min(item.createdAt, now);
}

std::optional<RemoteGone::Reason> goneReasonFrom(const QString &word)
{
    for (const RemoteGone::Reason reason : {RemoteGone::Reason::DeletedByAuthor, RemoteGone::Reason::HiddenByNetwork}) {
        if (goneReason(reason) == word)
            return reason;
    }
    return std::nullopt;
}

} // namespace indelible::inbox

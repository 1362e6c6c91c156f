// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/seal.h"

#include "app/inbox/summary.h"
#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/record/seal.h"
#include "app/store/case_table.h"
#include "app/store/conversation_table.h"
#include "app/store/guards.h"
#include "app/store/record_table.h"
#include "app/store/rewrite.h"
#include "app/store/seal_table.h"
#include "app/store/search.h"

#include <QSet>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace indelible::seal {

namespace {

using record::Kind;

/// One seal's work; lives as long as its transaction.
class Sealer
{
public:
    Sealer(store::Connection &connection, const Clock &clock)
        : m_connection(connection)
        , m_clock(clock)
    {
    }

    /// While its words are still there: takes them out of the index, and notes what else holds something of them.
    void prepare(qint64 idx)
    {
        const std::optional<store::RecordRow> row = store::readRecordRow(m_connection, idx);
        const std::optional<record::Entry> entry = row ? record::Entry::fromBytes(row->entry) : std::nullopt;
        if (!entry || !row->body)
            throw store::StoreException(
                ErrorKind::Damaged,
                u"The words of entry %1 are missing. Nothing was sealed; run 'indelible record verify'."_s.arg(idx));
        switch (static_cast<Kind>(entry->kind)) {
        case Kind::ItemSeen:
        case Kind::ItemEdit:
            return prepareVersion(idx, *row->body);
        case Kind::ReplyIntent:
            m_intents.append(idx);
            return prepareIntent(idx, *row->body);
        case Kind::CaseOpen:
        case Kind::CaseState: // sealed only for the title that it gives
            if (const std::optional<CaseId> id = store::findCase(m_connection, entry->subject))
                m_cases.insert(*id);
            return;
        case Kind::ItemGone:
        case Kind::Note:
            return;
        default:
            throw store::StoreException(
                ErrorKind::Rejected,
                u"Entry %1 is about the record itself and cannot be sealed. Nothing was sealed."_s.arg(idx));
        }
    }

    /// Once the words are gone: takes away what the tables hold of them.
    void clear()
    {
        for (const auto &[id, item] : m_items) {
            store::keepOut(m_connection, store::keepOutMark(m_connection, item.network, item.remoteId));
            store::forgetItem(m_connection, item);
        }
        for (const qint64 intent : std::as_const(m_intents))
            store::forgetIntent(m_connection, intent);
        for (const ConversationId id : std::as_const(m_conversations))
            clearConversation(id);
        for (const qint64 handle : std::as_const(m_handles))
            clearHandle(handle);
        // The title was said together with the name; a person can give the case another one.
        for (const CaseId id : std::as_const(m_cases))
            store::forgetPersonOfCase(m_connection, id, u"Case %1"_s.arg(id.toString()));
        for (const ConversationId id : std::as_const(m_conversations))
            inbox::refreshSummary(m_connection, id);
    }

private:
    void prepareVersion(qint64 idx, const QByteArray &body)
    {
        const RemoteItem item = record::itemFromBody(body);
        // As app/inbox/ingest indexed it.
        store::unindexEntry(m_connection, idx, item.text, store::searchedAuthor(item.author));
        noteItem(idx);
    }

    void prepareIntent(qint64 idx, const QByteArray &body)
    {
        // As app/outbox indexed it, where it was sent and did not come from the network first.
        if (!noteItem(idx))
            return;
        const RemoteItem item = record::itemFromBody(body);
        store::unindexEntry(m_connection, idx, item.text, store::searchedSender(item.author));
    }

    bool noteItem(qint64 idx)
    {
        const std::optional<store::ItemRow> item = store::itemOfVersion(m_connection, idx);
        if (!item)
            return false;
        if (!store::isSealedId(item->remoteId))
            m_items.insert({item->id, *item});
        m_conversations.insert(item->conversation);
        if (item->direction == Direction::Incoming)
            m_handles.insert(item->handle);
        return true;
    }

    [[nodiscard]] bool isAllSealed(ConversationId id)
    {
        return std::ranges::all_of(store::itemsOfConversation(m_connection, id),
                                   [](const store::ItemRow &item) { return store::isSealedId(item.remoteId); });
    }

    void clearConversation(ConversationId id)
    {
        store::writeDraft(m_connection, id, Draft{}, m_clock.now());
        const std::vector<store::ItemRow> items = store::itemsOfConversation(m_connection, id);
        if (items.empty() || !isAllSealed(id))
            return;
        // A thread mostly goes by the id of the item that began it. Where others' words are left, these name it anyway.
        const auto first = std::ranges::min_element(items, {}, &store::ItemRow::firstEntry);
        store::forgetThread(m_connection, id, first->firstEntry);
    }

    /// The person is called as the newest of what is left says; where nothing is left, not at all.
    void clearHandle(qint64 id)
    {
        store::HandleRow handle = store::requireHandle(m_connection, id);
        std::vector<store::ItemRow> items = store::itemsOfHandle(m_connection, id);
        std::erase_if(items, [](const store::ItemRow &item) { return store::isSealedId(item.remoteId); });
        const auto last = std::ranges::max_element(items, {}, &store::ItemRow::firstEntry);
        const Author author =
            last == items.end()
                ? Author{store::sealedId(id), {}, {}}
                : record::itemFromBody(store::readRecordBody(m_connection, last->firstEntry).value_or(QByteArray()))
                      .author;
        handle.remoteId = author.remoteId;
        handle.handle = author.handle;
        handle.name = author.name;
        store::writeHandle(m_connection, handle);
    }

    store::Connection &m_connection;
    const Clock &m_clock;
    std::map<ItemId, store::ItemRow> m_items; ///< as they were
    QList<qint64> m_intents;
    QSet<ConversationId> m_conversations;
    QSet<qint64> m_handles;
    QSet<CaseId> m_cases;
};

} // namespace

QStringList reasonCodes()
{
    return {u"no-longer-needed"_s,
            u"consent-withdrawn"_s,
            u"objection"_s,
            u"unlawful"_s,
            u"legal-duty"_s,
            u"child"_s,
            u"order"_s,
            u"network-rule"_s};
}

qint64 sealEntries(store::Connection &connection, const Clock &clock, quint32 member, const QList<qint64> &entries,
                   const QString &reason)
{
    if (!reasonCodes().contains(reason))
        throw store::StoreException(ErrorKind::Rejected,
                                    u"'%1' is no reason for a seal. Nothing was sealed; the reasons are %2."_s.arg(
                                        reason, reasonCodes().join(u", "_s)));
    if (entries.isEmpty())
        throw store::StoreException(ErrorKind::Rejected, u"There is nothing left to seal. Nothing was changed."_s);
    QList<qint64> ascending = entries;
    std::ranges::sort(ascending);
    Sealer sealer(connection, clock);
    for (const qint64 idx : std::as_const(ascending))
        sealer.prepare(idx);
    record::Log log(connection, clock);
    const qint64 by =
        log.append({Kind::Erase, record::systemSubject(), member, member != 0, record::eraseBody(ascending, reason)});
    {
        const store::SealPermit permit(connection);
        for (const qint64 idx : std::as_const(ascending))
            store::eraseBody(connection, idx, by);
    }
    sealer.clear();
    store::noteTraces(connection, by);
    return by;
}

} // namespace indelible::seal

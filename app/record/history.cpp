// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/history.h"

#include "app/record/item_body.h"
#include "app/record/log.h"
#include "app/record/merkle.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/store/account_table.h"
#include "app/store/case_table.h"
#include "app/store/inbox_reader.h"
#include "app/store/item_table.h"
#include "app/store/record_table.h"
#include "app/store/settings_table.h"

#include <QHash>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

/// How far back an item of the same conversation is looked for. Notes and answers in a row are few.
constexpr int kMostStepsBack = 200;

/// Names for the random numbers of entries; each is looked up once.
class Names
{
public:
    explicit Names(store::Connection &connection)
        : m_connection(connection)
    {
    }

    QString member(quint32 actor)
    {
        if (actor == 0)
            return {};
        const auto known = m_members.constFind(actor);
        return known != m_members.constEnd() ? *known
                                             : *m_members.insert(actor, store::memberName(m_connection, actor));
    }

    About about(const Entry &entry)
    {
        if (entry.subject == systemSubject())
            return {};
        const auto known = m_abouts.constFind(entry.subject);
        return known != m_abouts.constEnd() ? *known : *m_abouts.insert(entry.subject, find(entry));
    }

private:
    About find(const Entry &entry)
    {
        if (const std::optional<CaseId> id = store::findCase(m_connection, entry.subject))
            return {{}, id, store::requireCase(m_connection, *id).title, {}};
        if (const std::optional<Account> account = store::findAccount(m_connection, entry.subject))
            return {{}, {}, account->handle.isEmpty() ? account->name : account->handle, account->network};
        if (const std::optional<ConversationId> id = conversation(entry)) {
            const ConversationRow row = store::readRow(m_connection, *id);
            return {id, {}, row.person.displayName(), row.network};
        }
        return {};
    }

    /// Of the entry's own item, or of the nearest item before it that is about the same.
    std::optional<ConversationId> conversation(const Entry &entry)
    {
        Entry at = entry;
        for (int step = 0; step < kMostStepsBack; ++step) {
            if (const auto found = store::conversationOfEntry(m_connection, static_cast<qint64>(at.idx)))
                return found;
            const std::optional<QByteArray> before =
                at.previous == kNoPrevious ? std::nullopt
                                           : store::readRecordEntry(m_connection, static_cast<qint64>(at.previous));
            const std::optional<Entry> earlier = before ? Entry::fromBytes(*before) : std::nullopt;
            if (!earlier)
                return std::nullopt;
            at = *earlier;
        }
        return std::nullopt;
    }

    store::Connection &m_connection;
    QHash<quint32, QString> m_members;
    QHash<QByteArray, About> m_abouts;
};

EntryView viewOf(store::Connection &connection, const store::RecordRow &row, const Entry &entry, Names &names)
{
    return {row.idx,
            entry,
            names.member(entry.actor),
            names.about(entry),
            row.body.has_value(),
            row.body ? QJsonDocument::fromJson(*row.body).object() : QJsonObject(),
            row.body ? std::nullopt : sealOf(connection, row.idx),
            leafHash(row.entry)};
}

Entry requireEntry(const store::RecordRow &row)
{
    const std::optional<Entry> entry = Entry::fromBytes(row.entry);
    if (!entry)
        throw store::StoreException(
            ErrorKind::Damaged,
            u"Entry %1 of the record is not an entry. Nothing was changed; verify the record and restore a backup."_s
                .arg(row.idx));
    return *entry;
}

std::optional<QString> textBefore(store::Connection &connection, qint64 idx)
{
    const std::optional<qint64> before = store::versionBefore(connection, idx);
    return before ? std::optional(itemFromBody(readBody(connection, *before)).text) : std::nullopt;
}

} // namespace

std::vector<EntryView> readEntries(store::Connection &connection, const std::vector<qint64> &numbers)
{
    std::vector<EntryView> views;
    Names names(connection);
    for (const qint64 number : numbers) {
        const std::optional<store::RecordRow> row = store::readRecordRow(connection, number);
        if (const std::optional<Entry> entry = row ? Entry::fromBytes(row->entry) : std::nullopt)
            views.push_back(viewOf(connection, *row, *entry, names));
    }
    return views;
}

std::vector<Actor> readActors(store::Connection &connection)
{
    std::vector<Actor> actors;
    for (const store::Member &member : store::readMembers(connection))
        actors.push_back({member.id, member.name});
    return actors;
}

EntryDetail readEntry(store::Connection &connection, qint64 idx)
{
    EntryDetail detail;
    const Head head = readHead(connection);
    detail.size = head.size;
    detail.root = head.root;
    const std::optional<store::RecordRow> row =
        idx < 0 || idx >= head.size ? std::nullopt : store::readRecordRow(connection, idx);
    if (!row)
        throw store::StoreException(ErrorKind::NotFound, u"The record has no entry %1."_s.arg(idx));
    Names names(connection);
    detail.view = viewOf(connection, *row, requireEntry(*row), names);
    detail.bodyBytes = row->body ? row->body->size() : 0;
    detail.bodyMatches = row->body && commitment(*row->salt, *row->body) == detail.view.entry.commitment;
    const SubtreeSource subtree = storedSubtrees(connection);
    detail.inTree =
        checkInclusion(detail.view.seal, idx, head.size, inclusionProof(idx, head.size, subtree), head.root);
    if (detail.view.entry.kind == static_cast<quint16>(Kind::ItemEdit))
        detail.textBefore = textBefore(connection, idx);
    return detail;
}

} // namespace indelible::record

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/inbox_reader.h"

#include "app/domain/goal.h"
#include "app/store/conversation_table.h"
#include "app/store/search.h"

#include <QSet>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

// The outbox and draft parts are read row by row: both tables are short, and only what is shown is looked up.
constexpr QLatin1StringView kColumns =
    "c.id, c.account_id, a.network, a.name, c.thread_id, coalesce(h.remote_id, ''), coalesce(h.handle, ''), "
    "coalesce(h.name, ''), c.snippet, c.kind, c.audience, c.stars, "
    "c.turn, c.unread, c.edited, c.gone, c.item_count, c.last_at_ms, c.due_at_ms, c.owner, c.case_id, "
    "(SELECT o.state FROM outbox o WHERE o.conversation_id = c.id AND o.state IN (1, 2, 4, 5) ORDER BY o.id DESC LIMIT "
    "1), "
    "(SELECT d.text FROM draft d WHERE d.conversation_id = c.id), c.urgency"_L1;
constexpr QLatin1StringView kFrom =
    " FROM conversation c JOIN account a ON a.id = c.account_id LEFT JOIN handle h ON h.id = c.handle_id "_L1;

ConversationRow rowOf(const Statement &row)
{
    ConversationRow result;
    result.id = row.id<ConversationId>(0);
    result.account = row.id<AccountId>(1);
    result.network = row.text(2);
    result.accountName = row.text(3);
    result.threadId = row.text(4);
    result.person = {row.text(5), row.text(6), row.text(7)};
    result.snippet = row.text(8);
    result.kind = static_cast<ItemKind>(row.integer(9));
    result.audience = static_cast<Audience>(row.integer(10));
    if (!row.isNull(11))
        result.stars = static_cast<int>(row.integer(11));
    result.turn = static_cast<Turn>(row.integer(12));
    result.unread = row.integer(13) != 0;
    result.edited = row.integer(14) != 0;
    result.gone = row.integer(15) != 0;
    result.itemCount = static_cast<int>(row.integer(16));
    result.lastAt = row.instant(17);
    result.dueAt = row.optionalInstant(18);
    result.owner = row.text(19);
    if (!row.isNull(20))
        result.caseNumber = row.id<CaseId>(20);
    if (!row.isNull(21))
        result.outbox = static_cast<OutboxState>(row.integer(21));
    if (!row.isNull(22)) {
        result.snippet = row.text(22).left(200).simplified();
        result.snippetIsDraft = true;
    }
    return result;
}

qint64 sortValue(Order order, const Statement &row)
{
    switch (order) {
    case Order::MostUrgent:
        return row.integer(23);
    case Order::Newest:
        return -row.integer(17);
    case Order::Oldest:
        return row.integer(17);
    }
    Q_UNREACHABLE();
}

/// Conditions and their values, side by side so that they cannot drift apart.
struct Where
{
    QStringList conditions;
    QVariantList values;

    void add(const QString &condition, const QVariantList &bound = {})
    {
        conditions.append(condition);
        values.append(bound);
    }
    [[nodiscard]] QString sql() const
    {
        return conditions.isEmpty() ? QString() : u" WHERE "_s + conditions.join(u" AND "_s);
    }
};

void addView(Where &where, View view, const QString &me, Instant now)
{
    switch (view) {
    case View::NeedsReply:
        where.add(u"c.urgency < ?"_s, {kWaitingBand});
        return;
    case View::DueSoon:
        where.add(u"c.urgency < ?"_s, {toMs(now + kDueSoon)});
        return;
    case View::Mine:
        where.add(u"c.owner = ? AND c.urgency < ?"_s, {me, kRestBand});
        return;
    case View::NotYetOwned:
        where.add(u"c.owner = '' AND c.urgency < ?"_s, {kRestBand});
        return;
    case View::Waiting:
        where.add(u"c.urgency >= ? AND c.urgency < ?"_s, {kWaitingBand, kRestBand});
        return;
    case View::Done:
        where.add(u"c.turn = 3"_s);
        return;
    case View::Everything:
        return;
    }
}

void addFilters(Where &where, const InboxQuery &query)
{
    if (query.account)
        where.add(u"c.account_id = ?"_s, {query.account->value()});
    switch (query.filter) {
    case KindFilter::All:
        return;
    case KindFilter::Reviews:
        where.add(u"c.kind = 2"_s);
        return;
    case KindFilter::Mentions:
        where.add(u"c.kind = 1"_s);
        return;
    case KindFilter::Private:
        where.add(u"c.audience = 2"_s);
        return;
    }
}

QString orderColumn(Order order)
{
    return order == Order::MostUrgent ? u"c.urgency"_s : u"c.last_at_ms"_s;
}

void addAfter(Where &where, const InboxQuery &query)
{
    if (!query.after)
        return;
    const bool descending = query.order == Order::Newest;
    where.add(u"(%1, c.id) %2 (?, ?)"_s.arg(orderColumn(query.order), descending ? u"<"_s : u">"_s),
              {descending ? -query.after->sortValue : query.after->sortValue,
               descending ? -query.after->id : query.after->id});
}

/// Ids descend together with a descending time, so that one index runs through both; the key turns them round.
PageKey keyOf(Order order, const Statement &row)
{
    const qint64 id = row.integer(0);
    return {sortValue(order, row), order == Order::Newest ? -id : id};
}

std::vector<ConversationRow> readWhere(Connection &connection, const Where &where, Order order, int limit)
{
    const QString direction = order == Order::Newest ? u" DESC"_s : QString();
    Statement statement =
        connection.statementFor(u"SELECT "_s + kColumns + kFrom + where.sql() + u" ORDER BY "_s + orderColumn(order) +
                                direction + u", c.id"_s + direction + u" LIMIT "_s + QString::number(limit));
    for (const QVariant &value : where.values)
        statement.bindVariant(value);
    std::vector<ConversationRow> rows;
    while (statement.step()) {
        rows.push_back(rowOf(statement));
        rows.back().key = keyOf(order, statement);
    }
    return rows;
}

bool passes(const ConversationRow &row, const InboxQuery &query)
{
    if (query.account && row.account != *query.account)
        return false;
    switch (query.filter) {
    case KindFilter::All:
        return true;
    case KindFilter::Reviews:
        return row.kind == ItemKind::Review;
    case KindFilter::Mentions:
        return row.kind == ItemKind::Mention;
    case KindFilter::Private:
        return row.audience == Audience::Private;
    }
    Q_UNREACHABLE();
}

/// Conversations with a matching item, the newest match first. Reads at most so many matches for one page that a common
/// word in a rare kind costs a bounded time; the page may then be short and still have a next one.
InboxPage readSearchPage(Connection &connection, const InboxQuery &query, const QString &fullText)
{
    constexpr int kMatchesPerPage = 4000;
    InboxPage page;
    Statement matches = connection.statement(
        "SELECT f.rowid, coalesce((SELECT i.conversation_id FROM item i WHERE i.entry = f.rowid), "
        "(SELECT j.conversation_id FROM revision r JOIN item j ON j.id = r.item_id WHERE r.entry = f.rowid), 0) "
        "FROM item_text f WHERE item_text MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC");
    matches.bind(fullText, query.after ? -query.after->sortValue : std::numeric_limits<qint64>::max());
    QSet<qint64> seen;
    int read = 0;
    while (matches.step()) {
        const PageKey key{-matches.integer(0), 0};
        const qint64 conversation = matches.integer(1);
        ++read;
        if (conversation != 0 && !seen.contains(conversation)) {
            seen.insert(conversation);
            ConversationRow row = readRow(connection, ConversationId(conversation));
            row.key = key;
            if (passes(row, query))
                page.rows.push_back(std::move(row));
        }
        if (static_cast<int>(page.rows.size()) == query.limit || read == kMatchesPerPage) {
            page.next = key;
            return page;
        }
    }
    return page;
}

int countUpToLimit(Connection &connection, const Where &where)
{
    Statement statement = connection.statementFor(u"SELECT count(*) FROM (SELECT 1 FROM conversation c"_s +
                                                  where.sql() + u" LIMIT %1)"_s.arg(InboxCounts::kCountLimit));
    for (const QVariant &value : where.values)
        statement.bindVariant(value);
    return statement.step() ? static_cast<int>(statement.integer(0)) : 0;
}

int countView(Connection &connection, View view, const QString &me, Instant now)
{
    Where where;
    addView(where, view, me, now);
    return countUpToLimit(connection, where);
}

} // namespace

InboxPage readPage(Connection &connection, const InboxQuery &query, const QString &me, Instant now)
{
    if (!query.search.trimmed().isEmpty()) {
        const QString fullText = fullTextQuery(query.search);
        return fullText.isEmpty() ? InboxPage() : readSearchPage(connection, query, fullText);
    }
    Where where;
    addView(where, query.view, me, now);
    addFilters(where, query);
    addAfter(where, query);
    InboxPage page;
    page.rows = readWhere(connection, where, query.order, query.limit + 1);
    if (static_cast<int>(page.rows.size()) > query.limit) {
        page.rows.pop_back();
        page.next = page.rows.back().key;
    }
    return page;
}

std::vector<ConversationRow> readRows(Connection &connection, const InboxQuery &query, const QList<ConversationId> &ids,
                                      const QString &me, Instant now)
{
    if (ids.isEmpty())
        return {};
    if (!query.search.trimmed().isEmpty()) {
        // A search keeps its order while it is looked at: rows are brought up to date where they stand.
        std::vector<ConversationRow> rows;
        for (const ConversationId id : ids)
            rows.push_back(readRow(connection, id));
        return rows;
    }
    QStringList numbers;
    for (const ConversationId id : ids)
        numbers.append(id.toString());
    Where where;
    where.add(u"c.id IN (%1)"_s.arg(numbers.join(u',')));
    addView(where, query.view, me, now);
    addFilters(where, query);
    return readWhere(connection, where, query.order, static_cast<int>(ids.size()));
}

ConversationRow readRow(Connection &connection, ConversationId id)
{
    Where where;
    where.add(u"c.id = ?"_s, {id.value()});
    std::vector<ConversationRow> rows = readWhere(connection, where, Order::MostUrgent, 1);
    if (rows.empty())
        throw StoreException(
            ErrorKind::NotFound,
            u"There is no conversation %1. Nothing was changed; 'indelible list' shows them."_s.arg(id.toString()));
    return rows.front();
}

InboxCounts readCounts(Connection &connection, const QString &me, Instant now)
{
    InboxCounts counts;
    counts.needsReply = countView(connection, View::NeedsReply, me, now);
    counts.dueSoon = countView(connection, View::DueSoon, me, now);
    counts.mine = countView(connection, View::Mine, me, now);
    counts.notYetOwned = countView(connection, View::NotYetOwned, me, now);
    counts.waiting = countView(connection, View::Waiting, me, now);
    Statement accounts = connection.statement("SELECT id FROM account ORDER BY id");
    while (accounts.step()) {
        Where where;
        where.add(u"c.account_id = ?"_s, {accounts.integer(0)});
        addView(where, View::NeedsReply, me, now);
        counts.needsReplyByAccount.emplace_back(accounts.id<AccountId>(0), countUpToLimit(connection, where));
    }
    return counts;
}

} // namespace indelible::store

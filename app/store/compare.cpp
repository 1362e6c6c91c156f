// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/compare.h"

#include "app/store/account_table.h"
#include "app/store/settings_table.h"

#include <QVariant>

#include <array>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr qint64 kTolerance = 60'000;
constexpr qsizetype kExamples = 5;

/// Columns that begin with '~' are times, or follow from them. The first `keys` are whole numbers, which say which row.
struct Projection
{
    QLatin1StringView table;
    int keys;
    QLatin1StringView columns;
};

constexpr std::array kProjections{
    Projection{"conversation"_L1, 1,
               "id subject thread_id handle_id kind audience stars turn edited gone item_count ~last_at_ms snippet "
               "~due_at_ms ~urgency owner case_id done_item_id"_L1},
    Projection{"item"_L1, 1,
               "id remote_id conversation_id handle_id direction ~ordered_at_ms ~received_at_ms entry gone ~gone_at_ms "
               "member_id"_L1},
    Projection{"revision"_L1, 2, "item_id entry ~seen_at_ms"_L1},
    Projection{"event"_L1, 1, "id conversation_id case_id kind ~at_ms member_id entry"_L1},
    Projection{"case_file"_L1, 1, "id subject title status owner person ~opened_at_ms ~changed_at_ms"_L1},
    Projection{"outbox"_L1, 1,
               "id conversation_id account_id member_id intent parent_id audience key state created_at_ms attempts "
               "detail remote_id"_L1},
    Projection{"handle"_L1, 1, "id network remote_id handle name"_L1},
    Projection{"coverage_place"_L1, 1, "id subject name address care every_days looked_at_ms reason"_L1},
    Projection{"record_key"_L1, 1, "entry public_key"_L1},
    Projection{"record_erase"_L1, 1, "idx by_idx"_L1},
    Projection{"record_hold"_L1, 1, "entry subject reason review"_L1},
    Projection{"record_release"_L1, 1, "entry hold"_L1}};

/// The rows of one database, one after the other in the order of their keys.
class Rows
{
public:
    Rows(Connection &connection, const QString &sql, int keys)
        : m_statement(connection.statementFor(sql))
        , m_keys(keys)
    {
        next();
    }
    void next() { m_there = m_statement.step(); }
    [[nodiscard]] bool isThere() const { return m_there; }
    [[nodiscard]] std::vector<qint64> key() const
    {
        std::vector<qint64> key;
        key.reserve(static_cast<size_t>(m_keys));
        for (int i = 0; i < m_keys; ++i)
            key.push_back(m_statement.integer(i));
        return key;
    }
    [[nodiscard]] const Statement &row() const { return m_statement; }

private:
    Statement m_statement;
    int m_keys;
    bool m_there = false;
};

QString keyText(const std::vector<qint64> &key)
{
    QStringList parts;
    for (const qint64 part : key)
        parts.append(QString::number(part));
    return parts.join(u'/');
}

bool isSame(const Statement &a, const Statement &b, int column, bool isTime)
{
    if (a.isNull(column) || b.isNull(column))
        return a.isNull(column) == b.isNull(column);
    return isTime ? std::abs(a.integer(column) - b.integer(column)) <= kTolerance : a.blob(column) == b.blob(column);
}

class Comparer
{
public:
    explicit Comparer(const Projection &projection)
        : m_projection(projection)
        , m_columns(QString(projection.columns).split(u' '))
    {
        m_result.table = projection.table;
    }

    TableComparison run(Connection &kept, Connection &rebuilt)
    {
        Rows a(kept, sql(), m_projection.keys);
        Rows b(rebuilt, sql(), m_projection.keys);
        for (; a.isThere() || b.isThere(); ++m_result.rows) {
            const bool onlyKept = a.isThere() && (!b.isThere() || a.key() < b.key());
            const bool onlyRebuilt = b.isThere() && (!a.isThere() || b.key() < a.key());
            if (onlyKept)
                differs(a.key(), u"is not on the record"_s);
            else if (onlyRebuilt)
                differs(b.key(), u"is on the record and missing here"_s);
            else
                compareRow(a, b);
            if (!onlyRebuilt)
                a.next();
            if (!onlyKept)
                b.next();
        }
        return m_result;
    }

private:
    [[nodiscard]] QString sql() const
    {
        QStringList names = m_columns;
        for (QString &name : names)
            name.remove(u'~');
        const QString order = names.mid(0, m_projection.keys).join(u", "_s);
        return u"SELECT %1 FROM %2 ORDER BY %3"_s.arg(names.join(u", "_s), m_projection.table, order);
    }

    void compareRow(const Rows &a, const Rows &b)
    {
        QStringList columns;
        for (int i = m_projection.keys; i < m_columns.size(); ++i) {
            const bool isTime = m_columns.at(i).startsWith(u'~');
            if (!isSame(a.row(), b.row(), i, isTime))
                columns.append(m_columns.at(i).mid(isTime ? 1 : 0));
        }
        if (!columns.isEmpty())
            differs(a.key(), u"differs in "_s + columns.join(u", "_s));
    }

    void differs(const std::vector<qint64> &key, const QString &how)
    {
        ++m_result.different;
        if (m_result.examples.size() < kExamples)
            m_result.examples.append(u"%1 %2 %3."_s.arg(m_result.table, keyText(key), how));
    }

    const Projection &m_projection;
    QStringList m_columns;
    TableComparison m_result;
};

} // namespace

std::vector<TableComparison> compareProjections(Connection &kept, Connection &rebuilt)
{
    std::vector<TableComparison> all;
    all.reserve(std::size(kProjections));
    for (const Projection &projection : kProjections)
        all.push_back(Comparer(projection).run(kept, rebuilt));
    return all;
}

QStringList notOnRecord()
{
    return {
        u"account, member, setting: the record says when an account was connected and under which handle, not its server or cursor; who is at the desk is only a number"_s,
        u"conversation.account_id: an item's entry does not say which account it came to; taken from the table"_s,
        u"conversation.unread, conversation.refreshed_at_ms, draft: what was looked at and what is being written is no fact for the record"_s,
        u"item.version: a network may give the same words another version, which is not recorded"_s,
        u"outbox.not_before_ms, outbox.looked_at_ms: when to try next"_s,
        u"kept_out: keyed hashes of what was sealed"_s,
        u"what was sealed: its words are gone, so the rows that it made are taken from the tables"_s,
        u"times: to within a minute"_s};
}

void copyMembersAndAccounts(Connection &from, Connection &to)
{
    for (const Member &member : readMembers(from))
        to.statement("INSERT INTO member (id, name) VALUES (?, ?)").bind(member.id, member.name).run();
    Statement rows =
        from.statement("SELECT id, channel, network, remote_id, handle, name, subject FROM account ORDER BY id");
    while (rows.step()) {
        to.statement(
              "INSERT INTO account (id, channel, network, remote_id, handle, name, server, secret_key, state, "
              "state_detail, cursor, connected_at_ms, subject) VALUES (?, ?, ?, ?, ?, ?, '', '', 1, '', x'', 0, ?)")
            .bind(rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4), rows.text(5), rows.blob(6))
            .run();
    }
}

QHash<QByteArray, qint64> accountsOfSubjects(Connection &connection)
{
    QHash<QByteArray, qint64> accounts;
    Statement rows = connection.statement("SELECT subject, account_id FROM conversation ORDER BY id");
    while (rows.step())
        accounts.insert(rows.blob(0), rows.integer(1));
    return accounts;
}

} // namespace indelible::store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/look_table.h"

#include "app/domain/look_alike.h"

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

bool areOfTheseRules(Connection &connection)
{
    Statement rules = connection.statement("SELECT rules FROM look_rules");
    return rules.step() && rules.text(0) == lookRules();
}

} // namespace

void noteLook(Connection &connection, qint64 id, const QString &handle)
{
    connection
        .statement("INSERT INTO handle_look (handle_id, look) VALUES (?, ?) ON CONFLICT (handle_id) DO UPDATE "
                   "SET look = excluded.look")
        .bind(id, lookOf(handle))
        .run();
}

void refreshLooks(Connection &connection)
{
    if (areOfTheseRules(connection))
        return;
    Transaction transaction(connection);
    std::vector<std::pair<qint64, QString>> handles;
    {
        Statement rows = connection.statement("SELECT id, handle FROM handle ORDER BY id");
        while (rows.step())
            handles.emplace_back(rows.integer(0), rows.text(1));
    }
    for (const auto &[id, handle] : handles)
        noteLook(connection, id, handle);
    connection
        .statement("INSERT INTO look_rules (one, rules) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET rules = "
                   "excluded.rules")
        .bind(lookRules())
        .run();
    transaction.commit();
}

std::optional<LookAlike> earlierLookAlike(Connection &connection, const QString &network, const Author &person)
{
    const QString look = lookOf(person.handle);
    if (look.isEmpty() || !connection.hasTable(u"handle_look"_s))
        return std::nullopt;
    Statement rows = connection.statement(
        "SELECT h.handle FROM handle me JOIN handle_look l ON l.look = ? AND l.handle_id < me.id "
        "JOIN handle h ON h.id = l.handle_id AND h.network = me.network WHERE me.network = ? AND me.remote_id = ? "
        "ORDER BY h.id LIMIT 20");
    rows.bind(look, network, person.remoteId);
    while (rows.step()) {
        if (areLookAlikes(rows.text(0), person.handle))
            return LookAlike{network, rows.text(0), false};
    }
    return std::nullopt;
}

} // namespace indelible::store

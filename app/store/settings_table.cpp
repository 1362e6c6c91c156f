// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/settings_table.h"

namespace indelible::store {

std::optional<QString> readSetting(Connection &connection, const QString &key)
{
    Statement statement = connection.statement("SELECT value FROM setting WHERE key = ?");
    statement.bind(key);
    return statement.step() ? std::optional(statement.text(0)) : std::nullopt;
}

void writeSetting(Connection &connection, const QString &key, const QString &value)
{
    connection
        .statement(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
        .bind(key, value)
        .run();
}

std::vector<Member> readMembers(Connection &connection)
{
    std::vector<Member> members;
    Statement statement = connection.statement("SELECT id, name FROM member ORDER BY id");
    while (statement.step())
        members.push_back({static_cast<quint32>(statement.integer(0)), statement.text(1)});
    return members;
}

quint32 insertMember(Connection &connection, const QString &name)
{
    Statement statement = connection.statement("INSERT INTO member (name) VALUES (?)");
    statement.bind(name).run();
    return static_cast<quint32>(statement.insertedId());
}

QString memberName(Connection &connection, quint32 id)
{
    Statement statement = connection.statement("SELECT name FROM member WHERE id = ?");
    statement.bind(id);
    return statement.step() ? statement.text(0) : QString();
}

} // namespace indelible::store

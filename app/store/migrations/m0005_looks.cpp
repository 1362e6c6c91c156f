// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <array>

namespace indelible::store {

namespace {

constexpr std::array kStatements{
    // How handles look to the eye; an index over `handle`, filled by refreshLooks().
    R"(CREATE TABLE handle_look (handle_id INTEGER PRIMARY KEY REFERENCES handle (id), look TEXT NOT NULL) STRICT)",
    R"(CREATE INDEX handle_of_look ON handle_look (look, handle_id))",
    R"(CREATE TABLE look_rules (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), rules TEXT NOT NULL) STRICT)",
};

} // namespace

void m0005Looks(Connection &connection)
{
    for (const char *sql : kStatements)
        connection.execute(QString::fromLatin1(sql));
}

} // namespace indelible::store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <array>

namespace indelible::store {

namespace {

constexpr std::array kStatements{
    // Places that are looked after by hand or not at all. Each row is what the newest COVERAGE entry (kind 24) about
    // its
    // subject says.
    R"(CREATE TABLE coverage_place (
        id INTEGER PRIMARY KEY, subject BLOB NOT NULL UNIQUE CHECK (length(subject) = 16), name TEXT NOT NULL, address TEXT NOT NULL,
        care INTEGER NOT NULL, every_days INTEGER NOT NULL, looked_at_ms INTEGER, reason TEXT NOT NULL) STRICT)",
    R"(CREATE TRIGGER coverage_place_is_kept BEFORE DELETE ON coverage_place BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
};

} // namespace

void m0004Coverage(Connection &connection)
{
    for (const char *sql : kStatements)
        connection.execute(QString::fromLatin1(sql));
}

} // namespace indelible::store

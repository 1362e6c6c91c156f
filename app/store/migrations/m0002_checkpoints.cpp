// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <array>

namespace indelible::store {

namespace {

constexpr std::array kStatements{
    // Signed notes over the first n entries, as they were signed.
    R"(CREATE TABLE record_checkpoint (n INTEGER NOT NULL PRIMARY KEY, note BLOB NOT NULL) STRICT)",
    // Public keys of the record, each said by an entry of its own; the newest one signs.
    R"(CREATE TABLE record_key (entry INTEGER NOT NULL PRIMARY KEY REFERENCES record_entry (idx), public_key BLOB NOT NULL CHECK (length(public_key) = 32)) STRICT)",
    R"(CREATE TRIGGER record_checkpoint_stays BEFORE UPDATE ON record_checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoints are never changed'); END)",
    R"(CREATE TRIGGER record_checkpoint_is_kept BEFORE DELETE ON record_checkpoint BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
    R"(CREATE TRIGGER record_key_stays BEFORE UPDATE ON record_key BEGIN SELECT RAISE(ABORT, 'keys of the record are never changed'); END)",
    R"(CREATE TRIGGER record_key_is_kept BEFORE DELETE ON record_key BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
};

} // namespace

void m0002Checkpoints(Connection &connection)
{
    for (const char *sql : kStatements)
        connection.execute(QString::fromLatin1(sql));
}

} // namespace indelible::store

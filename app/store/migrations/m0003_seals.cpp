// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <array>

namespace indelible::store {

namespace {

constexpr std::array kStatements{
    // Which entry's words were destroyed, and the later ERASE entry (kind 13) that says so. Without such a row no body
    // can be deleted.
    R"(CREATE TABLE record_erase (
        idx INTEGER NOT NULL PRIMARY KEY REFERENCES record_entry (idx), by_idx INTEGER NOT NULL REFERENCES record_entry (idx),
        CHECK (by_idx > idx)) STRICT)",
    R"(CREATE TRIGGER record_erase_is_said BEFORE INSERT ON record_erase
       WHEN coalesce((SELECT substr(entry, 41, 2) FROM record_entry WHERE idx = NEW.by_idx), x'') <> x'000D'
       BEGIN SELECT RAISE(ABORT, 'words are destroyed only where an entry says so'); END)",
    R"(CREATE TRIGGER record_erase_stays BEFORE UPDATE ON record_erase BEGIN SELECT RAISE(ABORT, 'seals are never changed'); END)",
    R"(CREATE TRIGGER record_erase_is_kept BEFORE DELETE ON record_erase BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
    R"(DROP TRIGGER record_body_is_kept)",
    R"(CREATE TRIGGER record_body_is_kept BEFORE DELETE ON record_body
       WHEN NOT EXISTS (SELECT 1 FROM record_erase WHERE idx = OLD.idx)
       BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
    R"(CREATE TRIGGER record_body_comes_back BEFORE INSERT ON record_body
       WHEN EXISTS (SELECT 1 FROM record_erase WHERE idx = NEW.idx)
       BEGIN SELECT RAISE(ABORT, 'what was sealed stays sealed'); END)",

    // What may not be sealed, and until when that is looked at again; each said by a HOLD entry.
    R"(CREATE TABLE record_hold (
        entry INTEGER NOT NULL PRIMARY KEY REFERENCES record_entry (idx), subject BLOB NOT NULL CHECK (length(subject) = 16),
        reason TEXT NOT NULL, review TEXT NOT NULL) STRICT)",
    R"(CREATE TABLE record_release (
        entry INTEGER NOT NULL PRIMARY KEY REFERENCES record_entry (idx), hold INTEGER NOT NULL UNIQUE REFERENCES record_hold (entry)) STRICT)",
    R"(CREATE TRIGGER record_hold_stays BEFORE UPDATE ON record_hold BEGIN SELECT RAISE(ABORT, 'holds are never changed'); END)",
    R"(CREATE TRIGGER record_hold_is_kept BEFORE DELETE ON record_hold BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
    R"(CREATE TRIGGER record_release_stays BEFORE UPDATE ON record_release BEGIN SELECT RAISE(ABORT, 'holds are never changed'); END)",
    R"(CREATE TRIGGER record_release_is_kept BEFORE DELETE ON record_release BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",

    // Keyed hashes of what was sealed, so that it is not fetched again: they cannot be read back without the key.
    R"(CREATE TABLE kept_out (mark BLOB NOT NULL PRIMARY KEY CHECK (length(mark) = 32)) STRICT, WITHOUT ROWID)",
    R"(CREATE TRIGGER kept_out_is_kept BEFORE DELETE ON kept_out BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END)",
};

} // namespace

void m0003Seals(Connection &connection)
{
    for (const char *sql : kStatements)
        connection.execute(QString::fromLatin1(sql));
}

} // namespace indelible::store

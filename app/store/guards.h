// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

namespace indelible::store {

/// From now on this connection can neither change the schema nor take away or rewrite what was said and done, whatever
/// SQL it is given: no DROP, ALTER or CREATE, no write to the schema's own tables, no ATTACH, no pragma that switches a
/// guard off, no DELETE on what is kept, no UPDATE of the record. The triggers of the schema refuse the same row by
/// row; this also holds where triggers are not asked (DROP TRIGGER, writable_schema).
///
/// For the writing connection, once the migrations ran. It stops mistakes of the program's own: another program with
/// the file in its hands can do all of this, and is found out by verifying the record.
void guardWrites(Connection &connection);

/// As long as it lives, bodies of the record may be deleted: by app/seal alone, and only those that a row of
/// record_erase names (a trigger sees to that); and the file may be written anew by VACUUM. Everything else stays
/// guarded.
class SealPermit
{
public:
    explicit SealPermit(Connection &connection);
    ~SealPermit();
    SealPermit(const SealPermit &) = delete;
    SealPermit &operator=(const SealPermit &) = delete;

private:
    Connection &m_connection;
};

} // namespace indelible::store

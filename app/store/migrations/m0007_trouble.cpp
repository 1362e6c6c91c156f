// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

using namespace Qt::StringLiterals;

namespace indelible::store {

/// How many rounds of an account have failed one after the other; 0 = the last one was good.
void m0007Trouble(Connection &connection)
{
    connection.execute(u"CREATE TABLE account_trouble (account_id INTEGER PRIMARY KEY REFERENCES account (id), "
                       "failures INTEGER NOT NULL, since_ms INTEGER NOT NULL) STRICT"_s);
}

} // namespace indelible::store

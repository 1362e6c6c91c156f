// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

using namespace Qt::StringLiterals;

namespace indelible::store {

/// Every visit asks which of its account's newest conversations were not looked at for a while: with many accounts and
/// items, nearly all of what a visit cost.
void m0006Refresh(Connection &connection)
{
    connection.execute(
        u"CREATE INDEX conversation_to_refresh ON conversation (account_id, last_at_ms, refreshed_at_ms)"_s);
}

} // namespace indelible::store

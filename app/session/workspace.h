// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/store/connection.h"

#include <QString>

namespace indelible::session {

/// What a workspace says of itself.
struct WorkspaceInfo
{
    QString id; ///< random, lasting; prefix of its keychain entries
    QString businessName;
    bool isNamed = false; ///< by somebody; else the name is the one that every new workspace has
    bool practice = false;
    quint32 member = 0; ///< who sits at the desk
    QString memberName;
};

/// Reads it; a new workspace is given its identity, its people, its record and, for practice, its invented accounts,
/// all in the caller's one transaction. Throws StoreException: Rejected where a practice inbox is asked for in a
/// workspace that holds real data.
[[nodiscard]] WorkspaceInfo prepareWorkspace(store::Connection &connection, const Clock &clock, bool practice);

/// Reads it and changes nothing. Throws Damaged where the folder holds no whole workspace.
[[nodiscard]] WorkspaceInfo readWorkspace(store::Connection &connection);

} // namespace indelible::session

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <optional>
#include <vector>

namespace indelible::store {

// Settings of the workspace and the people at its desk. All functions belong inside a function given to Database.

[[nodiscard]] std::optional<QString> readSetting(Connection &connection, const QString &key);
void writeSetting(Connection &connection, const QString &key, const QString &value);

struct Member
{
    quint32 id = 0; ///< the actor in record entries
    QString name;
};
[[nodiscard]] std::vector<Member> readMembers(Connection &connection);
quint32 insertMember(Connection &connection, const QString &name);
[[nodiscard]] QString memberName(Connection &connection, quint32 id);

} // namespace indelible::store

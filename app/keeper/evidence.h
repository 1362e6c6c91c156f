// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/standing.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QString>

#include <vector>

#include <QCoroTask>

namespace indelible::secrets {
class SecretStore;
}

namespace indelible::keeper {

/// What a database says of its own record: size, root, and its newest checkpoint. Without marks and key, which lie
/// elsewhere. Inside a function given to Database.
[[nodiscard]] record::Evidence storedEvidence(store::Connection &connection);

/// The names of a workspace's key and mark in the keychain.
[[nodiscard]] QString keyName(const QString &workspaceId);
[[nodiscard]] QString markName(const QString &workspaceId);

/// The marks of a record that can be read now, from the keychain and from the folder of marks; one that names another
/// record is among them, because it speaks against this one. On the interface thread;
/// `secrets` outlives the task.
[[nodiscard]] QCoro::Task<std::vector<record::Checkpoint>> readMarks(secrets::SecretStore *secrets, QString workspaceId,
                                                                     QString markFolder, QByteArray logId);

} // namespace indelible::keeper

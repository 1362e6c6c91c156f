// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/ids.h"

#include <QObject>
#include <QSet>
#include <QString>

#include <QCoroTask>

namespace indelible::store {
class Database;
}
namespace indelible::sync {
class SyncEngine;
}

namespace indelible::session {

/// Files that came with items, fetched from their network when a person asks for one and written where they say. They
/// are kept nowhere else, never opened and never run. Lives on the interface thread; both parts outlive it.
class AttachmentService : public QObject
{
    Q_OBJECT
public:
    AttachmentService(store::Database &database, sync::SyncEngine &sync, QObject *parent = nullptr);

    struct Saved
    {
        QString fileName; ///< with its folder
        qint64 bytes = 0;
    };
    enum class IfThere { Refuse, Replace };

    /// `index` counts RemoteItem::media. `place` is a file, or a folder that is there: in that the file is called as
    /// its sender did, made safe. It appears whole or not at all, for its owner alone. Errors: NotFound (no such item
    /// or file, its account is not connected, the network has it no longer), Forbidden (the network hands out no
    /// files), Rejected (a file of that name is there, the place is the workspace's own, this one is too large),
    /// Conflict (a file of this account is under way), Storage, DiskFull, and the network's.
    QCoro::Task<Result<Saved>> save(ItemId item, qsizetype index, QString place, IfThere ifThere);

private:
    store::Database &m_database;
    sync::SyncEngine &m_sync;
    QSet<AccountId> m_underWay;
};

} // namespace indelible::session

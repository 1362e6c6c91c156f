// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/record/entry.h"
#include "app/record/merkle.h"
#include "app/store/connection.h"
#include "app/store/record_table.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

namespace indelible::record {

/// What is to be put on the record.
struct Draft
{
    Kind kind = Kind::Genesis;
    QByteArray subject = systemSubject();
    quint32 actor = 0;  ///< team member's number; 0 = the program
    bool human = false; ///< a person did it
    QJsonObject body;
};

/// Appends to the record inside the caller's transaction, so that a fact and its entry are stored together or not at
/// all (rule R2). Make one a transaction; belongs to the writing thread. Throws StoreException: Storage, DiskFull,
/// Damaged (the stored state does not fit together), Rejected (a body that is not canonical).
class Log
{
public:
    Log(store::Connection &connection, const indelible::Clock &clock, RandomSource random = &randomBytes);

    /// Returns the entry's number.
    qint64 append(const Draft &draft);

    [[nodiscard]] qint64 size() const { return m_frontier.size(); }

private:
    [[nodiscard]] store::SubjectHead &headOf(const QByteArray &subject);

    store::Connection &m_connection;
    const indelible::Clock &m_clock;
    RandomSource m_random;
    QByteArray m_logId;
    Frontier m_frontier;
    QHash<QByteArray, store::SubjectHead> m_heads; ///< of the subjects that this one appended to
    qint64 m_lastTimeMs = 0;
};

/// Begins the record of a new workspace with its GENESIS entry, where there is none yet.
void createLog(store::Connection &connection, const indelible::Clock &clock, const QJsonObject &genesis,
               RandomSource random = &randomBytes);

/// The size and root of the record as stored, without reading its entries.
struct Head
{
    QByteArray logId;
    qint64 size = 0;
    QByteArray root;
};
[[nodiscard]] Head readHead(store::Connection &connection);

/// A body as stored, read as JSON; empty where there is none.
[[nodiscard]] QJsonObject readBody(store::Connection &connection, qint64 idx);

} // namespace indelible::record

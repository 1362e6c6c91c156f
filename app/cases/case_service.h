// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/case.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QString>

#include <optional>

namespace indelible::store {
class Database;
}

namespace indelible::cases {

/// What a person changes about a case; only what is set changes.
struct CaseChange
{
    std::optional<QString> title;
    std::optional<CaseStatus> status;
    std::optional<QString> owner;
};

/// Numbered cases. Lives on the interface thread; every change is on the record in the same transaction.
/// Errors: Storage, DiskFull, NotFound, Rejected (empty title or note), Conflict (conversation already in a case).
class CaseService : public QObject
{
    Q_OBJECT
public:
    CaseService(store::Database &database, const Clock &clock, quint32 member, QObject *parent = nullptr);

    /// Opens a case on a conversation and returns its number.
    QFuture<Result<CaseId>> open(ConversationId conversation, QString title);
    QFuture<Result<void>> link(CaseId id, ConversationId conversation);
    QFuture<Result<void>> change(CaseId id, CaseChange change);
    QFuture<Result<void>> addNote(CaseId id, QString text);
    QFuture<Result<Case>> get(CaseId id);
    /// All cases, newest change first.
    QFuture<Result<std::vector<Case>>> list();

Q_SIGNALS:
    void changed(const QList<indelible::ConversationId> &conversations);

private:
    template<typename Function>
    auto changeCase(CaseId id, Function function);

    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
};

} // namespace indelible::cases

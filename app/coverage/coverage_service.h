// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/coverage.h"

#include <QFuture>
#include <QObject>

#include <vector>

namespace indelible::store {
class Database;
}

namespace indelible::coverage {

/// Places that the program does not reach, and who looks after them. Lives on the interface thread; every change is on
/// the record in the same transaction.
/// Errors: Storage, DiskFull, NotFound, Rejected (no name or a very long one, days out of range, an address that is
/// none).
class CoverageService : public QObject
{
    Q_OBJECT
public:
    CoverageService(store::Database &database, const Clock &clock, quint32 member, QObject *parent = nullptr);

    [[nodiscard]] QFuture<Result<std::vector<Place>>> places();

    /// Writes down how a place is looked after: a new one, or one of that name, whose last look is kept. What does not
    /// belong to that way of looking after it is forgotten: a reason by hand, the days where nobody watches.
    [[nodiscard]] QFuture<Result<void>> describe(Place place);

    /// Somebody has looked there just now and answered or taken down what there was. One that nobody looked after yet
    /// is from now on looked after by hand, every week.
    [[nodiscard]] QFuture<Result<void>> looked(QString name);

Q_SIGNALS:
    void changed();

private:
    template<typename Change>
    QFuture<Result<void>> change(QString name, Change change);

    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
};

} // namespace indelible::coverage

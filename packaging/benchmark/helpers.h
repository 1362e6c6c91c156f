// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/database.h"

#include <QElapsedTimer>

#include <cstdlib>

#include <sqlite3.h>

namespace indelible::bench {

// What goes wrong in a measure ends it.

template<typename T>
T valueOf(QFuture<Result<T>> future)
{
    future.waitForFinished();
    Result<T> result = future.takeResult();
    if (!result) {
        qCritical("%s", qPrintable(result.error().detail));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

inline std::unique_ptr<store::Database> openDatabase(const QString &folder, bool readOnly)
{
    Result<std::unique_ptr<store::Database>> database = store::Database::open({folder, readOnly});
    if (!database) {
        qCritical("%s", qPrintable(database.error().detail));
        std::exit(1);
    }
    return std::move(*database);
}

inline double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

inline void check(int code, sqlite3 *database)
{
    if (code != SQLITE_OK && code != SQLITE_DONE) {
        qCritical("SQLite: %s", sqlite3_errmsg(database));
        std::exit(1);
    }
}

} // namespace indelible::bench

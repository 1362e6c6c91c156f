// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QFuture>
#include <QString>

namespace indelible::store {
class Database;
}

namespace indelible::exchange {

enum class ExportKind { Cases, Items, Record, Coverage };

struct ExportReport
{
    qint64 rows = 0; ///< without the header
};

/// Writes CSV files (RFC 4180) that hold every word. Each export is itself an entry of the record. The file appears
/// whole or not at all: it is written beside its name and then renamed. Errors: Storage, DiskFull, with the file's
/// name.
class ExportService
{
public:
    ExportService(store::Database &database, const Clock &clock, quint32 member);

    /// `byteOrderMark` helps some spreadsheets to see that it is UTF-8.
    QFuture<Result<ExportReport>> exportCsv(ExportKind kind, QString fileName, bool byteOrderMark);

private:
    store::Database &m_database;
    const Clock &m_clock;
    quint32 m_member;
};

} // namespace indelible::exchange

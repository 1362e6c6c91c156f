// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QIODevice>
#include <QString>

#include <vector>

namespace indelible::exchange {

/// Keeps a spreadsheet from running text as a formula, so that it can be undone: where the text, after any apostrophes
/// at its front, begins with = + - @ tab, carriage return, NUL or a full-width form of one of them, one apostrophe is
/// put in front (OWASP, "CSV injection"; CWE-1236). Pure.
[[nodiscard]] QString guardCell(const QString &text);
/// Takes that apostrophe away again. unguardCell(guardCell(t)) == t for every t.
[[nodiscard]] QString unguardCell(const QString &cell);

/// A cell is text, which is guarded, or a number of ours, which is not: "-5" must stay a number.
struct Cell
{
    // NOLINTBEGIN(google-explicit-constructor): rows are written as lists of both
    Cell(const QString &text)
        : value(text)
    {
    }
    Cell(qint64 number)
        : value(QString::number(number))
        , guarded(false)
    {
    }
    // NOLINTEND(google-explicit-constructor)
    QString value;
    bool guarded = true;
};

/// One row by RFC 4180: every field quoted, quotes doubled, CRLF at the end, UTF-8. Pure.
[[nodiscard]] QByteArray csvRow(const std::vector<Cell> &cells);

} // namespace indelible::exchange

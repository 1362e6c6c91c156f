// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/csv.h"

#include "app/base/text.h"

namespace indelible::exchange {

namespace {

constexpr char16_t kApostrophe = u'\'';

bool isTrigger(QChar c)
{
    switch (c.unicode()) {
    case u'=':
    case u'+':
    case u'-':
    case u'@':
    case u'\t':
    case u'\r':
    case u'\0':
    case 0xFF1D: // full-width forms, which some spreadsheets fold to the plain ones
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
        return true;
    default:
        return false;
    }
}

bool startsWithTrigger(const QString &text)
{
    qsizetype at = 0;
    while (at < text.size() && text.at(at) == kApostrophe)
        ++at;
    return at < text.size() && isTrigger(text.at(at));
}

} // namespace

QString guardCell(const QString &text)
{
    return startsWithTrigger(text) ? QChar(kApostrophe) + text : text;
}

QString unguardCell(const QString &cell)
{
    return cell.startsWith(QChar(kApostrophe)) && startsWithTrigger(cell) ? cell.mid(1) : cell;
}

QByteArray csvRow(const std::vector<Cell> &cells)
{
    QByteArray row;
    for (const Cell &cell : cells) {
        row += row.isEmpty() ? "\"" : ",\"";
        QByteArray field = wellFormed(cell.guarded ? guardCell(cell.value) : cell.value).toUtf8();
        field.replace('"', "\"\"");
        row += field;
        row += '"';
    }
    row += "\r\n";
    return row;
}

} // namespace indelible::exchange

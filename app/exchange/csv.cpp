// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exchange/csv.h"

#include <QStringEncoder>
#include <QStringView>

namespace indelible::exchange {

namespace {

constexpr char kApostrophe = u'\'';

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
    while (at < text.size() && text.at(at) == QLatin1Char(kApostrophe))
        ++at;
    return at < text.size() && isTrigger(text.at(at));
}

void append(QByteArray &row, QStringView piece)
{
    // Straight into the row, and what is no Unicode as U+FFFD, which QString::toUtf8() makes a question mark of.
    QStringEncoder utf8(QStringEncoder::Utf8, QStringEncoder::Flag::Stateless);
    const qsizetype end = row.size();
    row.resize(end + utf8.requiredSpace(piece.size()));
    row.truncate(utf8.appendToBuffer(row.data() + end, piece) - row.constData());
}

/// With each quote twice; what lies between quotes goes over in one piece.
void appendDoubled(QByteArray &row, QStringView field)
{
    for (qsizetype quote = field.indexOf(u'"'); quote >= 0; quote = field.indexOf(u'"')) {
        append(row, field.first(quote + 1));
        row += '"';
        field = field.sliced(quote + 1);
    }
    append(row, field);
}

} // namespace

QString guardCell(const QString &text)
{
    return startsWithTrigger(text) ? QLatin1Char(kApostrophe) + text : text;
}

QString unguardCell(const QString &cell)
{
    return cell.startsWith(QLatin1Char(kApostrophe)) && startsWithTrigger(cell) ? cell.mid(1) : cell;
}

QByteArray csvRow(const std::vector<Cell> &cells)
{
    constexpr qsizetype kUsualRow = 1024;
    QByteArray row;
    row.reserve(kUsualRow);
    for (const Cell &cell : cells) {
        row += row.isEmpty() ? "\"" : ",\"";
        if (cell.guarded && startsWithTrigger(cell.value))
            row += kApostrophe;
        if (!cell.value.isEmpty()) // as most cells of most rows
            appendDoubled(row, cell.value);
        row += '"';
    }
    row += "\r\n";
    return row;
}

} // namespace indelible::exchange

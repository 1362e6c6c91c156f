// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_page.h"

#include "app/anchor/qr_code.h"
#include "app/base/text.h"
#include "app/record/hash.h"

#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr int kQuiet = 4; // white squares round a code, which readers need

QString frame()
{
    QFile file(u":/anchor/page.html"_s);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return opened ? QString::fromUtf8(file.readAll()) : QString();
}

/// Puts the words in at once, so that a word which looks like a place is left alone.
QString filled(const QString &page, const QHash<QString, QString> &words)
{
    static const QRegularExpression place(u"@([A-Z]+)@"_s);
    QString whole;
    qsizetype done = 0;
    for (auto matches = place.globalMatch(page); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        Q_ASSERT(words.contains(match.captured(1)));
        whole += page.mid(done, match.capturedStart() - done) + words.value(match.captured(1));
        done = match.capturedEnd();
    }
    return whole + page.mid(done);
}

/// Its dark squares as one shape, each run of a row one part of it.
QString drawn(const QrCode &code)
{
    QString shape;
    for (int row = 0; row < code.width; ++row) {
        for (int column = 0; column < code.width;) {
            int length = 0;
            while (column + length < code.width && code.isDark(column + length, row))
                ++length;
            if (length > 0)
                shape += u"M%1 %2h%3v1h-%3z"_s.arg(column + kQuiet).arg(row + kQuiet).arg(length);
            column += length > 0 ? length : 1;
        }
    }
    const int side = code.width + 2 * kQuiet;
    return u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1 %1\" role=\"img\" "
           "aria-label=\"QR code of the checkpoint\" shape-rendering=\"crispEdges\">"
           "<path fill=\"#fff\" d=\"M0 0h%1v%1h-%1z\"/><path d=\"%2\"/></svg>"_s.arg(QString::number(side), shape);
}

QString linesOf(const QByteArray &text)
{
    QStringList lines = QString::fromUtf8(text).split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    for (QString &line : lines)
        line = u"<span>%1</span>"_s.arg(line.toHtmlEscaped());
    return lines.join(QString());
}

QString headOf(const QString &business)
{
    if (business.isEmpty())
        return u"<h1 class=\"blank\"></h1>\n<p class=\"under\">Name of the business</p>"_s;
    return u"<h1>%1</h1>"_s.arg(displayText(business).toHtmlEscaped());
}

QString claimOf(const QString &day, const QString &entries)
{
    return u"On %1 the record of this business had %2 entries: what it received, answered and changed, one after the "
           "other. The code below is their number and their fingerprint under the business’s signature, so that "
           "whoever "
           "keeps this page can have it shown later whether any of them was changed or taken away; of what is in them "
           "it says nothing."_s.arg(day, entries);
}

} // namespace

QByteArray anchorPage(const Handout &handout)
{
    static const QRegularExpression style(u"<style>(.*)</style>"_s, QRegularExpression::DotMatchesEverythingOption);
    const QString page = frame();
    const QByteArray hash = record::sha256({style.match(page).captured(1).toUtf8()}).toBase64();
    const std::optional<QrCode> code = qrCode(handout.anchor.note);
    Q_ASSERT(code && handout.anchor.key); // a checkpoint's note has some 250 bytes
    const QString day = dayOf(handout.at);
    const QString entries = countOf(entriesOf(handout.anchor.note));
    return filled(page, {{u"STYLEHASH"_s, u"'sha256-%1'"_s.arg(QString::fromLatin1(hash))},
                         {u"DATE"_s, toRfc3339(handout.at).left(10)},
                         {u"BUSINESS"_s, headOf(handout.business)},
                         {u"DAY"_s, day},
                         {u"ENTRIES"_s, entries},
                         {u"TO"_s, displayText(handout.to).toHtmlEscaped()},
                         {u"CLAIM"_s, claimOf(day, entries)},
                         {u"CODE"_s, code ? drawn(*code) : QString()},
                         {u"NOTE"_s, linesOf(handout.anchor.note)},
                         {u"KEY"_s, linesOf(record::verifierText(*handout.anchor.key))}})
        .toUtf8();
}

} // namespace indelible::anchor

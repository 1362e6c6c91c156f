// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/handout.h"

#include "app/anchor/anchor_mail.h"
#include "app/anchor/anchor_page.h"
#include "app/base/text.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr int kMostWords = 200;

QLocale english()
{
    return QLocale(QLocale::English, QLocale::UnitedKingdom);
}

} // namespace

QString dayOf(Instant at)
{
    return english().toString(toDateTime(at), u"d MMMM yyyy, HH:mm 'UTC'"_s);
}

QString countOf(qint64 entries)
{
    return english().toString(entries);
}

Result<QByteArray> fileOf(How form, const Handout &handout)
{
    switch (form) {
    case How::Text:
        return anchorText(handout.anchor, handout.at);
    case How::Page:
        return anchorPage(handout);
    case How::Mail:
        return anchorMail(handout);
    case How::Rfc3161:
        break;
    }
    Q_UNREACHABLE();
}

Result<QString> keeperFrom(How form, const QString &typed)
{
    if (form == How::Mail) {
        if (const Result<Recipient> recipient = recipientFrom(typed); !recipient)
            return failure(recipient.error());
    }
    const QString words = wellFormed(typed).simplified().left(kMostWords);
    if (words.isEmpty())
        return failure(ErrorKind::Usage, u"Say who is going to keep the checkpoint. Nothing was written."_s);
    return words;
}

} // namespace indelible::anchor

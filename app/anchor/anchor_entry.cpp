// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_entry.h"

#include "app/record/entries_of.h"
#include "app/record/log.h"

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

/// A way that a later version knows reads as a text, which every way contains.
How howFrom(const QString &word)
{
    for (const How how : {How::Page, How::Mail, How::Rfc3161}) {
        if (toString(how) == word)
            return how;
    }
    return How::Text;
}

} // namespace

QString toString(How how)
{
    switch (how) {
    case How::Text:
        return u"text"_s;
    case How::Page:
        return u"page"_s;
    case How::Mail:
        return u"mail"_s;
    case How::Rfc3161:
        return u"rfc3161"_s;
    }
    Q_UNREACHABLE();
}

QString endingOf(How how)
{
    switch (how) {
    case How::Text:
        return u".txt"_s;
    case How::Page:
        return u".html"_s;
    case How::Mail:
        return u".eml"_s;
    case How::Rfc3161:
        return u".tsr"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject bodyOf(const Anchor &anchor)
{
    QJsonObject body{
        {u"checkpoint"_s, QString::fromUtf8(anchor.note)}, {u"to"_s, anchor.to}, {u"how"_s, toString(anchor.how)}};
    if (!anchor.receipt.isEmpty())
        body.insert("receipt"_L1, QString::fromLatin1(anchor.receipt.toBase64()));
    return body;
}

std::vector<StoredAnchor> readAnchors(store::Connection &connection)
{
    std::vector<StoredAnchor> anchors;
    for (const record::Entry &entry : record::entriesOf(connection, record::systemSubject(), record::Kind::Anchor)) {
        const QJsonObject body = record::readBody(connection, static_cast<qint64>(entry.idx));
        StoredAnchor stored{static_cast<qint64>(entry.idx), fromMs(static_cast<qint64>(entry.timeMs)), {}, {}};
        stored.anchor.note = body.value("checkpoint"_L1).toString().toUtf8();
        stored.anchor.to = body.value("to"_L1).toString();
        stored.anchor.how = howFrom(body.value("how"_L1).toString());
        stored.anchor.receipt = QByteArray::fromBase64(body.value("receipt"_L1).toString().toLatin1());
        stored.checkpoint = record::soleCheckpoint(stored.anchor.note);
        anchors.push_back(std::move(stored));
    }
    return anchors;
}

} // namespace indelible::anchor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_text.h"

#include "app/record/checkpoint.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr qsizetype kMostBytes = 256 * 1024; // a mail around it is allowed

constexpr QByteArrayView kBegin("-----BEGIN CHECKPOINT-----");
constexpr QByteArrayView kEnd("-----END CHECKPOINT-----");
constexpr QByteArrayView kKey("Key: ");

tl::unexpected<Error> refused(const QString &what)
{
    return failure(ErrorKind::Rejected, what);
}

/// The lines between the only two marks; nothing where they are not there once each, in order.
std::optional<QByteArray> between(const QList<QByteArray> &lines)
{
    const qsizetype begin = lines.indexOf(kBegin.toByteArray());
    const qsizetype end = lines.indexOf(kEnd.toByteArray());
    if (begin < 0 || end < begin || lines.count(kBegin.toByteArray()) != 1 || lines.count(kEnd.toByteArray()) != 1)
        return std::nullopt;
    return lines.mid(begin + 1, end - begin - 1).join('\n') + '\n';
}

/// A note and nothing else. Whoever scans or pastes it adds or drops white space at its ends.
std::optional<AnchorText> bareNote(const QByteArray &plain)
{
    const QByteArray note = plain.trimmed() + '\n';
    return record::soleCheckpoint(note) ? std::optional(AnchorText{note, std::nullopt}) : std::nullopt;
}

} // namespace

qint64 entriesOf(const QByteArray &note)
{
    const std::optional<record::SignedNote> parsed = record::parseNote(note);
    const std::optional<record::Checkpoint> checkpoint =
        parsed ? record::checkpointFromText(parsed->text) : std::nullopt;
    return checkpoint ? checkpoint->size : 0;
}

QByteArray anchorText(const AnchorText &anchor, Instant at)
{
    Q_ASSERT(anchor.key);
    const QByteArray size = QByteArray::number(entriesOf(anchor.note));
    return "A signed checkpoint of a record, to be kept by somebody else\n\n"
           "What it is: on " +
           toRfc3339(at).toUtf8() + " the record of a business, kept with Indelible, had " + size +
           " entries, and the checkpoint below is their number and their fingerprint, signed with the key below it.\n"
           "How to check it later: keep this text as it is, and have the business run 'indelible record check-anchor' "
           "on it, which says whether any of these " +
           size + " entries was changed or taken away since.\n\n" + kBegin.toByteArray() + '\n' + anchor.note +
           kEnd.toByteArray() + "\n\n" + kKey.toByteArray() + record::verifierText(*anchor.key) + '\n';
}

Result<AnchorText> anchorFromText(const QByteArray &text)
{
    if (text.size() > kMostBytes)
        return refused(u"This file is far larger than a checkpoint and was not read."_s);
    QByteArray plain = text;
    plain.replace("\r\n", "\n");
    if (const std::optional<AnchorText> bare = bareNote(plain))
        return *bare;
    const QList<QByteArray> lines = plain.split('\n');
    const std::optional<QByteArray> note = between(lines);
    if (!note)
        return refused(
            u"There is not exactly one checkpoint in this file, as 'indelible record anchor' writes it or the QR code of its page says it."_s);
    const std::optional<record::SignedNote> parsed = record::parseNote(*note);
    if (!parsed)
        return refused(
            u"The checkpoint in this file is not as it was written; mail programs break long lines, so use the file itself."_s);
    if (!record::soleCheckpoint(*note))
        return refused(
            u"This note is no checkpoint of one record: it has several signatures, another signer than its record, or other lines."_s);
    QList<QByteArray> keys;
    for (const QByteArray &line : lines) {
        if (line.startsWith(kKey))
            keys.append(line.mid(kKey.size()));
    }
    const std::optional<record::NoteKey> key = keys.size() == 1 ? record::verifierFromText(keys.front()) : std::nullopt;
    if (!key)
        return refused(u"There is not exactly one key in this file, or it is no key."_s);
    return AnchorText{*note, *key};
}

} // namespace indelible::anchor

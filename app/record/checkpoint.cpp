// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/checkpoint.h"

#include "app/record/entry.h"
#include "app/record/hash.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace indelible::record {

QString originOf(const QByteArray &logId)
{
    return u"indelible/"_s + QString::fromLatin1(logId.toHex());
}

bool isOrigin(const QString &name)
{
    const QByteArray logId = QByteArray::fromHex(name.sliced(name.indexOf(u'/') + 1).toLatin1());
    return logId.size() == kIdBytes && originOf(logId) == name;
}

QByteArray checkpointText(const Checkpoint &checkpoint)
{
    return checkpoint.origin.toUtf8() + '\n' + QByteArray::number(checkpoint.size) + '\n' + checkpoint.root.toBase64() +
           '\n';
}

std::optional<Checkpoint> checkpointFromText(const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    if (lines.size() != 4 || !lines.at(3).isEmpty())
        return std::nullopt;
    Checkpoint checkpoint;
    checkpoint.origin = QString::fromUtf8(lines.at(0));
    checkpoint.size = lines.at(1).toLongLong();
    checkpoint.root = QByteArray::fromBase64(lines.at(2));
    // Whatever would be written differently is not what was written.
    if (checkpoint.origin.isEmpty() || checkpoint.size < 0 || checkpoint.root.size() != kHashBytes ||
        checkpointText(checkpoint) != text)
        return std::nullopt;
    return checkpoint;
}

QByteArray signCheckpoint(const Checkpoint &checkpoint, const SigningKey &key)
{
    return signNote(checkpointText(checkpoint), checkpoint.origin, key);
}

std::optional<Checkpoint> openCheckpoint(const QByteArray &note, const NoteKey &key)
{
    const std::optional<SignedNote> parsed = parseNote(note);
    if (!parsed || !isSignedBy(*parsed, key))
        return std::nullopt;
    std::optional<Checkpoint> checkpoint = checkpointFromText(parsed->text);
    return checkpoint && checkpoint->origin == key.name ? checkpoint : std::nullopt;
}

std::optional<Checkpoint> soleCheckpoint(const QByteArray &note)
{
    const std::optional<SignedNote> parsed = parseNote(note);
    if (!parsed || parsed->signatures.size() != 1 || parsed->signatures.front().signature.size() != kSignatureBytes)
        return std::nullopt;
    std::optional<Checkpoint> checkpoint = checkpointFromText(parsed->text);
    const bool isOwn =
        checkpoint && isOrigin(checkpoint->origin) && parsed->signatures.front().name == checkpoint->origin;
    return isOwn ? checkpoint : std::nullopt;
}

} // namespace indelible::record

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/signed_note.h"

#include "app/record/hash.h"

#include <QList>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

constexpr qsizetype kMostBytes = 64 * 1024;
constexpr size_t kMostSignatures = 100;
constexpr qsizetype kKeyIdBytes = 4;
constexpr char kEd25519 = 0x01;
constexpr QByteArrayView kDash("\xE2\x80\x94 "); // em dash and space, in UTF-8

bool isText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    if (decoder.hasError())
        return false;
    return std::ranges::none_of(
        text, [](QChar letter) { return letter != u'\n' && (letter.unicode() < 0x20 || letter == QChar(0x7F)); });
}

bool isKeyName(const QString &name)
{
    return !name.isEmpty() &&
           std::ranges::none_of(name, [](QChar letter) { return letter.isSpace() || letter == u'+'; });
}

std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    // Only the one spelling that we would write: a note must not have two.
    if (!decoded || decoded.decoded.toBase64() != text)
        return std::nullopt;
    return decoded.decoded;
}

std::optional<NoteSignature> parseSignature(const QByteArray &line)
{
    if (!line.startsWith(kDash))
        return std::nullopt;
    const QByteArray rest = line.mid(kDash.size());
    const qsizetype space = rest.indexOf(' ');
    const QString name = QString::fromUtf8(rest.left(space));
    const std::optional<QByteArray> data = fromBase64(rest.mid(space + 1));
    // QString drops a byte order mark, so the name is held against the bytes: a note has one spelling.
    if (space < 0 || !isKeyName(name) || name.toUtf8() != rest.left(space) || !data || data->size() <= kKeyIdBytes)
        return std::nullopt;
    return NoteSignature{name, data->left(kKeyIdBytes), data->mid(kKeyIdBytes)};
}

} // namespace

QByteArray noteKeyId(const NoteKey &key)
{
    const QByteArray name = key.name.toUtf8();
    return sha256({name, "\n", QByteArrayView(&kEd25519, 1), key.publicKey}).left(kKeyIdBytes);
}

QByteArray verifierText(const NoteKey &key)
{
    return key.name.toUtf8() + '+' + noteKeyId(key).toHex() + '+' +
           (QByteArray(1, kEd25519) + key.publicKey).toBase64();
}

std::optional<NoteKey> verifierFromText(QByteArrayView text)
{
    const QByteArray line = text.toByteArray();
    const qsizetype id = line.indexOf('+');
    const qsizetype data = line.indexOf('+', id + 1);
    if (id < 0 || data < 0 || !isText(line))
        return std::nullopt;
    const std::optional<QByteArray> bytes = fromBase64(line.mid(data + 1));
    if (!bytes || bytes->size() != kKeyBytes + 1 || bytes->front() != kEd25519)
        return std::nullopt;
    NoteKey key{QString::fromUtf8(line.left(id)), bytes->mid(1)};
    // Whatever would be written differently is not what was written: another id, or a byte order mark that QString
    // drops.
    if (!isKeyName(key.name) || verifierText(key) != line)
        return std::nullopt;
    return key;
}

QByteArray signNote(const QByteArray &text, const QString &name, const SigningKey &key)
{
    Q_ASSERT(text.endsWith('\n') && isText(text) && isKeyName(name));
    const QByteArray id = noteKeyId({name, key.publicKey()});
    return text + '\n' + kDash.toByteArray() + name.toUtf8() + ' ' + (id + key.sign(text)).toBase64() + '\n';
}

std::optional<SignedNote> parseNote(const QByteArray &bytes)
{
    if (bytes.size() > kMostBytes || !bytes.endsWith('\n') || !isText(bytes))
        return std::nullopt;
    const qsizetype end = bytes.lastIndexOf("\n\n");
    if (end < 0)
        return std::nullopt;
    SignedNote note;
    note.text = bytes.left(end + 1);
    const QByteArray lines = bytes.mid(end + 2);
    for (const QByteArray &line : lines.left(lines.size() - 1).split('\n')) {
        std::optional<NoteSignature> signature = parseSignature(line);
        if (!signature || note.signatures.size() == kMostSignatures)
            return std::nullopt;
        note.signatures.push_back(std::move(*signature));
    }
    return note;
}

bool isSignedBy(const SignedNote &note, const NoteKey &key)
{
    const QByteArray id = noteKeyId(key);
    const auto isTheirs = [&](const NoteSignature &signature) {
        return signature.name == key.name && signature.keyId == id;
    };
    const auto found = std::ranges::find_if(note.signatures, isTheirs);
    return found != note.signatures.end() && std::none_of(found + 1, note.signatures.end(), isTheirs) &&
           verifySignature(key.publicKey, note.text, found->signature);
}

} // namespace indelible::record

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/checkpoint.h"
#include "tests/fuzz/fuzz.h"

using namespace indelible;
using namespace indelible::record;

namespace {

const SigningKey &key()
{
    static const SigningKey made = *SigningKey::fromSeed(QByteArray(kKeyBytes, 's'));
    return made;
}

void tryNote(const QByteArray &bytes)
{
    const std::optional<SignedNote> note = parseNote(bytes);
    const NoteKey ours{originOf(QByteArray(16, 'l')), key().publicKey()};
    const std::optional<Checkpoint> opened = openCheckpoint(bytes, ours);
    if (!note) {
        fuzz::require(!opened, "what is no note is no checkpoint");
        return;
    }
    fuzz::require(note->text.endsWith('\n') && !note->signatures.empty(), "a note has a text and a signature");
    fuzz::require(bytes.startsWith(note->text + '\n'), "the text is that of the note");
    if (opened) {
        fuzz::require(isSignedBy(*note, ours), "a checkpoint is signed");
        fuzz::require(checkpointText(*opened) == note->text, "a checkpoint has one form");
    }
}

void tryKey(const QByteArray &bytes)
{
    if (const std::optional<NoteKey> found = verifierFromText(bytes))
        fuzz::require(verifierFromText(verifierText(*found)) == found, "a key comes back as it was written");
}

void tryText(const QByteArray &bytes)
{
    const std::optional<Checkpoint> found = checkpointFromText(bytes);
    if (!found)
        return;
    fuzz::require(checkpointText(*found) == bytes, "a checkpoint has one form");
    if (found->origin != originOf(QByteArray(16, 'l')))
        return;
    const QByteArray note = signCheckpoint(*found, key());
    fuzz::require(openCheckpoint(note, {found->origin, key().publicKey()}) == found, "what was signed can be opened");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(3)) {
    case 0:
        tryNote(input.bytes());
        break;
    case 1:
        tryKey(input.bytes());
        break;
    default:
        tryText(input.bytes());
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Keys, signed notes and checkpoints, held against a second implementation and against changed ones.
#include "app/record/checkpoint.h"
#include "tests/record/vector_file.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::record;
using test::hexOf;

namespace {

struct Vector
{
    SigningKey key;
    Checkpoint checkpoint;
    QByteArray text;
    QByteArray note;
    QByteArray verifier;
    QByteArray publicKey;
};

std::vector<Vector> vectors()
{
    std::vector<Vector> result;
    for (const QJsonValue &value : test::vectorsOf(u"proofs.json"_s).value("notes"_L1).toArray()) {
        const QJsonObject v = value.toObject();
        result.push_back(
            {*SigningKey::fromSeed(hexOf(v.value("seed"_L1))),
             {v.value("origin"_L1).toString(), v.value("size"_L1).toString().toLongLong(), hexOf(v.value("root"_L1))},
             v.value("text"_L1).toString().toUtf8(),
             v.value("note"_L1).toString().toUtf8(),
             v.value("verifier"_L1).toString().toUtf8(),
             hexOf(v.value("public"_L1))});
    }
    REQUIRE(result.size() == 6);
    return result;
}

NoteKey keyOf(const Vector &vector)
{
    return {vector.checkpoint.origin, vector.key.publicKey()};
}

} // namespace

TEST_CASE("keys and signatures are those of RFC 8032")
{
    // 7.1, TEST 2.
    const auto key =
        SigningKey::fromSeed(QByteArray::fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    REQUIRE(key);
    CHECK(key->publicKey().toHex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const QByteArray signature = key->sign("\x72");
    CHECK(signature.toHex() == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    CHECK(verifySignature(key->publicKey(), "\x72", signature));
    CHECK_FALSE(verifySignature(key->publicKey(), "\x73", signature));
    CHECK_FALSE(verifySignature(key->publicKey().left(31), "\x72", signature));
    CHECK_FALSE(verifySignature(key->publicKey(), "\x72", signature + '\0'));
    CHECK_FALSE(SigningKey::fromSeed("short"));
    // A point of small order as key "signs" this and much else; a number that is not below its order is refused too.
    const QByteArray one = QByteArray(1, '\1') + QByteArray(31, '\0');
    CHECK_FALSE(verifySignature(one, "\x72", one + QByteArray(32, '\0')));
    CHECK_FALSE(verifySignature(QByteArray::fromHex("ee" + QByteArray("ff").repeated(30) + "7f"), "\x72",
                                one + QByteArray(32, '\0')));
    const QByteArray base = "\x58" + QByteArray("\x66").repeated(31);
    CHECK_FALSE(verifySignature(one, "\x72", base + one));
    CHECK(SigningKey::generate().seed() != SigningKey::generate().seed());
}

TEST_CASE("checkpoints are signed as the second implementation signs them")
{
    for (const Vector &vector : vectors()) {
        CHECK(vector.key.publicKey() == vector.publicKey);
        CHECK(checkpointText(vector.checkpoint) == vector.text);
        CHECK(signCheckpoint(vector.checkpoint, vector.key) == vector.note);
        CHECK(openCheckpoint(vector.note, keyOf(vector)) == vector.checkpoint);
        CHECK(verifierText(keyOf(vector)) == vector.verifier);
        CHECK(verifierFromText(vector.verifier) == keyOf(vector));
    }
}

TEST_CASE("no changed bit of a signed checkpoint is accepted")
{
    const Vector vector = vectors().at(3);
    for (qsizetype bit = 0; bit < vector.note.size() * 8; ++bit) {
        QByteArray changed = vector.note;
        changed[bit / 8] = static_cast<char>(changed.at(bit / 8) ^ (1 << (bit % 8)));
        REQUIRE_FALSE(openCheckpoint(changed, keyOf(vector)));
    }
    for (qsizetype length = 0; length < vector.note.size(); ++length)
        REQUIRE_FALSE(openCheckpoint(vector.note.left(length), keyOf(vector)));
}

TEST_CASE("a checkpoint of another key or another record is refused")
{
    const std::vector<Vector> all = vectors();
    CHECK_FALSE(openCheckpoint(all.at(0).note, keyOf(all.at(1))));
    CHECK_FALSE(openCheckpoint(all.at(0).note, {all.at(0).checkpoint.origin, all.at(1).publicKey}));
    // Signed well, but in the name of something else than what it speaks of.
    const QByteArray borrowed = signNote(all.at(0).text, u"somebody"_s, all.at(0).key);
    CHECK_FALSE(openCheckpoint(borrowed, {u"somebody"_s, all.at(0).publicKey}));
}

TEST_CASE("signatures of others beside ours are passed over, a second one of ours is not")
{
    const std::vector<Vector> all = vectors();
    const Vector &ours = all.at(0);
    const QByteArray line = ours.note.mid(ours.text.size() + 1);
    const QByteArray theirs = signNote(ours.text, u"witness.example"_s, all.at(1).key).mid(ours.text.size() + 1);
    CHECK(openCheckpoint(ours.text + '\n' + theirs + line, keyOf(ours)) == ours.checkpoint);
    CHECK(openCheckpoint(ours.text + '\n' + line + theirs, keyOf(ours)) == ours.checkpoint);
    CHECK_FALSE(openCheckpoint(ours.text + '\n' + line + line, keyOf(ours)));
    CHECK_FALSE(openCheckpoint(ours.text + '\n' + theirs, keyOf(ours)));
}

TEST_CASE("what is no note is refused")
{
    const Vector vector = vectors().at(0);
    const QByteArray line = vector.note.mid(vector.text.size() + 1);
    const std::vector<QByteArray> bad{
        {},
        "\n",
        "\n\n",
        vector.text,
        vector.text + '\n',
        vector.text + line,
        vector.text + "\n\n" + line,
        vector.text + "\r\n" + line,
        "\xFF\n" + vector.note,
        vector.text + '\n' + line.mid(4),
        vector.text + "\n\xE2\x80\x94 " + "a+b AAAAAAAA\n",
        vector.text + "\n\xE2\x80\x94 " + "name AAAA\n",
        vector.text + "\n\xE2\x80\x94 " + "name not-base64!\n",
        vector.text + '\n' + line + "trailing",
        vector.text + '\n' + line.repeated(101),
        vector.text + "\n\xE2\x80\x94 \xEF\xBB\xBF" + line.mid(4),
        QByteArray(70'000, 'x') + "\n\n" + line,
    };
    for (const QByteArray &bytes : bad) {
        INFO(bytes.left(120).toStdString());
        const std::optional<SignedNote> note = parseNote(bytes);
        CHECK((!note || note->text != vector.text));
        CHECK_FALSE(openCheckpoint(bytes, keyOf(vector)));
    }
}

TEST_CASE("what is no checkpoint is refused")
{
    const QByteArray root = QByteArray(32, 'r').toBase64();
    for (const QByteArray &text : std::vector<QByteArray>{
             "o\n5\n" + root,
             "o\n5\n" + root + "\nextension\n",
             "\n5\n" + root + '\n',
             "o\n-5\n" + root + '\n',
             "o\n+5\n" + root + '\n',
             "o\n05\n" + root + '\n',
             "o\n 5\n" + root + '\n',
             "o\n9223372036854775808\n" + root + '\n',
             "o\n5\n" + QByteArray(31, 'r').toBase64() + '\n',
             "o\n5\n" + root.left(43) + '\n',
             "o\n5\n\n",
         }) {
        INFO(text.toStdString());
        CHECK_FALSE(checkpointFromText(text));
    }
    CHECK(checkpointFromText("o\n5\n" + root + '\n'));
}

TEST_CASE("what is no key line is refused")
{
    const QByteArray good = vectors().at(0).verifier;
    QByteArray otherId = good;
    const qsizetype at = good.indexOf('+') + 1;
    otherId[at] = otherId.at(at) == '0' ? '1' : '0';
    const std::vector<QByteArray> bad{{},          "a+b",       "a b" + good.mid(at - 1), otherId, good.chopped(4),
                                      good + '\n', good + "+x", "\xEF\xBB\xBF" + good};
    for (const QByteArray &text : bad) {
        INFO(text.toStdString());
        CHECK_FALSE(verifierFromText(text));
    }
    CHECK(verifierFromText(good));
}

// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an anchor, what can be wrong with it, and what it proves. The proofs themselves: tests/record.
#include "app/anchor/anchor_proof.h"
#include "app/anchor/anchor_text.h"
#include "app/record/hash.h"
#include "app/record/merkle.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using anchor::AnchorText;

namespace {

/// A record of 90 entries in memory.
struct Tree
{
    static QByteArray leaf(qint64 index) { return record::leafHash("entry " + QByteArray::number(index)); }
    static QByteArray subtree(int level, qint64 position)
    {
        return level == 0 ? leaf(position)
                          : record::nodeHash(subtree(level - 1, 2 * position), subtree(level - 1, 2 * position + 1));
    }
    [[nodiscard]] record::Checkpoint at(qint64 size) const
    {
        return {record::originOf(logId), size, record::rootOf(size, &subtree)};
    }
    [[nodiscard]] record::NoteKey noteKey() const { return {record::originOf(logId), key.publicKey()}; }
    [[nodiscard]] AnchorText anchored(const record::Checkpoint &checkpoint) const
    {
        return {record::signCheckpoint(checkpoint, key), noteKey()};
    }
    [[nodiscard]] anchor::RecordNow now(qint64 size = 90) const
    {
        return {record::originOf(logId),
                {record::SigningKey::generate().publicKey(), key.publicKey()},
                size,
                record::rootOf(size, &subtree)};
    }
    [[nodiscard]] Result<anchor::AnchorProof> prove(const AnchorText &text, qint64 size = 90) const
    {
        return anchor::proveAnchor(text, now(size), &subtree);
    }

    QByteArray logId = QByteArray(16, 'l');
    record::SigningKey key = record::SigningKey::generate();
};

const Instant kNow = fromRfc3339(u"2026-11-22T09:00:00Z"_s).value();

QString refusal(const QByteArray &text)
{
    const Result<AnchorText> read = anchor::anchorFromText(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().kind == ErrorKind::Rejected);
    return read.error().detail;
}

QString refusal(const Result<anchor::AnchorProof> &proof, ErrorKind kind)
{
    REQUIRE_FALSE(proof.has_value());
    CHECK(proof.error().kind == kind);
    return proof.error().detail;
}

} // namespace

TEST_CASE("the text says what it is and how to check it, and is read back byte for byte")
{
    const Tree tree;
    const AnchorText anchored = tree.anchored(tree.at(40));
    const QByteArray text = anchor::anchorText(anchored, kNow);
    CHECK(text.contains("had 40 entries"));
    CHECK(text.contains("2026-11-22T09:00:00"));
    CHECK(text.contains("indelible record check-anchor"));
    const Result<AnchorText> read = anchor::anchorFromText(text);
    REQUIRE(read);
    CHECK(read->note == anchored.note);
    CHECK(read->key == anchored.key);
}

TEST_CASE("a mail around the text and line ends of a mail do not spoil it")
{
    const Tree tree;
    QByteArray mail = "Dear notary,\n\nplease keep this.\n\n" + anchor::anchorText(tree.anchored(tree.at(40)), kNow);
    mail.replace('\n', "\r\n");
    const Result<AnchorText> read = anchor::anchorFromText(mail + "\r\n-- \r\nPriya\r\n");
    REQUIRE(read);
    CHECK(tree.prove(*read));
}

TEST_CASE("what is no anchor is refused in a sentence")
{
    const Tree tree;
    const QByteArray text = anchor::anchorText(tree.anchored(tree.at(40)), kNow);
    CHECK(refusal({}).contains(u"not exactly one checkpoint"_s));
    CHECK(refusal(text + text).contains(u"not exactly one checkpoint"_s));
    CHECK(refusal(QByteArray(300 * 1024, 'x')).contains(u"far larger"_s));
    const qsizetype dash = text.indexOf("\xE2\x80\x94 ");
    QByteArray wrapped = text;
    wrapped.insert(dash + 60, '\n');
    CHECK(refusal(wrapped).contains(u"break long lines"_s));
    CHECK(refusal(text + "Key: " + record::verifierText(tree.noteKey()) + '\n').contains(u"one key"_s));
    QByteArray broken = text;
    broken.replace("Key: indelible", "Key: indolible");
    CHECK(refusal(broken).contains(u"one key"_s));
}

TEST_CASE("a note with two origins is refused, by a second signer as by a foreign one")
{
    const Tree tree;
    const Tree other{QByteArray(16, 'o'), record::SigningKey::generate()};
    const AnchorText anchored = tree.anchored(tree.at(40));
    const QByteArray theirs = other.anchored(other.at(40)).note;
    const QByteArray signature = theirs.mid(theirs.indexOf("\n\n") + 2);
    const AnchorText twice{anchored.note + signature, anchored.key};
    const AnchorText foreign{record::checkpointText(tree.at(40)) + '\n' + signature, anchored.key};
    for (const AnchorText &made : {twice, foreign}) {
        CHECK(refusal(anchor::anchorText(made, kNow)).contains(u"several signatures, another signer"_s));
        CHECK(refusal(tree.prove(made), ErrorKind::Rejected).contains(u"no checkpoint of one record"_s));
    }
}

TEST_CASE("every earlier size of a record is proven to be its beginning")
{
    const Tree tree;
    for (qint64 size = 1; size <= 90; ++size) {
        const auto proof = tree.prove(tree.anchored(tree.at(size)));
        REQUIRE(proof);
        CHECK(record::checkConsistency(size, proof->anchored.root, 90, proof->now.root, proof->proof));
    }
}

TEST_CASE("an anchor of something else is refused, and it is said of what")
{
    const Tree tree;
    const Tree other{QByteArray(16, 'o'), tree.key};
    const Tree foreign{tree.logId, record::SigningKey::generate()};
    CHECK(refusal(tree.prove(other.anchored(other.at(40))), ErrorKind::Rejected).contains(u"another workspace"_s));
    CHECK(refusal(tree.prove(foreign.anchored(tree.at(40))), ErrorKind::Rejected).contains(u"never had"_s));
    const AnchorText borrowed{foreign.anchored(tree.at(40)).note, tree.noteKey()};
    CHECK(refusal(tree.prove(borrowed), ErrorKind::Rejected).contains(u"is not good"_s));
}

TEST_CASE("a record that is shorter than its anchor was cut, and one with another root was rewritten")
{
    const Tree tree;
    const AnchorText anchored = tree.anchored(tree.at(90));
    CHECK(tree.prove(anchored, 90));
    CHECK(refusal(tree.prove(anchored, 89), ErrorKind::Damaged).contains(u"has 89 entries, and had 90"_s));
    record::Checkpoint rewritten = tree.at(40);
    rewritten.root = record::sha256({"another history"});
    CHECK(refusal(tree.prove(tree.anchored(rewritten)), ErrorKind::Damaged).contains(u"first 40 entries"_s));
}

TEST_CASE("a note without a key is proven by any key that the record had, and by no other")
{
    const Tree tree;
    const QByteArray note = tree.anchored(tree.at(40)).note;
    const auto proof = tree.prove({note, std::nullopt});
    REQUIRE(proof);
    CHECK(proof->anchored.size == 40);
    const Tree foreign{tree.logId, record::SigningKey::generate()};
    CHECK(refusal(tree.prove({foreign.anchored(tree.at(40)).note, std::nullopt}), ErrorKind::Rejected)
              .contains(u"No key that the record here ever had"_s));
    QByteArray changed = note;
    changed.replace("\n40\n", "\n41\n");
    CHECK(refusal(tree.prove({changed, std::nullopt}), ErrorKind::Rejected).contains(u"No key"_s));
}

TEST_CASE("no bit of the checkpoint or its key can be changed and still be proven")
{
    const Tree tree;
    const QByteArray text = anchor::anchorText(tree.anchored(tree.at(40)), kNow);
    const qsizetype begin = text.indexOf("-----BEGIN");
    int refused = 0;
    for (qsizetype at = begin; at + 1 < text.size(); ++at) { // the last line feed may be missing
        for (int bit = 0; bit < 8; ++bit, ++refused) {
            QByteArray changed = text;
            changed[at] = static_cast<char>(changed.at(at) ^ (1 << bit));
            const Result<AnchorText> read = anchor::anchorFromText(changed);
            const bool isEmptyLine = text.at(at) == '\n' && text.at(at - 1) == '\n' && text.at(at + 1) == 'K';
            if (read && !isEmptyLine && tree.prove(*read))
                FAIL("bit " << bit << " of byte " << at);
        }
    }
    CHECK(refused > 3000);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/case_lines.h"
#include "app/bundle/check.h"
#include "app/record/hash.h"
#include "tests/bundle/hand_made.h"
#include "tests/support/catch.h"

#include <QJsonArray>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace indelible;
using bundle::check;
using bundle::Fault;
using bundle::Files;
using bundle::Verdict;
using record::Kind;
using test::HandMade;
using test::littleBundle;
using test::littleRecord;
using test::sealedBundle;
using test::subjectNamed;

namespace {

const QList<QByteArray> kOurs{subjectNamed('a'), subjectNamed('b'), subjectNamed('c')};

Verdict verdictOn(const Files &files)
{
    return check(files).verdict;
}

/// The lines of case.jsonl changed, and its first line made to fit again.
template<typename Change>
Files withLines(Files files, Change change)
{
    QList<QByteArray> lines = files.lines.split('\n');
    lines.removeFirst();
    lines.removeLast();
    change(lines);
    files.lines = bundle::headerLine(files.checkpoint, lines.size()) + '\n';
    for (const QByteArray &line : lines)
        files.lines += line + '\n';
    return files;
}

/// How many of a bundle's bits can be changed, each alone, so that it is still believed.
int acceptedFlips(Files files)
{
    REQUIRE(verdictOn(files).isGood());
    int flips = 0;
    int accepted = 0;
    for (QByteArray Files::*file : {&Files::table, &Files::lines, &Files::checkpoint, &Files::key}) {
        QByteArray &bytes = files.*file;
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            const char whole = bytes.at(at);
            for (int bit = 0; bit < 8; ++bit, ++flips) {
                bytes[at] = static_cast<char>(whole ^ (1 << bit));
                accepted += verdictOn(files).isGood() ? 1 : 0;
            }
            bytes[at] = whole;
        }
    }
    std::printf("%d bits changed one by one, %d accepted\n", flips, accepted);
    CHECK(flips > 12'000);
    return accepted;
}

} // namespace

TEST_CASE("a whole bundle is good and says what it proves")
{
    const auto checked = check(littleBundle());
    CHECK(bundle::sentenceOn(checked.verdict) == QString());
    REQUIRE(checked.verdict.isGood());
    CHECK(checked.proven.caseNumber == u"7"_s);
    CHECK(checked.proven.entries == 8);
    CHECK(checked.proven.sealed == 0);
    CHECK(checked.proven.checkpoint.size == 12);
    CHECK(checked.proven.checkpoint.origin == littleRecord().origin());
}

TEST_CASE("A10: no bit of a bundle can change")
{
    CHECK(acceptedFlips(littleBundle()) == 0);
}

TEST_CASE("A10: no bit of a bundle with destroyed words can change")
{
    CHECK(acceptedFlips(sealedBundle()) == 0);
}

TEST_CASE("A5: no line of a bundle can be left out, with or without the count made to fit")
{
    for (const Files &files : {littleBundle(), sealedBundle()}) {
        const qsizetype rows = files.lines.count('\n') - 1;
        for (qsizetype gone = 0; gone < rows; ++gone) {
            const Files fitting = withLines(files, [gone](QList<QByteArray> &lines) { lines.removeAt(gone); });
            CHECK_FALSE(verdictOn(fitting).isGood());
            Files plain = fitting;
            plain.lines.replace(0, plain.lines.indexOf('\n'), files.lines.left(files.lines.indexOf('\n')));
            CHECK(verdictOn(plain) == Verdict{Fault::Header});
        }
    }
}

TEST_CASE("lines cannot be exchanged, doubled, added to or split")
{
    const Files files = littleBundle();
    const auto swapped = withLines(files, [](QList<QByteArray> &lines) { lines.swapItemsAt(2, 3); });
    CHECK(verdictOn(swapped) == Verdict{Fault::Order, 5});
    const auto doubled = withLines(files, [](QList<QByteArray> &lines) { lines.insert(2, lines.at(2)); });
    CHECK(verdictOn(doubled) == Verdict{Fault::Order, 5});
    const auto spaced = withLines(files, [](QList<QByteArray> &lines) { lines[1] += ' '; });
    CHECK(verdictOn(spaced) == Verdict{Fault::Line, 3});
    const auto empty = withLines(files, [](QList<QByteArray> &lines) { lines.insert(1, QByteArray()); });
    CHECK(verdictOn(empty) == Verdict{Fault::Line, 3});
    const auto none = withLines(files, [](QList<QByteArray> &lines) { lines.clear(); });
    CHECK(verdictOn(none) == Verdict{Fault::Export});
}

TEST_CASE("nothing can follow the end of a file, and nothing be cut off")
{
    for (QByteArray Files::*file : {&Files::table, &Files::lines, &Files::checkpoint, &Files::key}) {
        for (const QByteArray &tail : {QByteArray("\n"), QByteArray(" "), QByteArray(1, '\0')}) {
            Files longer = littleBundle();
            longer.*file += tail;
            CHECK_FALSE(verdictOn(longer).isGood());
        }
        Files shorter = littleBundle();
        (shorter.*file).chop(1);
        CHECK_FALSE(verdictOn(shorter).isGood());
        (shorter.*file).clear();
        CHECK_FALSE(verdictOn(shorter).isGood());
    }
}

TEST_CASE("a foreign key is refused: another than expected, another than signed, and one that is none")
{
    const Files files = littleBundle();
    CHECK(check(files, files.key).verdict.isGood());
    CHECK(check(files, files.key.trimmed()).verdict.isGood());
    const auto other = record::SigningKey::fromSeed(QByteArray(record::kKeyBytes, 'k')).value();
    const QByteArray theirs = record::verifierText({littleRecord().origin(), other.publicKey()});
    CHECK(check(files, theirs).verdict == Verdict{Fault::ForeignKey});
    Files exchanged = files;
    exchanged.key = theirs + '\n';
    CHECK(verdictOn(exchanged) == Verdict{Fault::Signature});
    for (const char *noKey : {"", "\n", "no key\n", "indelible/00+00000000+AAAA\n"}) {
        Files without = files;
        without.key = noKey;
        CHECK(verdictOn(without) == Verdict{Fault::Key});
    }
}

TEST_CASE("a checkpoint has one origin, one signature, and no line more")
{
    const Files files = littleBundle();
    const HandMade made = littleRecord();
    const record::Checkpoint checkpoint = check(files).proven.checkpoint;
    const auto with = [&files](const QByteArray &note) {
        Files changed = files;
        changed.checkpoint = note;
        return verdictOn(changed);
    };
    const QByteArray signature = files.checkpoint.mid(files.checkpoint.indexOf("\n\n") + 2);
    CHECK(with(files.checkpoint + signature) == Verdict{Fault::Note});
    const QByteArray text = record::checkpointText(checkpoint);
    const QString other = u"indelible/"_s + QString(32, u'0');
    CHECK(with(record::signNote(text, other, made.key())) == Verdict{Fault::Note});
    CHECK(with(record::signNote(text + "more\n", checkpoint.origin, made.key())) == Verdict{Fault::Note});
    record::Checkpoint elsewhere = checkpoint;
    elsewhere.origin = other;
    CHECK(with(record::signCheckpoint(elsewhere, made.key())) == Verdict{Fault::Signature});
    // A true checkpoint of the same record, but not the one that the lines were proven with.
    elsewhere = checkpoint;
    elsewhere.size -= 1;
    CHECK(with(record::signCheckpoint(elsewhere, made.key())) == Verdict{Fault::Header});
}

TEST_CASE("the owner of the key cannot leave anything out either, once it is on the record")
{
    HandMade made = littleRecord();
    SECTION("a conversation of the case is not exported")
    {
        made.appendExport(subjectNamed('c'), {subjectNamed('a')});
        CHECK(verdictOn(made.bundleOf({subjectNamed('a'), subjectNamed('c')})) == Verdict{Fault::Subjects});
    }
    SECTION("the export states fewer entries than it holds")
    {
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')}, {{subjectNamed('b'), 1}});
        CHECK(verdictOn(made.bundleOf(kOurs)) == Verdict{Fault::Count});
    }
    SECTION("the last entries of a conversation are left out")
    {
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf({1, 3, 4, 5, 7, 9, 10})) == Verdict{Fault::Count});
    }
    SECTION("the first entry of a conversation is left out")
    {
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf({3, 4, 5, 7, 8, 9, 10})) == Verdict{Fault::Gap, 5});
    }
    SECTION("there is no export entry")
    {
        CHECK(verdictOn(made.bundleOf(kOurs)) == Verdict{Fault::Export});
    }
    SECTION("something that is not the case's is put in")
    {
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf({1, 2, 3, 4, 5, 7, 8, 9, 10})) == Verdict{Fault::Count});
    }
    SECTION("an entry that stands at another place")
    {
        made.entry(3).subjectSeq = 1;
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf(kOurs)) == Verdict{Fault::Gap, 3});
    }
    SECTION("an entry of another record")
    {
        made.entry(3).logId = QByteArray(record::kIdBytes, 'z');
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf(kOurs)) == Verdict{Fault::Entry, 3});
    }
    SECTION("an entry that promises other words")
    {
        made.entry(3).commitment = QByteArray(record::kHashBytes, 'z');
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        CHECK(verdictOn(made.bundleOf(kOurs)) == Verdict{Fault::Body, 3});
    }
}

TEST_CASE("destroyed words are missing exactly where one later seal says so")
{
    CHECK(check(sealedBundle()).proven.sealed == 2);
    HandMade made = littleRecord();
    const auto seal = [&made](const QJsonObject &body) {
        return made.append(Kind::Erase, record::systemSubject(), body);
    };
    const auto verdict = [&made](const QList<qint64> &besides) {
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        return verdictOn(made.bundleOf(kOurs, besides));
    };
    SECTION("without a seal")
    {
        made.destroyWords(3);
        CHECK(verdict({}) == Verdict{Fault::Sealed, 3});
    }
    SECTION("with the seal left out of the bundle")
    {
        made.destroyWords(3);
        seal({{u"entries"_s, QJsonArray{3}}});
        CHECK(verdict({}) == Verdict{Fault::Sealed, 3});
    }
    SECTION("with a seal that is about others")
    {
        made.destroyWords(3);
        CHECK(verdict({seal({{u"entries"_s, QJsonArray{2}}})}) == Verdict{Fault::Sealed, 9});
    }
    SECTION("a seal and the words")
    {
        CHECK(verdict({seal({{u"entries"_s, QJsonArray{3}}})}) == Verdict{Fault::Sealed, 9});
    }
    SECTION("two seals")
    {
        made.destroyWords(3);
        const qint64 first = seal({{u"entries"_s, QJsonArray{3}}});
        CHECK(verdict({first, seal({{u"entries"_s, QJsonArray{3}}})}) == Verdict{Fault::Sealed, 10});
    }
    SECTION("a seal that lists nothing readable")
    {
        made.destroyWords(3);
        CHECK(verdict({seal({{u"entries"_s, u"3"_s}})}) == Verdict{Fault::Sealed, 9});
    }
    SECTION("a seal of the conversation itself")
    {
        made.destroyWords(3);
        made.append(Kind::Erase, subjectNamed('b'), {{u"entries"_s, QJsonArray{3}}});
        CHECK(verdict({}).isGood());
    }
    SECTION("a seal before the words")
    {
        made.append(Kind::Erase, subjectNamed('b'), {{u"entries"_s, QJsonArray{11}}});
        made.append(Kind::Note, subjectNamed('b'), {{u"text"_s, u"later"_s}});
        made.destroyWords(11);
        CHECK(verdict({}) == Verdict{Fault::Sealed, 9});
    }
}

TEST_CASE("where words were destroyed that may have named a conversation, that none is missing cannot be told")
{
    CHECK_FALSE(check(littleBundle()).proven.hidesLinks);
    CHECK_FALSE(check(sealedBundle()).proven.hidesLinks);
    for (const qint64 idx : {4, 5, 9}) { // opened, linked, a note
        HandMade made = littleRecord();
        const qint64 seal = made.append(Kind::Erase, record::systemSubject(), {{u"entries"_s, QJsonArray{idx}}});
        made.destroyWords(idx);
        made.appendExport(subjectNamed('c'), {subjectNamed('a'), subjectNamed('b')});
        const bundle::Checked checked = check(made.bundleOf(kOurs, {seal}));
        CHECK(checked.verdict.isGood());
        CHECK(checked.proven.hidesLinks == (idx != 9));
    }
    HandMade made = littleRecord();
    const qint64 seal = made.append(Kind::Erase, record::systemSubject(), {{u"entries"_s, QJsonArray{5}}});
    made.destroyWords(5);
    made.appendExport(subjectNamed('c'), {subjectNamed('a')});
    CHECK(check(made.bundleOf({subjectNamed('a'), subjectNamed('c')}, {seal})).proven.hidesLinks);
}

TEST_CASE("the table is guarded against formulas and shows seals")
{
    const QByteArray table = sealedBundle().table;
    CHECK(table.startsWith("\"entry\",\"time (UTC)\",\"what\",\"about\",\"by\""));
    CHECK(table.contains("\"''-5 degrees\""));
    CHECK(table.contains("\"'-5 degrees, really\""));
    CHECK(littleBundle().table.contains("\"'=1+1 \"\"cold\"\" soup,\nagain \xF0\x9F\x8D\xB2\""));
    CHECK(table.contains(
        "\"1\",\"2026-11-22T09:01:01.001Z\",\"item seen\",\"conversation 1\",\"member 1\",\"\",\"\",\"\","
        "\"\",\"\",\"\",\"10\"\r\n"));
    CHECK(table.contains("\"seal\",\"record\""));
}

TEST_CASE("a body is read only in its one form")
{
    CHECK(bundle::objectFromBody("{\"a\":9007199254740992}"));
    const QByteArray marked("{\"\xEF\xBB\xBF\":\"\xEF\xBB\xBF=1\"}");
    CHECK(bundle::objectFromBody(marked)->value(QString(QChar(0xFEFF))).toString() == QChar(0xFEFF) + u"=1"_s);
    for (const char *bad : {"", "1", "[]", "{} ", "{\"a\":1.0}", "{\"a\":1e2}", "{\"a\":1,\"a\":1}",
                            "{\"b\":1,\"a\":1}", "{\"a\":9007199254740993}", "{\"a\":-0}", "{\"a\":\"\\u0041\"}",
                            "{\"a\":\"\\ud800\"}", "\xEF\xBB\xBF{}", "{\"a\":\"\\\xEF\xBB\xBF\"}"})
        CHECK_FALSE(bundle::objectFromBody(bad));
    CHECK(bundle::objectFromBody("{\"a\":" + QByteArray(63, '[') + QByteArray(63, ']') + '}'));
    CHECK_FALSE(bundle::objectFromBody("{\"a\":" + QByteArray(64, '[') + QByteArray(64, ']') + '}'));
}

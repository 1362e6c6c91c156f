// SPDX-License-Identifier: GPL-3.0-or-later
// The forms of a checkpoint that somebody keeps. What other programs make of them: tests/cli/anchor_forms_test.py.
#include "app/anchor/anchor_mail.h"
#include "app/anchor/anchor_page.h"
#include "app/anchor/handout.h"
#include "app/anchor/qr_code.h"
#include "app/record/hash.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace indelible;
using anchor::Handout;
using anchor::How;

namespace {

Handout handout(const QString &to, const QString &business = {})
{
    const QString origin = record::originOf(QByteArray(16, 'l'));
    const record::SigningKey key = record::SigningKey::fromSeed(QByteArray(32, 's')).value();
    const QByteArray note = record::signCheckpoint({origin, 1234567, record::sha256({"root"})}, key);
    return {
        {note, record::NoteKey{origin, key.publicKey()}}, fromRfc3339(u"2026-11-22T09:00:00Z"_s).value(), business, to};
}

QByteArray file(How form, const Handout &handout)
{
    const Result<QByteArray> made = anchor::fileOf(form, handout);
    REQUIRE(made);
    return *made;
}

QByteArray headers(const QByteArray &mail)
{
    return mail.left(mail.indexOf("\r\n\r\n"));
}

QByteArray partOf(const QByteArray &mail, qsizetype number)
{
    const qsizetype end = mail.indexOf("\r\n--=_indelible_checkpoint");
    REQUIRE(end > 0);
    QByteArray rest = mail;
    rest.replace("\r\n--=_indelible_checkpoint", QByteArray(1, '\0'));
    const QByteArray part = rest.split('\0').at(number);
    return QByteArray::fromBase64(part.mid(part.indexOf("\r\n\r\n") + 4));
}

} // namespace

TEST_CASE("a page says whose record it is, when, how large, and for whom, as text and nothing else")
{
    const QByteArray page = file(How::Page, handout(u"<i>Müller</i> & Söhne"_s, u"Café <b>\u202EMarigold</b>"_s));
    CHECK(page.contains("<h1>Café &lt;b&gt;\uFFFDMarigold&lt;/b&gt;</h1>"));
    CHECK(page.contains("<dd>22 November 2026, 09:00 UTC</dd>"));
    CHECK(page.contains("<dd>1,234,567</dd>"));
    CHECK(page.contains("<dd>&lt;i&gt;Müller&lt;/i&gt; &amp; Söhne</dd>"));
    CHECK_FALSE(page.contains("<script"));
    CHECK_FALSE(page.contains("Name of the business"));
    CHECK(file(How::Page, handout(u"x"_s)).contains("Name of the business"));
}

TEST_CASE("words that look like a place of the page are left as they are")
{
    const QByteArray page = file(How::Page, handout(u"@NOTE@ %1"_s, u"@KEY@"_s));
    CHECK(page.contains("<dd>@NOTE@ %1</dd>"));
    CHECK(page.contains("<h1>@KEY@</h1>"));
    CHECK(page.count('@') == 7); // these four, and the style's own rules
}

TEST_CASE("a QR code has its three corners, and what is too long has none")
{
    const auto code = anchor::qrCode(handout(u"x"_s).anchor.note);
    REQUIRE(code);
    CHECK(code->width == 61);
    CHECK(code->dark.size() == 61U * 61U);
    const int last = code->width - 7;
    for (const auto &[column, row] : {std::pair(0, 0), std::pair(last, 0), std::pair(0, last)}) {
        for (int i = 0; i < 7; ++i) {
            CHECK(code->isDark(column + i, row));
            CHECK(code->isDark(column, row + i));
        }
        CHECK_FALSE(code->isDark(column + 1, row + 1));
        CHECK(code->isDark(column + 3, row + 3));
    }
    CHECK(anchor::qrCode(QByteArray(2300, 'x')));
    CHECK_FALSE(anchor::qrCode(QByteArray(2400, 'x')));
    CHECK_FALSE(anchor::qrCode({}));
}

TEST_CASE("a note alone, as a QR code holds it, is read back, also as programs save it")
{
    const QByteArray note = handout(u"x"_s).anchor.note;
    QByteArray windows = "\r\n " + note.trimmed();
    windows.replace("\n", "\r\n");
    for (const QByteArray &text : {note, note.trimmed(), note + "\n\n", windows}) {
        const Result<anchor::AnchorText> read = anchor::anchorFromText(text);
        REQUIRE(read);
        CHECK(read->note == note);
        CHECK_FALSE(read->key);
    }
    CHECK_FALSE(anchor::anchorFromText("Key: x\n" + note));
    CHECK_FALSE(anchor::anchorFromText(note + note));
}

TEST_CASE("a mail is addressed to one address or to nobody yet")
{
    for (const auto &[typed, name, address] : {
             std::tuple(u" notary@example.org "_s, u""_s, "notary@example.org"),
             std::tuple(u"Our notary <n.o+x@mail.example.org>"_s, u"Our notary"_s, "n.o+x@mail.example.org"),
             std::tuple(u"\"Müller, Anna\" <a@b>"_s, u"Müller, Anna"_s, "a@b"),
             std::tuple(u"<a@b>"_s, u""_s, "a@b"),
             std::tuple(u"our  notary"_s, u"our  notary"_s, ""),
         }) {
        const Result<anchor::Recipient> read = anchor::recipientFrom(typed);
        REQUIRE(read);
        CHECK(read->name == name);
        CHECK(read->address == address);
    }
}

TEST_CASE("what would be more than one recipient is refused in a sentence")
{
    for (const QString &typed : {u"a@example.org\r\nBcc: b@example.org"_s, u"Anna\n<a@example.org>"_s,
                                 u"our\u2028notary"_s, u"a@example.org\u0085x"_s, u"a\tb"_s}) {
        const Result<anchor::Recipient> read = anchor::recipientFrom(typed);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().kind == ErrorKind::Usage);
        CHECK(read.error().detail.contains(u"on one line"_s));
    }
    for (const QString &typed :
         {u"a@b, c@d"_s, u"a@b c@d"_s, u"<a@b"_s, u"a@b>"_s, u"@b"_s, u"a@"_s, u"a@b@c"_s, u".a@b"_s, u"a@b."_s,
          u"a@-b"_s, u"é@b"_s, u"Anna <é@b>"_s, u"x <y> <a@b>"_s, QString(u'n').repeated(300) + u"@b"_s}) {
        INFO(typed.toStdString());
        const Result<anchor::Recipient> read = anchor::recipientFrom(typed);
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().detail.contains(u"not one e-mail address"_s));
    }
}

TEST_CASE("no name of a recipient or a business becomes a header of the mail")
{
    const QString lie = u"=?UTF-8?B?eA==?=\" Bcc: all, \\; "_s;
    for (const QString &name : {lie, QString(u'ß').repeated(150), QString::fromUcs4(U"\U0001F58B").repeated(60)}) {
        const QByteArray mail =
            file(How::Mail, handout(name.simplified().remove(u'"') + u" <a@b>"_s, name + u"\r\nBcc: x"_s));
        QByteArrayList names;
        for (const QByteArray &line : headers(mail).split('\n')) {
            CHECK(line.size() <= 77);
            CHECK(std::ranges::none_of(line, [](char c) { return static_cast<signed char>(c) < 0; }));
            if (!line.startsWith(' '))
                names.append(line.left(line.indexOf(':')));
        }
        CHECK(names == QByteArrayList{"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"});
    }
}

TEST_CASE("the attachment of a mail is the text of the checkpoint, and its letter names it")
{
    const Handout made = handout(u"our notary"_s, u"Café Marigold %1"_s);
    const QByteArray mail = file(How::Mail, made);
    CHECK_FALSE(headers(mail).contains("To:"));
    CHECK(partOf(mail, 2) == anchor::anchorText(made.anchor, made.at));
    const QByteArray letter = partOf(mail, 1);
    CHECK(letter.startsWith("Hello,\r\n"));
    CHECK(letter.contains("1,234,567 entries"));
    CHECK(letter.contains("checkpoint-2026-11-22.txt"));
    CHECK(letter.endsWith("\r\n\r\nCafé Marigold %1\r\n"));
}

TEST_CASE("who keeps it is said on one line that is not endless, for a mail by the rules of mails")
{
    for (const How form : {How::Text, How::Page}) {
        CHECK(anchor::keeperFrom(form, u" our\nnotary "_s).value() == u"our notary"_s);
        CHECK(anchor::keeperFrom(form, QString(u'x').repeated(500)).value().size() == 200);
        CHECK(anchor::keeperFrom(form, u"a@b, c@d"_s));
    }
    CHECK(anchor::keeperFrom(How::Mail, u"our\nnotary"_s).error().kind == ErrorKind::Usage);
    CHECK(anchor::keeperFrom(How::Mail, u"our notary"_s).value() == u"our notary"_s);
    for (const How form : {How::Text, How::Page, How::Mail})
        CHECK(anchor::keeperFrom(form, u" \n"_s).error().kind == ErrorKind::Usage);
}

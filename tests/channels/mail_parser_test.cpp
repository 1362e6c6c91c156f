// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_charset.h"
#include "app/channels/mail/mail_parts.h"
#include "tests/channels/mail_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::mail;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray multipart(const QByteArray &subtype, std::initializer_list<QByteArray> parts)
{
    QByteArray body;
    for (const QByteArray &part : parts)
        body += "--b\n" + part + "\n";
    return mailBytes(head("m1@far.example", "Content-Type: multipart/" + subtype + "; boundary=b\nMIME-Version: 1.0\n"),
                     body + "--b--\n");
}

const QByteArray kPlain = "Content-Type: text/plain; charset=utf-8\n\nthe plain words\n";
const QByteArray kHtml =
    "Content-Type: text/html; charset=utf-8\n\n<p>the <a href=\"https://x.example\">HTML</a> words</p>\n";

} // namespace

TEST_CASE("a mail becomes a private message with its author, its subject and its words")
{
    const Mail mail =
        readMail(mailBytes(head("m1@far.example", "Subject: Order 1042\nDate: Mon, 01 Jan 0001 00:00:00 +0000\n")));
    const RemoteItem &item = mail.item;
    CHECK(item.remoteId == u"m1@far.example"_s);
    CHECK(item.author == Author{u"ana@far.example"_s, u"Ana@Far.example"_s, u"Ana Lima"_s});
    CHECK(item.text == u"Order 1042\n\nThe handle came off."_s);
    CHECK(item.kind == ItemKind::Message);
    CHECK(item.audience == Audience::Private);
    CHECK(item.direction == Direction::Incoming);
    CHECK(item.createdAt == fromMs(1'795'338'000'000)); // when it arrived, not what its sender claims
    CHECK(mail.references.isEmpty());
    const ReplyTo reply = replyFrom(item.reply);
    CHECK(reply == ReplyTo{{u"Ana@Far.example"_s}, u"Order 1042"_s, u"m1@far.example"_s, {}});
}

TEST_CASE("the subject of an answer is left out, a new one is shown")
{
    const QByteArray answers = "In-Reply-To: <a@x.example>\n";
    CHECK(readMail(mailBytes(head("1@x.example", answers + "Subject: AW: Order 1042\n"))).item.text ==
          u"The handle came off."_s);
    CHECK(readMail(mailBytes(head("1@x.example", answers + "Subject: my lawyer\n"))).item.text ==
          u"my lawyer\n\nThe handle came off."_s);
    CHECK(readMail(mailBytes(head("1@x.example", "Subject: Re: Order\n"))).item.text ==
          u"Re: Order\n\nThe handle came off."_s);
}

TEST_CASE("what a mail answers is named from the top to the one itself")
{
    const Mail mail = readMail(mailBytes(
        head("m3@x.example", "References: <r@x.example> junk\n <m2@x.example>\nIn-Reply-To: <r@x.example> \n")));
    CHECK(mail.references == QStringList{u"m2@x.example"_s, u"r@x.example"_s});
}

TEST_CASE("a mail without a Message-ID, or with two, is named by its header")
{
    const Mail without = readMail(mailBytes("From: ana@far.example\nSubject: a\n"));
    const Mail other = readMail(mailBytes("From: ana@far.example\nSubject: b\n"));
    const Mail twice = readMail(mailBytes(head("m1@x.example", "Message-ID: <m2@x.example>\n")));
    CHECK(without.item.remoteId.startsWith("sha256:"_L1));
    CHECK(without.item.remoteId != other.item.remoteId);
    CHECK(twice.item.remoteId.startsWith("sha256:"_L1));
    CHECK(replyFrom(without.item.reply).messageId.isEmpty());
}

TEST_CASE("of alternatives the plain text counts, in whichever order they come, and HTML where there is none")
{
    CHECK(readMail(multipart("alternative", {kPlain, kHtml})).item.text == u"the plain words"_s);
    CHECK(readMail(multipart("alternative", {kHtml, kPlain})).item.text == u"the plain words"_s);
    const RemoteItem html = readMail(multipart("alternative", {"Content-Type: text/plain\n\n \n", kHtml})).item;
    CHECK(html.text == u"the HTML words"_s);
    CHECK(html.links == std::vector<TextLink>{{4, 4, TextLink::Kind::Web, u"https://x.example"_s}});
}

TEST_CASE("attachments are named and nothing of them is read")
{
    const RemoteItem item =
        readMail(
            multipart("mixed",
                      {kPlain, "Content-Type: image/png; name=\"cup.png\"\n\nx\n",
                       "Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nsecret log\n",
                       "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n",
                       "Content-Type: message/rfc822\n\nSubject: the first complaint\n\nold words\n"}))
            .item;
    CHECK(item.text == u"the plain words"_s);
    CHECK(item.media == std::vector<Media>{{u"image"_s, u"cup.png"_s, {}},
                                           {u"file"_s, u"log.txt"_s, {}},
                                           {u"file"_s, u"winmail.dat"_s, {}},
                                           {u"file"_s, u"the first complaint"_s, {}}});
}

TEST_CASE("signatures and keys of other programs cost no words, and what is encrypted says so")
{
    const QByteArray signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx\n";
    const RemoteItem isSigned = readMail(multipart("signed", {kPlain, signature})).item;
    CHECK(isSigned.text == u"the plain words"_s);
    CHECK(isSigned.media == std::vector<Media>{{u"file"_s, u"smime.p7s"_s, {}}});
    const QByteArray autocrypt = "Autocrypt: addr=ana@far.example; prefer-encrypt=mutual; keydata=\n bQENBFxK\n";
    CHECK(readMail(mailBytes(head("m1@far.example", autocrypt))).item.text == u"The handle came off."_s);
    const QString sentence = u"[This mail is encrypted or packed up with its signature; a mail program can open it.]"_s;
    const QByteArray packed =
        "Subject: Order 1042\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n";
    const RemoteItem enveloped = readMail(mailBytes(head("m1@far.example", packed), "x\n")).item;
    CHECK(enveloped.text == u"Order 1042\n\n"_s + sentence);
    CHECK(enveloped.media == std::vector<Media>{{u"file"_s, u"smime.p7m"_s, {}}});
    const QByteArray version = "Content-Type: application/pgp-encrypted\n\nVersion: 1\n";
    const QByteArray ciphered = "Content-Type: application/octet-stream; name=encrypted.asc\n\nx\n";
    CHECK(readMail(multipart("encrypted", {version, ciphered})).item.text == sentence);
}

TEST_CASE("what this program remarks on a mail does not make it another mail")
{
    const auto versionOf = [](bool isCut) {
        return parseMail({mailBytes(head("m1@far.example")), isCut, fromMs(0), Direction::Incoming}).item;
    };
    CHECK(versionOf(true).text != versionOf(false).text);
    CHECK(versionOf(true).version == versionOf(false).version);
}

TEST_CASE("charsets are believed where the bytes fit them, and else guessed")
{
    CHECK(decoded("Gr\xc3\xbc\xc3\x9f"
                  "e",
                  "utf-8") == u"Grüße"_s);
    CHECK(decoded("Gr\xfc\xdf"
                  "e",
                  "utf-8") == u"Grüße"_s);
    CHECK(decoded("\x93yes\x94", "iso-8859-1") == u"“yes”"_s);
    CHECK(decoded("\xca\xf0\xe0\xed", "koi8-nonsense") == u"Êðàí"_s);
    CHECK(decoded("\xeb\xd2\xc1\xce", "koi8-r") == u"Кран"_s);
    CHECK(decoded("x\xc3\xa9", "../../lib/x//TRANSLIT") == u"xé"_s);
    CHECK(decoded(QByteArray("a\0b\x07\r\nc\rd", 9), "") == u"ab\nc\nd"_s);
    const Mail mail = readMail(mailBytes(head("1@x.example", "Subject: Caf\xe9 =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n")));
    CHECK(mail.item.text.startsWith(u"Café"_s));
}

TEST_CASE("mails that programs wrote are told apart, and answers go to the address that was asked for")
{
    CHECK(readMail(mailBytes(head("1@x.example", "Auto-Submitted: auto-replied\n"))).item.kind == ItemKind::Mention);
    CHECK(readMail(mailBytes(head("1@x.example", "Auto-Submitted: no\n"))).item.kind == ItemKind::Message);
    CHECK(readMail(mailBytes(head("1@x.example", "Precedence: bulk\n"))).item.kind == ItemKind::Mention);
    CHECK(readMail(mailBytes(head("1@x.example", "List-Unsubscribe: <https://x.example>\n"))).item.kind ==
          ItemKind::Mention);
    const Mail mail = readMail(mailBytes(head("1@x.example", "Reply-To: Desk <desk@far.example>, broken\n")));
    CHECK(replyFrom(mail.item.reply).to == QStringList{u"desk@far.example"_s});
}

TEST_CASE("a mail without a sender is there all the same")
{
    CHECK(readMail(mailBytes("Subject: x\n")).item.author.remoteId == u"unknown sender"_s);
    CHECK(readMail(mailBytes("From: \nSender: ben@x.example\n")).item.author.handle == u"ben@x.example"_s);
    CHECK(readMail({}).item.remoteId.startsWith("sha256:"_L1));
    CHECK(readMail("\xff\xfe garbage \0 without any header").item.author.remoteId == u"unknown sender"_s);
    // Letters that only look like others stay what they are.
    const Mail lookAlike = readMail(mailBytes("From: \"shop@quay.example\" <sh\xd0\xbep@quay.example>\n"));
    CHECK(lookAlike.item.author.handle == u"shоp@quay.example"_s);
    CHECK(replyFrom(lookAlike.item.reply).to.isEmpty());
}

TEST_CASE("ten thousand parts, a hundred levels and a mail without end are cut, and say so")
{
    QByteArray parts;
    for (int i = 0; i < kMostParts + 5; ++i)
        parts += "--b\nContent-Type: application/x-thing\n\nx\n";
    const QByteArray type = "Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\nSubject: many\n";
    const RemoteItem many = readMail(mailBytes(head("1@x.example", type), parts + "--b--\n")).item;
    CHECK(many.text.startsWith(u"many\n\n[This mail has more parts"_s));
    CHECK(many.author.handle == u"Ana@Far.example"_s);
    CHECK(many.media.size() == kMostMedia);

    QByteArray deep = head("2@x.example", "MIME-Version: 1.0\n");
    for (int i = 0; i < 150; ++i)
        deep += "Content-Type: multipart/mixed; boundary=b" + QByteArray::number(i) + "\n\n--b" +
                QByteArray::number(i) + "\n";
    CHECK(readMail(mailBytes(deep)).item.text.contains(u"[This mail has more parts"_s));

    const RemoteItem endless = readMail(mailBytes(head("3@x.example"), QByteArray(kMostLetters + 10, 'x'))).item;
    CHECK(endless.text.size() < kMostLetters + 200);
    CHECK(endless.text.endsWith(u"the rest of it is in the mailbox.]"_s));

    const Mail cut = parseMail({mailBytes(head("4@x.example")), true, {}, Direction::Incoming});
    CHECK(cut.item.text.endsWith(u"larger than is fetched; the rest of it is in the mailbox.]"_s));
}

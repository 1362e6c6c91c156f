// SPDX-License-Identifier: GPL-3.0-or-later
// Reports of mails that were not delivered.
#include "app/channels/mail/mail_threads.h"
#include "tests/channels/mail_support.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels::mail;
using namespace indelible::test;

namespace {

const QByteArray kStatus = "Reporting-MTA: dns; mx.quay.example\n\n"
                           "Original-Recipient: rfc822; ana@far.example\n"
                           "Final-Recipient: rfc822; ana+x@far.example\n"
                           "Action: failed\nStatus: 5.1.1\n"
                           "Diagnostic-Code: smtp; 550 5.1.1 <ana@far.example>:\n    no such user\n";
const QByteArray kOurs = "From: shop@quay.example\nTo: Ana@far.example\nSubject: Re: Order\n"
                         "Message-ID: <ours@quay.example>\nIn-Reply-To: <hers@far.example>\n"
                         "References: <hers@far.example>\n";

/// What a mail server sends back: what it says to people, what it says to programs, and the mail.
Mail report(const QByteArray &status = kStatus, const QByteArray &original = kOurs,
            const QByteArray &type = "text/rfc822-headers", const QByteArray &whole = "report")
{
    return readMail(mailBytes("From: Mail Delivery <MAILER-DAEMON@quay.example>\nTo: shop@quay.example\n"
                              "Message-ID: <report@quay.example>\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"
                              "Content-Type: multipart/" +
                                  whole + "; report-type=delivery-status; boundary=b\n",
                              "--b\nContent-Type: text/plain\n\nWe are sorry.\n"
                              "--b\nContent-Type: message/delivery-status\n\n" +
                                  status + "\n--b\nContent-Type: " + type + "\n\n" + original + "\n--b--\n"));
}

/// Conversations with her question and our answer in them.
MailThreads talk(const QByteArray &ours = kOurs)
{
    MailThreads threads;
    Mail hers = readMail(mailBytes(head("hers@far.example")));
    threads.place(hers);
    Mail answer = readMail(mailBytes(ours), Direction::Outgoing);
    threads.place(answer);
    return threads;
}

QString textOf(const QByteArray &status)
{
    MailThreads threads = talk();
    Mail mail = report(status);
    threads.place(mail);
    return mail.item.text;
}

QString statusOf(const QByteArray &code)
{
    return textOf("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822;ana@far.example\nAction: failed\nStatus: " + code +
                  "\n");
}

} // namespace

TEST_CASE("a report about a mail of ours lies where that mail lies, and says what happened")
{
    for (const QByteArray &type : {QByteArray("text/rfc822-headers"), QByteArray("message/rfc822")}) {
        INFO(type.toStdString());
        MailThreads threads = MailThreads::fromJson(talk().toJson());
        Mail hers = readMail(mailBytes(head("hers@far.example")));
        threads.place(hers);
        Mail mail = report(kStatus, kOurs + "\nSo sorry.\n", type);
        threads.place(mail);
        CHECK(mail.item.threadId == hers.item.threadId);
        CHECK(mail.item.parentId == u"ours@quay.example"_s);
        CHECK(mail.item.kind == ItemKind::Mention);
        CHECK(mail.item.direction == Direction::Incoming);
        CHECK(
            mail.item.text ==
            u"Not delivered to ana@far.example: there is no such address (status 5.1.1; the mail server says “550 5.1.1 <ana@far.example>: no such user”).\n\nWe are sorry."_s);
        // Answering it is answering her once more.
        CHECK(replyFrom(mail.item.reply) ==
              ReplyTo{{u"Ana@far.example"_s}, u"Re: Order"_s, u"hers@far.example"_s, {u"hers@far.example"_s}});
    }
}

TEST_CASE("a report about a mail that is not ours is a mail of a program and nothing else")
{
    for (const bool isKnown : {true, false}) {
        MailThreads threads = talk();
        // Her own mail, or one that nobody knows.
        const QByteArray id = isKnown ? "hers@far.example" : "invented@quay.example";
        Mail mail = report(kStatus, "To: ana@far.example\nMessage-ID: <" + id + ">\nReferences: <hers@far.example>\n");
        REQUIRE(mail.bounce.has_value());
        threads.place(mail);
        Mail hers = readMail(mailBytes(head("hers@far.example")));
        threads.place(hers);
        CHECK(mail.item.threadId != hers.item.threadId);
        CHECK(mail.item.text == u"Undelivered Mail\n\nWe are sorry."_s);
        CHECK(mail.item.kind == ItemKind::Mention);
    }
    // An id that was only named is nobody's.
    MailThreads threads;
    Mail naming = readMail(mailBytes(head("hers@far.example", "In-Reply-To: <ours@quay.example>\n")));
    threads.place(naming);
    Mail mail = report();
    threads.place(mail);
    CHECK(mail.item.text.startsWith(u"Undelivered Mail"_s));
}

TEST_CASE("a report cannot turn our next answer to other people")
{
    MailThreads threads = talk();
    Mail mail = report(kStatus, QByteArray(kOurs).replace("Ana@far.example", "eve@evil.example"));
    threads.place(mail);
    CHECK(mail.item.text.startsWith(u"Not delivered"_s));
    CHECK(replyFrom(mail.item.reply).to == QStringList{u"MAILER-DAEMON@quay.example"_s});
    Mail same = report(kStatus, QByteArray(kOurs).replace("Ana@far.example", "ana@FAR.example"));
    threads.place(same);
    CHECK(replyFrom(same.item.reply).to == QStringList{u"ana@FAR.example"_s});
}

TEST_CASE("the same report has the same version, whether the mail is known or not")
{
    MailThreads knowing = talk();
    MailThreads unknowing;
    Mail one = report();
    Mail other = report();
    knowing.place(one);
    unknowing.place(other);
    CHECK(one.item.version == other.item.version);
    CHECK(one.item.remoteId == other.item.remoteId);
}

TEST_CASE("only what failed or waits is told, for each recipient, in plain words")
{
    const QByteArray block = "\n\nFinal-Recipient: rfc822;%1@far.example\nAction: %2\n";
    const auto about = [&block](const char *who, const char *action) {
        return QByteArray(block).replace("%1", who).replace("%2", action);
    };
    CHECK(textOf("X: y" + about("ana", "delivered")).startsWith(u"Undelivered Mail"_s));
    CHECK(textOf("X: y" + about("ana", "relayed")).startsWith(u"Undelivered Mail"_s));
    CHECK(textOf({}).startsWith(u"Undelivered Mail"_s));
    CHECK(
        textOf("X: y" + about("ana", "delayed") + "Status: 4.4.7\n")
            .startsWith(
                u"Not yet delivered to ana@far.example, it is still being tried: the server of that address could not be reached in time (status 4.4.7).\n\n"_s));
    CHECK(
        textOf("X: y" + about("ana", "Failed (gone)") + about("ben", "delivered") + about("cleo", "failed"))
            .startsWith(
                u"Not delivered to ana@far.example: the server of that address does not take it.\nNot delivered to cleo@far.example: the server of that address does not take it.\n\n"_s));
    CHECK(statusOf("5.2.2").contains(u"the mailbox is full (status 5.2.2)"_s));
    CHECK(statusOf("5.1.8").contains(u"the sender’s address"_s));
    CHECK(statusOf("5.2.1 (disabled)").contains(u"takes no mails (status 5.2.1)"_s));
    CHECK(statusOf("nonsense").contains(u"does not take it.\n"_s));
}

TEST_CASE("what a report quotes is bounded, and what is no address is not shown as one")
{
    const QString text =
        textOf("X: y\n\nFinal-Recipient: rfc822; <b>call +1 555</b>\nAction: failed\nDiagnostic-Code: x; " +
               QByteArray(100'000, 'z').replace("zzzz", "zz%1"));
    CHECK(text.startsWith(u"Not delivered to its recipient: "_s));
    CHECK(text.size() < 400);
    QByteArray many = "X: y";
    for (int i = 0; i < 1000; ++i)
        many += "\n\nFinal-Recipient: rfc822;ana@far.example\nAction: failed\n";
    CHECK(textOf(many).count(u"Not delivered"_s) == 10);
}

TEST_CASE("what only looks like a report is none")
{
    CHECK_FALSE(report(kStatus, "To: ana@far.example\n").bounce.has_value());
    CHECK_FALSE(report(kStatus, kOurs + "Message-ID: <second@quay.example>\n").bounce.has_value());
    CHECK_FALSE(report(kStatus, kOurs, "text/plain").bounce.has_value());
    // Some servers call it so.
    CHECK(report(kStatus, kOurs, "text/rfc822-headers", "mixed").bounce.has_value());
    CHECK(report(kStatus, kOurs, "text/rfc822-headers", "mixed").item.kind == ItemKind::Mention);
    const Mail receipt = readMail(mailBytes(
        head("r@far.example", "MIME-Version: 1.0\nContent-Type: multipart/report; boundary=b; "
                              "report-type=disposition-notification\n"),
        "--b\n\nI have read it.\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x\n--b--\n"));
    CHECK_FALSE(receipt.bounce.has_value());
    CHECK(receipt.item.kind == ItemKind::Mention);
    CHECK_FALSE(readMail(mailBytes(head("r@far.example", "Content-Type: multipart/report\n"))).bounce.has_value());
}

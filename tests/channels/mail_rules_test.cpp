// SPDX-License-Identifier: GPL-3.0-or-later
// The pure parts of the channel beside its parser.
#include "app/channels/mail/mail_address.h"
#include "app/channels/mail/mail_errors.h"
#include "app/channels/mail/mail_position.h"
#include "app/channels/mail/mail_post.h"
#include "app/channels/mail/mail_session.h"
#include "app/channels/mail/smtp_session.h"
#include "tests/channels/mail_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mail;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Mail placed(MailThreads &threads, const QByteArray &id, const QByteArray &answers = {},
            const QByteArray &words = "words\n")
{
    Mail mail = readMail(mailBytes(head(id, answers), words));
    threads.place(mail);
    return mail;
}

Outgoing anAnswer(const ReplyTo &reply)
{
    Outgoing outgoing;
    outgoing.key = "00ff";
    outgoing.audience = Audience::Private;
    outgoing.reply = toJson(reply);
    outgoing.text = u"Wir kümmern uns.\n.\nQuay"_s;
    outgoing.createdAt = fromMs(1'795'338'000'000);
    return outgoing;
}

} // namespace

TEST_CASE("mails hang together by what they name, whichever arrives first, and never by their subject")
{
    MailThreads threads;
    const Mail root = placed(threads, "r@x.example", "Subject: Order 1042\n");
    const Mail other = placed(threads, "o@x.example", "Subject: Order 1042\n");
    CHECK(root.item.threadId != other.item.threadId);
    const Mail below = placed(threads, "b@x.example", "References: <r@x.example>\n");
    CHECK(below.item.threadId == root.item.threadId);
    CHECK(below.item.parentId == u"r@x.example"_s);
    // Some programs name only what they answer.
    CHECK(placed(threads, "c@x.example", "In-Reply-To: <b@x.example>\n").item.threadId == root.item.threadId);

    const Mail late = placed(threads, "z2@x.example", "In-Reply-To: <z1@x.example>\n");
    MailThreads again = MailThreads::fromJson(threads.toJson());
    CHECK(again.toJson() == threads.toJson());
    const Mail before = placed(again, "z1@x.example", "References: <z0@x.example>\n");
    CHECK(before.item.threadId == late.item.threadId);
    CHECK(placed(again, "z0@x.example").item.threadId == late.item.threadId);
    // What is forgotten is found by the topmost id.
    MailThreads fresh;
    CHECK(placed(fresh, "d@x.example", "References: <r@x.example> <b@x.example>\n").item.threadId ==
          root.item.threadId);
}

TEST_CASE("a mail that uses the Message-ID of another one does not take its place")
{
    MailThreads threads;
    const Mail first = placed(threads, "m@x.example", {}, "the soup was cold\n");
    const Mail again = placed(threads, "m@x.example", {}, "the soup was cold\n");
    const Mail other = placed(threads, "m@x.example", {}, "I take it all back\n");
    CHECK(again.item.remoteId == first.item.remoteId);
    CHECK(other.item.remoteId == other.headerHash);
    CHECK(other.item.remoteId != first.item.remoteId);
}

TEST_CASE("only the newest ids are remembered")
{
    MailThreads threads;
    for (int i = 0; i < kIdsRemembered + 10; ++i)
        (void)placed(threads, QByteArray::number(i) + "@x.example");
    CHECK(threads.toJson().size() == kIdsRemembered);
}

TEST_CASE("a position comes back, and a broken one is the beginning")
{
    Position position;
    position.part = Position::Part::Inbox;
    position.inbox = {4'000'000'000U, 17};
    (void)placed(position.threads, "m@x.example");
    const Position again = readPosition(writePosition(position));
    CHECK(writePosition(again) == writePosition(position));
    CHECK(again.inbox.validity == 4'000'000'000U);
    CHECK(readPosition("}{").inbox.validity == 0);
}

TEST_CASE("the last mail, which a server names again, is not new")
{
    CHECK(nextUids({3}, 9).empty());
    CHECK(nextUids({12, 10, 3, 12}, 9) == std::vector<quint32>{10, 12});
    std::vector<quint32> many(100);
    for (quint32 i = 0; i < many.size(); ++i)
        many[i] = 200 - i;
    CHECK(nextUids(many, 0).size() == kMailsAtOnce);
    CHECK(nextUids(many, 0).front() == 101);
}

TEST_CASE("an answer is the same bytes each time, names what it answers, and reads as it was written")
{
    const ReplyTo reply{{u"ana@far.example"_s}, u"AW: [quay] Größe 42"_s, u"b@x.example"_s, {u"a@x.example"_s}};
    const Outgoing outgoing = anAnswer(reply);
    const QByteArray message = messageOf(outgoing, reply, u"shop@quay.example"_s);
    CHECK(message == messageOf(outgoing, reply, u"shop@quay.example"_s));
    CHECK(message.contains("Message-Id: <00ff@quay.example>\r\n"));
    CHECK(message.contains("In-Reply-To: <b@x.example>\r\n"));
    CHECK(message.contains("To: ana@far.example\r\n"));
    CHECK_FALSE(message.toLower().contains("auto-submitted"));
    CHECK_FALSE(QByteArray(message).replace("\r\n", "").contains('\n'));
    const Mail read = readMail(message, Direction::Outgoing);
    CHECK(read.item.text == outgoing.text);
    CHECK(read.item.author.remoteId == u"shop@quay.example"_s);
    CHECK(read.references == QStringList{u"a@x.example"_s, u"b@x.example"_s});
    CHECK(replyFrom(read.item.reply).subject == u"Re: Größe 42"_s);
    CHECK(stuffed(".a\r\n.\r\n..b") == "..a\r\n..\r\n...b\r\n");
}

TEST_CASE("what cannot be answered is refused before anything is sent")
{
    const auto refuses = [](ReplyTo reply, const QString &text = u"words"_s, Audience audience = Audience::Private) {
        Outgoing outgoing = anAnswer(reply);
        outgoing.text = text;
        outgoing.audience = audience;
        const Result<void> checked = checkOutgoing(outgoing, reply);
        return !checked && checked.error().kind == ErrorKind::Rejected && checked.error().provablyNotProcessed;
    };
    const ReplyTo good{{u"ana@far.example"_s}, {}, {}, {}};
    CHECK_FALSE(refuses(good));
    CHECK(refuses(good, u" \n"_s));
    CHECK(refuses(good, u"words"_s, Audience::Public));
    CHECK(refuses({{}, {}, {}, {}}));
    CHECK(refuses({{u"a@b\r\nRCPT TO:<c@d>"_s}, {}, {}, {}}));
    CHECK(refuses({{u"no-reply@shop.example"_s}, {}, {}, {}}));
    CHECK(isNobodysAddress(u"shop.donotreply@x.example"_s));
    CHECK_FALSE(isNobodysAddress(u"noreen@x.example"_s));
}

TEST_CASE("subjects lose what answering and passing on put in front of them")
{
    CHECK(baseSubject(u"Re: AW:  [shop] Fwd: Re[2]: Order 1042"_s) == u"Order 1042"_s);
    CHECK(baseSubject(u"Rest of the order"_s) == u"Rest of the order"_s);
    CHECK(baseSubject(u"[only this]"_s) == u"[only this]"_s);
    CHECK(saysItAnswers(u"SV: x"_s));
    CHECK_FALSE(saysItAnswers(u"Fwd: x"_s));
}

TEST_CASE("servers are what was typed, under TLS, and a stored session comes back")
{
    const auto imap = [](const char *typed) { return serverFrom(QUrl(QString::fromLatin1(typed)), Service::Imap); };
    CHECK(imap("https://mail.example") == MailServer{u"mail.example"_s, 993, MailServer::Security::Tls});
    CHECK(imap("https://mail.example:143") == MailServer{u"mail.example"_s, 143, MailServer::Security::StartTls});
    CHECK(imap("imap://mail.example") == MailServer{u"mail.example"_s, 143, MailServer::Security::StartTls});
    CHECK(imap("imaps://mail.example:9930") == MailServer{u"mail.example"_s, 9930, MailServer::Security::Tls});
    for (const char *bad :
         {"", "http://mail.example", "https://", "imaps://user:secret@mail.example", "smtps://mail.example"})
        CHECK_FALSE(imap(bad));
    CHECK(serverFrom(QUrl(u"https://mail.example:587"_s), Service::Smtp)->security == MailServer::Security::StartTls);
    CHECK(isThisComputer(u"localhost"_s));
    CHECK(isThisComputer(u"127.0.0.1"_s));
    CHECK_FALSE(isThisComputer(u"mail.example"_s));

    const Session session{u"shop@quay.example"_s, *imap("https://mail.example"),
                          *serverFrom(QUrl(u"smtps://mail.example"_s), Service::Smtp), "p\xc3\xa4ss \"word"};
    CHECK(readSession(writeSession(session)) == session);
    CHECK(readSession("{}").error().kind == ErrorKind::Damaged);
}

TEST_CASE("what servers answer has one kind and one sentence")
{
    CHECK(imapError("AUTHENTICATIONFAILED", u"no"_s, true).kind == ErrorKind::Unauthorised);
    CHECK(imapError("", u"no"_s, true).kind == ErrorKind::Unauthorised);
    CHECK(imapError("UNAVAILABLE", {}, true).kind == ErrorKind::ServerTrouble);
    CHECK(imapError("LIMIT", {}, false).kind == ErrorKind::RateLimited);
    CHECK(imapError("CONTACTADMIN", u"call 555 0100"_s, true).detail.contains(u"call 555 0100"_s));
    CHECK(imapError("", {}, false).kind == ErrorKind::Rejected);
    CHECK(smtpError(535, u"5.7.8 no"_s, true).kind == ErrorKind::Unauthorised);
    CHECK(smtpError(550, u"5.7.30 basic authentication is off"_s, false).kind == ErrorKind::Unauthorised);
    CHECK(smtpError(454, u"4.7.0 later"_s, true).kind == ErrorKind::RateLimited);
    CHECK(smtpError(421, u"busy"_s, false).kind == ErrorKind::ServerTrouble);
    CHECK(smtpError(550, u"5.1.1 nobody"_s, false).kind == ErrorKind::NotFound);
    CHECK(smtpError(554, u"policy"_s, false).kind == ErrorKind::Forbidden);
    CHECK(smtpError(552, u"too long"_s, false).kind == ErrorKind::Rejected);
    CHECK(smtpError(421, u"busy"_s, false).provablyNotProcessed);
    CHECK_FALSE(imapError("X", u"two\nlines"_s, false).detail.contains(u'\n'));
}

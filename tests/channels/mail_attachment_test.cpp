// SPDX-License-Identifier: GPL-3.0-or-later
// A file out of a mail, from a scripted server.
#include "app/channels/mail/mail_attachment.h"
#include "app/channels/mail/mail_parts.h"
#include "tests/channels/mail_bench.h"
#include "tests/support/fake_channel.h"

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::mail;
using namespace indelible::test;

namespace {

QByteArray everyByte()
{
    QByteArray bytes;
    for (int round = 0; round < 40; ++round) {
        for (int byte = 0; byte < 256; ++byte)
            bytes += static_cast<char>((byte + round) % 256);
    }
    return bytes;
}

QByteArray part(const QByteArray &type, const QByteArray &name, const QByteArray &content)
{
    QByteArray lines = content.toBase64();
    for (qsizetype i = 76; i < lines.size(); i += 77)
        lines.insert(i, '\n');
    return "Content-Type: " + type + "\nContent-Disposition: attachment; filename=\"" + name +
           "\"\nContent-Transfer-Encoding: base64\n\n" + lines + "\n";
}

QByteArray withFiles(const QByteArray &id, const QByteArrayList &parts, const QByteArray &words = "See the files.\n")
{
    QByteArray body = "--b\nContent-Type: text/plain\n\n" + words;
    for (const QByteArray &each : parts)
        body += "--b\n" + each;
    return mailBytes(head(id + "@far.example", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"),
                     body + "--b--\n");
}

const QByteArray kBill = "%PDF bill";

QByteArray withBill(const QByteArray &id)
{
    return withFiles(id, {part("image/png", "cup.png", everyByte()), part("application/pdf", "bill.pdf", kBill)});
}

AttachmentRef refTo(const RemoteItem &item, qsizetype index)
{
    return {item.remoteId, item.version, item.reply, index, item.media.at(static_cast<size_t>(index))};
}

Result<Attachment> get(MailBench &bench, const RemoteItem &item, qsizetype index)
{
    return wait(bench.channel.attachment(refTo(item, index)));
}

} // namespace

TEST_CASE("a file comes out of its mail as its sender made it, and nothing is changed by that")
{
    MailBench bench;
    CHECK(bench.channel.capabilities().handsOutAttachments);
    bench.server->inbox.add(aMail("0"));
    bench.server->inbox.add(withBill("1"));
    const RemoteItem item = bench.fetchAll().at(1);
    REQUIRE(item.media.size() == 2);
    const Result<Attachment> cup = get(bench, item, 0);
    REQUIRE(cup);
    CHECK(cup->name == u"cup.png"_s);
    CHECK(cup->content == everyByte());
    CHECK(get(bench, item, 1).value().content == kBill);
    for (const QByteArray &command : bench.server->commands) {
        INFO(command.toStdString());
        CHECK_FALSE((command.startsWith("SELECT") || command.startsWith("UID STORE")));
        CHECK_FALSE((command.contains("BODY[") && !command.contains("PEEK")));
    }
    CHECK(bench.server->inbox.mails.back().flags.isEmpty());
    CHECK(bench.server->unknown().isEmpty());
    CHECK(countOf(bench, "LOGIN") == 1);
}

TEST_CASE("files of every kind are handed out: quoted letters, plain words, a whole mail, alternatives")
{
    const QByteArray quoted = "Content-Type: text/csv; name=\"list.csv\"\nContent-Disposition: attachment\n"
                              "Content-Transfer-Encoding: quoted-printable\n\na=3Db;=C3=A4\n";
    const QByteArray inner = "Content-Type: message/rfc822\n\nSubject: the first one\n\nold words\n";
    const QByteArray alternatives =
        "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nx\n"
        "--c\n" +
        part("text/calendar", "date.ics", "BEGIN:VCALENDAR") + "--c--\n";
    MailBench bench;
    bench.server->inbox.add(withFiles("1", {quoted, inner, alternatives, part("image/png", "cup.png", "cup")}));
    const RemoteItem item = bench.fetchAll().front();
    REQUIRE(item.media.size() == 4);
    CHECK(get(bench, item, 0).value().content == "a=b;\xc3\xa4");
    const Attachment mail = get(bench, item, 1).value();
    CHECK(mail.name == u"the first one.eml"_s);
    CHECK(mail.content.contains("Subject: the first one"));
    CHECK(mail.content.contains("old words"));
    CHECK(get(bench, item, 2).value().content == "BEGIN:VCALENDAR");
    CHECK(get(bench, item, 3).value().content == "cup");
}

TEST_CASE("a mail that lies among the sent ones now is found, one that is gone is missed in one sentence")
{
    MailBench bench;
    bench.server->inbox.add(withBill("1"));
    const RemoteItem item = bench.fetchAll().front();
    std::swap(bench.server->inbox.mails, bench.server->sent.mails);
    CHECK(get(bench, item, 1).value().content == kBill);
    bench.server->sent.mails.clear();
    const Result<Attachment> gone = get(bench, item, 1);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().kind == ErrorKind::NotFound);
    CHECK(gone.error().detail.endsWith(u"Its words are kept here; the attachment was never on this computer."_s));
}

TEST_CASE("of several mails with one name the one is taken that says what the item said")
{
    MailBench bench;
    bench.server->inbox.add(withBill("1"));
    const RemoteItem item = bench.fetchAll().front();
    const QByteArray other =
        withFiles("1", {part("image/png", "cup.png", "a"), part("application/pdf", "bill.pdf", "other bill")},
                  "I am somebody else.\n");
    bench.server->inbox.mails.insert(bench.server->inbox.mails.begin(), FakeMail{0, other});
    bench.server->inbox.mails.front().uid = 1;
    bench.server->inbox.mails.back().uid = 2;
    CHECK(get(bench, item, 1).value().content == kBill);

    // Where the second one comes in first as an item, it is called by its header, and found as well.
    MailBench both;
    both.server->inbox.add(withBill("1"));
    both.server->inbox.add(other);
    const std::vector<RemoteItem> items = both.fetchAll();
    REQUIRE(items.size() == 2);
    CHECK(items[1].remoteId.startsWith("sha256:"_L1));
    CHECK(get(both, items[1], 1).value().content == "other bill");
    CHECK(get(both, items[0], 1).value().content == kBill);
    // Where none says it any more, as a later version of ours may read mails in another way, the older one counts.
    AttachmentRef changed = refTo(items[0], 1);
    changed.version = u"another"_s;
    CHECK(wait(both.channel.attachment(changed)).value().content == kBill);
}

TEST_CASE("another file is never taken for the one that was named")
{
    MailBench bench;
    bench.server->inbox.add(withBill("1"));
    const RemoteItem item = bench.fetchAll().front();
    bench.server->inbox.mails.front().bytes =
        withFiles("1", {part("image/png", "cup.png", "cup"), part("application/pdf", "x.pdf", "x")});
    const Result<Attachment> other = get(bench, item, 1);
    REQUIRE_FALSE(other);
    CHECK(other.error().kind == ErrorKind::NotFound);
    CHECK(other.error().detail.contains(u"in which the attachment is not"_s));
    // What a server names and was not asked for has another name.
    bench.server->inbox.add(withBill("11"));
    bench.server->inbox.mails.erase(bench.server->inbox.mails.begin());
    bench.server->decide = [&](const Received &command) {
        Answer answer = bench.server->answer(command);
        if (command.target.startsWith("HEADER"))
            answer.body = "* SEARCH 2\r\nTAG OK found\r\n";
        return answer;
    };
    CHECK(get(bench, item, 1).error().kind == ErrorKind::NotFound);
}

TEST_CASE("a mail without a name of its own is not looked for, and one that is too large is not fetched")
{
    MailBench bench;
    QByteArray nameless = withBill("1");
    nameless.replace("Message-ID: <1@far.example>\r\n", "");
    bench.server->inbox.add(nameless);
    bench.server->inbox.add(withBill("2"));
    const std::vector<RemoteItem> items = bench.fetchAll();
    const qsizetype asked = bench.server->commands.size();
    CHECK(get(bench, items[0], 1).error().kind == ErrorKind::Forbidden);
    CHECK(bench.server->commands.size() == asked);

    bench.server->decide = [&](const Received &command) {
        Answer answer = bench.server->answer(command);
        if (command.path == "UID FETCH SIZE")
            answer.body = "* 2 FETCH (UID 2 RFC822.SIZE 50000001)\r\nTAG OK fetched\r\n";
        return answer;
    };
    const qsizetype bodies = countOf(bench, "UID FETCH 2 (UID BODY");
    CHECK(get(bench, items[1], 1).error().kind == ErrorKind::Rejected);
    CHECK(countOf(bench, "UID FETCH 2 (UID BODY") == bodies);
}

TEST_CASE("a connection that breaks in the middle of a file gives none of it, and the next one gives it whole")
{
    for (const Fault fault : {Fault::CutBody, Fault::DropAfterReading, Fault::LengthTooLong, Fault::LengthTooShort}) {
        MailBench bench(std::make_unique<FakeMailServer>(), std::chrono::seconds(2));
        bench.server->inbox.add(withBill("1"));
        const RemoteItem item = bench.fetchAll().front();
        bench.server->decide = [&](const Received &command) {
            Answer answer = bench.server->answer(command);
            return command.path == "UID FETCH BODY" ? answer.withFault(fault) : answer;
        };
        const Result<Attachment> cut = get(bench, item, 0);
        INFO(static_cast<int>(fault));
        REQUIRE_FALSE(cut);
        CHECK(cut.error().kind != ErrorKind::NotFound);
        bench.server->decide = {};
        CHECK(get(bench, item, 0).value().content == everyByte());
    }
}

TEST_CASE("of ten thousand parts those that are named are handed out")
{
    QByteArrayList parts;
    for (int i = 0; i < kMostParts + 5; ++i)
        parts.append("Content-Type: application/x-thing; name=\"" + QByteArray::number(i) + "\"\n\n" +
                     QByteArray::number(i) + "\n");
    MailBench bench;
    bench.server->inbox.add(withFiles("1", parts));
    const RemoteItem item = bench.fetchAll().front();
    REQUIRE(item.media.size() == kMostMedia);
    CHECK(get(bench, item, 0).value().content.trimmed() == "0");
    CHECK(get(bench, item, kMostMedia - 1).value().content.trimmed() == QByteArray::number(kMostMedia - 1));
    for (const qsizetype index : {qsizetype(-1), qsizetype(kMostMedia), qsizetype(1'000'000)}) {
        AttachmentRef beyond = refTo(item, 0);
        beyond.index = index;
        CHECK(wait(bench.channel.attachment(beyond)).error().kind == ErrorKind::NotFound);
    }
}

TEST_CASE("a file that is asked for while mails are fetched comes after them, by the same connection")
{
    MailBench bench;
    bench.server->inbox.add(withBill("1"));
    const RemoteItem item = bench.fetchAll().front();
    for (int i = 2; i < 40; ++i)
        bench.server->inbox.add(aMail(QByteArray::number(i)));
    auto fetching = bench.channel.fetch(bench.cursor);
    auto asking = bench.channel.attachment(refTo(item, 1));
    CHECK(wait(std::move(asking)).value().content == kBill);
    const Result<Batch> sent = wait(std::move(fetching));
    REQUIRE(sent);
    bench.cursor = sent->cursor;
    CHECK(bench.fetchAll().size() == 38);
    CHECK(countOf(bench, "LOGIN") == 1);
}

TEST_CASE("a network that hands out no files says so")
{
    FakeChannel channel;
    CHECK_FALSE(channel.capabilities().handsOutAttachments);
    CHECK(wait(channel.attachment({})).error().kind == ErrorKind::Forbidden);
}

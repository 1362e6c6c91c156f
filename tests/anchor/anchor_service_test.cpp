// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_service.h"
#include "app/anchor/anchor_text.h"
#include "app/keeper/record_keeper.h"
#include "app/net/http_client.h"
#include "app/record/hash.h"
#include "tests/support/catch.h"
#include "tests/support/fake_http_server.h"
#include "tests/support/temp_inbox.h"
#include "tests/support/test_secrets.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using anchor::AnchorService;
using anchor::How;
using test::valueOf;
using test::wait;

namespace {

struct Desk
{
    Desk()
        : keeper({&inbox.store.database(), &secrets, &inbox.clock, u"w"_s, elsewhere.path() + u"/marks"_s})
        , http(inbox.clock)
        , anchors({&inbox.store.database(), &inbox.clock, &http, &keeper, inbox.member, u"Café Marigold"_s})
    {
        say();
        valueOf(wait(keeper.open()));
    }
    void say()
    {
        const QString id = QString::number(written++);
        inbox.ingest({test::sampleItem(id, u"t"_s, u"Cold soup"_s, inbox.clock.now())});
    }
    Result<anchor::AnchorReport> write() { return wait(anchors.write(How::Text, u" our\nnotary "_s, file())); }
    [[nodiscard]] QString file(const QString &name = u"anchor.txt"_s) const { return elsewhere.filePath(name); }
    [[nodiscard]] QByteArray text() const
    {
        QFile read(file());
        REQUIRE(read.open(QIODevice::ReadOnly));
        return read.readAll();
    }
    Result<anchor::AnchorReport> stamp(const QUrl &server)
    {
        return wait(anchors.stamp({server, {}, file(u"stamp.tsr"_s)}));
    }

    QTemporaryDir elsewhere;
    test::TempInbox inbox;
    test::TestSecrets secrets;
    keeper::RecordKeeper keeper;
    net::HttpClient http;
    AnchorService anchors;
    int written = 0;
};

} // namespace

TEST_CASE("an anchor is signed, written, and then put on the record, and proves itself after the record has grown")
{
    Desk desk;
    QSignalSpy recorded(&desk.anchors, &AnchorService::recorded);
    const auto report = valueOf(desk.write());
    CHECK(recorded.size() == 1);
    CHECK(report.entry == report.checkpoint.size);
    CHECK(desk.inbox.entries() == report.entry + 1);
    const auto text = valueOf(anchor::anchorFromText(desk.text()));
    CHECK(report.digest == record::sha256({text.note}));
    const auto listed = valueOf(wait(desk.anchors.anchors()));
    REQUIRE(listed.size() == 1);
    CHECK(listed.front().entry == report.entry);
    CHECK(listed.front().anchor.to == u"our notary"_s);
    CHECK(listed.front().anchor.note == text.note);
    CHECK(listed.front().checkpoint == report.checkpoint);
    for (int i = 0; i < 300; ++i)
        desk.say();
    const auto proof = valueOf(wait(desk.anchors.check(desk.text())));
    CHECK(proof.anchored == report.checkpoint);
    CHECK(proof.now.size == desk.inbox.entries());
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("anchors are listed from the newest, and an old one still holds after the key was replaced")
{
    Desk desk;
    valueOf(desk.write());
    const QByteArray first = desk.text();
    valueOf(wait(desk.keeper.replaceKey()));
    desk.say();
    valueOf(desk.write());
    CHECK(desk.text() != first);
    const auto listed = valueOf(wait(desk.anchors.anchors()));
    REQUIRE(listed.size() == 2);
    CHECK(listed.front().entry > listed.back().entry);
    CHECK(wait(desk.anchors.check(first)));
    CHECK(wait(desk.anchors.check(desk.text())));
}

TEST_CASE("every form is on the record as what it was, and proves the same")
{
    Desk desk;
    for (const auto &[form, name] :
         {std::pair(How::Text, u"a.txt"_s), std::pair(How::Page, u"a.html"_s), std::pair(How::Mail, u"a.eml"_s)}) {
        const auto report = valueOf(wait(desk.anchors.write(form, u"our notary"_s, desk.file(name))));
        CHECK(QFile::exists(desk.file(name)));
        const auto listed = valueOf(wait(desk.anchors.anchors()));
        CHECK(listed.front().entry == report.entry);
        CHECK(listed.front().anchor.how == form);
        CHECK(wait(desk.anchors.check(listed.front().anchor.note)));
        // A file of one form never takes the place of another's.
        for (const How other : {How::Text, How::Page, How::Mail})
            CHECK(wait(desk.anchors.write(other, u"x"_s, desk.file(name))).has_value() == (other == form));
    }
    QFile page(desk.file(u"a.html"_s));
    REQUIRE(page.open(QIODevice::ReadOnly));
    CHECK(page.readAll().contains("<h1>Café Marigold</h1>"));
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("nothing leaves a record that does not match, and an anchor of it does not hold")
{
    Desk desk;
    valueOf(desk.write());
    const QByteArray good = desk.text();
    QFile::remove(desk.file());
    test::tamperWithFile(desk.inbox.store.file(),
                         "UPDATE record_body SET body = cast(body || ' ' AS BLOB) WHERE idx = 1");
    const qint64 before = desk.inbox.entries();
    const auto refused = desk.write();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Damaged);
    CHECK(refused.error().detail.startsWith(u"The record does not match. "_s));
    CHECK_FALSE(QFile::exists(desk.file()));
    CHECK(desk.inbox.entries() == before);
    CHECK(wait(desk.anchors.check(good)).error().kind == ErrorKind::Damaged);
}

TEST_CASE("nothing leaves before the marks were compared, without a key, or from a practice inbox")
{
    Desk desk;
    keeper::RecordKeeper early({&desk.inbox.store.database(), &desk.secrets, &desk.inbox.clock, u"w"_s, {}});
    AnchorService soon({&desk.inbox.store.database(), &desk.inbox.clock, &desk.http, &early, desk.inbox.member, {}});
    CHECK(wait(soon.write(How::Text, u"x"_s, desk.file())).error().kind == ErrorKind::InUse);
    AnchorService practice(
        {&desk.inbox.store.database(), &desk.inbox.clock, &desk.http, nullptr, desk.inbox.member, {}});
    CHECK(wait(practice.write(How::Text, u"x"_s, desk.file())).error().kind == ErrorKind::Rejected);
    CHECK(wait(desk.anchors.write(How::Text, u" \n"_s, desk.file())).error().kind == ErrorKind::Usage);
    desk.secrets.locked = true;
    CHECK(desk.write().error().kind == ErrorKind::Secrets);
    CHECK_FALSE(QFile::exists(desk.file()));
    CHECK(valueOf(wait(desk.anchors.anchors())).empty());
}

TEST_CASE("what was signed once does not leave while the keychain is locked")
{
    Desk desk;
    valueOf(desk.write());
    desk.secrets.locked = true;
    keeper::RecordKeeper next(
        {&desk.inbox.store.database(), &desk.secrets, &desk.inbox.clock, u"w"_s, desk.elsewhere.path() + u"/marks"_s});
    CHECK(valueOf(wait(next.open())) == record::Standing::Unsigned);
    REQUIRE(next.publicKey());
    AnchorService anchors({&desk.inbox.store.database(), &desk.inbox.clock, &desk.http, &next, desk.inbox.member, {}});
    CHECK(wait(anchors.write(How::Text, u"x"_s, desk.file(u"next.txt"_s))).error().kind == ErrorKind::Secrets);
    CHECK_FALSE(QFile::exists(desk.file(u"next.txt"_s)));
}

TEST_CASE("nothing leaves a record that was rolled back")
{
    Desk desk;
    valueOf(desk.write());
    // A mark of a longer record, as it is after an old copy was brought back.
    const QByteArray key = desk.secrets.values.value(u"w/record-key"_s);
    const QByteArray logId = desk.inbox.store.read(&record::readHead).logId;
    const record::Checkpoint longer{record::originOf(logId), 1000, record::sha256({"later"})};
    desk.secrets.values.insert(u"w/record-mark"_s,
                               record::signCheckpoint(longer, record::SigningKey::fromSeed(key).value()));
    valueOf(wait(desk.keeper.open()));
    const auto refused = wait(desk.anchors.write(How::Text, u"x"_s, desk.file(u"next.txt"_s)));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.contains(u"shorter than it once was"_s));
    CHECK_FALSE(QFile::exists(desk.file(u"next.txt"_s)));
}

TEST_CASE("a file of another kind is not replaced, and where nothing can be written nothing is recorded")
{
    Desk desk;
    QFile other(desk.file(u"letters.odt"_s));
    REQUIRE(other.open(QIODevice::WriteOnly));
    other.close();
    CHECK(wait(desk.anchors.write(How::Text, u"x"_s, other.fileName())).error().kind == ErrorKind::Rejected);
    CHECK(wait(desk.anchors.write(How::Text, u"x"_s, desk.file(u"none/a.txt"_s))).error().kind == ErrorKind::Storage);
    CHECK(valueOf(wait(desk.anchors.anchors())).empty());
}

TEST_CASE("a server that answers with something else than a time stamp leaves nothing behind")
{
    Desk desk;
    test::FakeHttpServer server;
    const std::vector<std::pair<test::Answer, QString>> answers{
        {test::Answer::html("<h1>Welcome</h1>"), u"status 200 and text/html"_s},
        {test::Answer::empty(404), u"status 404"_s},
        {test::Answer::bytes("no DER", "application/timestamp-reply"), u"no time stamp"_s},
        {test::Answer::bytes(QByteArray(200 * 1024, 'x'), "application/timestamp-reply"), {}}};
    for (const auto &[answer, words] : answers) {
        server.expect("POST", "/tsr").answer(answer);
        const auto refused = desk.stamp(server.url(u"/tsr"_s));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == ErrorKind::InvalidReply);
        CHECK(refused.error().detail.contains(words));
    }
    const test::Received asked = server.received().front();
    CHECK(asked.header("content-type") == "application/timestamp-query");
    CHECK(asked.body.size() < 100);
    CHECK_FALSE(QFile::exists(desk.file(u"stamp.tsr"_s)));
    CHECK(valueOf(wait(desk.anchors.anchors())).empty());
}

TEST_CASE("plain http is used for a time server on this computer only")
{
    Desk desk;
    for (const QString &address :
         {u"http://192.0.2.1/tsr"_s, u"ftp://127.0.0.1/"_s, u"nonsense"_s, u"http://priya:secret@127.0.0.1/"_s}) {
        const auto refused = desk.stamp(QUrl(address));
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == ErrorKind::Rejected);
    }
    CHECK(valueOf(wait(desk.anchors.anchors())).empty());
}

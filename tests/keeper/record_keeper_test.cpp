// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/evidence.h"
#include "app/keeper/record_keeper.h"
#include "app/record/hash.h"
#include "app/record/restore.h"
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"
#include "tests/support/test_secrets.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using keeper::RecordKeeper;
using record::Standing;
using test::TempInbox;
using test::TestSecrets;
using test::valueOf;
using test::wait;

namespace {

struct Desk
{
    Desk() { say(5); }

    void say(int items)
    {
        std::vector<RemoteItem> all;
        for (int i = 0; i < items; ++i, ++written)
            all.push_back(test::sampleItem(QString::number(written), u"t"_s, u"x"_s, inbox.clock.now()));
        inbox.ingest(std::move(all));
    }
    std::unique_ptr<RecordKeeper> keeper()
    {
        return std::make_unique<RecordKeeper>(
            RecordKeeper::Parts{&inbox.store.database(), &secrets, &inbox.clock, u"w"_s, marks.path() + u"/marks"_s});
    }
    Standing opened() { return valueOf(wait(keeper()->open())); }
    void sign()
    {
        const auto made = keeper();
        valueOf(wait(made->open()));
        valueOf(wait(made->sign()));
    }
    QString markFile() const
    {
        const QDir folder(marks.path() + u"/marks"_s);
        return folder.filePath(folder.entryList(QDir::Files).value(0));
    }
    /// The workspace's file as it was, brought back later.
    QByteArray copy()
    {
        inbox.service.reset();
        inbox.store.close();
        QFile file(inbox.store.file());
        REQUIRE(file.open(QIODevice::ReadOnly));
        QByteArray bytes = file.readAll();
        inbox.reopen();
        return bytes;
    }
    void bringBack(const QByteArray &bytes)
    {
        inbox.service.reset();
        inbox.store.close();
        for (const QString &tail : {u"-wal"_s, u"-shm"_s})
            QFile::remove(inbox.store.file() + tail);
        QFile file(inbox.store.file());
        REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        REQUIRE(file.write(bytes) == bytes.size());
        file.close();
        inbox.reopen();
    }

    std::vector<record::Checkpoint> readMarks()
    {
        const QByteArray logId = inbox.store.read(&record::readHead).logId;
        return wait(keeper::readMarks(&secrets, u"w"_s, marks.path() + u"/marks"_s, logId));
    }
    /// As a restore does before the old copy takes its place.
    void sayRestored(const std::vector<record::Checkpoint> &named)
    {
        inbox.store.write([&](store::Connection &connection) {
            const record::Restore restore{record::readHead(connection).size, named, {}, u"disk lost"_s};
            record::Log log(connection, inbox.clock);
            log.append({record::Kind::Restore, record::systemSubject(), 1, true, record::bodyOf(restore)});
        });
    }
    Result<void> continued()
    {
        const auto made = keeper();
        valueOf(wait(made->open()));
        const Result<void> done = wait(made->continueAfterRestore());
        CHECK(record::isHalted(made->standing()) != done.has_value());
        return done;
    }
    /// Signed, grown by three, signed; and the older copy brought back.
    void rollBack()
    {
        sign();
        const QByteArray old = copy();
        say(3);
        sign();
        bringBack(old);
        REQUIRE(opened() == Standing::RolledBack);
    }

    TempInbox inbox;
    TestSecrets secrets;
    QTemporaryDir marks;
    int written = 0;
};

} // namespace

TEST_CASE("the first signature makes a key, puts it on the record, and leaves marks in two places")
{
    Desk desk;
    const qint64 before = desk.inbox.entries();
    const auto made = desk.keeper();
    CHECK(valueOf(wait(made->open())) == Standing::Unsigned);
    CHECK_FALSE(made->publicKey());
    QSignalSpy changed(made.get(), &RecordKeeper::standingChanged);
    valueOf(wait(made->sign()));
    CHECK(made->standing() == Standing::Open);
    CHECK(changed.size() == 1);
    CHECK(desk.inbox.entries() == before + 1);
    REQUIRE(made->publicKey());
    const auto last = desk.inbox.store.read(&store::lastCheckpoint);
    REQUIRE(last);
    const auto checkpoint = record::openCheckpoint(last->note, *made->publicKey());
    REQUIRE(checkpoint);
    CHECK(checkpoint->size == before + 1);
    CHECK(desk.secrets.values.value(u"w/record-mark"_s) == last->note);
    QFile file(desk.markFile());
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll() == last->note);
    CHECK(desk.inbox.verify().isGood());
    // Nothing new: nothing to sign.
    valueOf(wait(made->sign()));
    CHECK(desk.inbox.entries() == before + 1);
}

TEST_CASE("the next start finds key and marks and goes on")
{
    Desk desk;
    desk.sign();
    desk.say(300);
    CHECK(desk.opened() == Standing::Open);
    desk.sign();
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.store.read(&store::recordKeys).size() == 1);
}

TEST_CASE("no secret of the record is in the workspace or in the mark")
{
    Desk desk;
    desk.sign();
    const QByteArray seed = desk.secrets.values.value(u"w/record-key"_s);
    REQUIRE(seed.size() == record::kKeyBytes);
    const QByteArray file = desk.copy();
    CHECK_FALSE(file.contains(seed));
    CHECK_FALSE(file.contains(seed.toBase64()));
    CHECK_FALSE(file.contains(seed.toHex()));
}

TEST_CASE("A7: an old copy of the workspace is noticed by either mark, and is not signed")
{
    Desk desk;
    desk.sign();
    const QByteArray old = desk.copy();
    desk.say(3);
    desk.sign();
    desk.bringBack(old);
    CHECK(desk.opened() == Standing::RolledBack);
    const QString mark = desk.markFile();
    REQUIRE(QFile::rename(mark, mark + u".away"_s));
    CHECK(desk.opened() == Standing::RolledBack);
    REQUIRE(QFile::rename(mark + u".away"_s, mark));
    desk.secrets.values.remove(u"w/record-mark"_s);
    CHECK(desk.opened() == Standing::RolledBack);

    const auto made = desk.keeper();
    valueOf(wait(made->open()));
    const qint64 before = desk.inbox.entries();
    valueOf(wait(made->sign()));
    CHECK(made->standing() == Standing::RolledBack);
    CHECK(desk.inbox.entries() == before);
    const Result<void> refused = wait(made->replaceKey());
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().detail.contains(u"rolled-back"_s));
}

TEST_CASE("A8: another history on top of an old copy is forked, also when a forger signed it with a key of their own")
{
    Desk desk;
    desk.sign();
    const QByteArray old = desk.copy();
    desk.say(3);
    desk.sign();
    desk.bringBack(old);
    // The forger has the file, but neither the keychain nor the folder of marks.
    Desk forger;
    desk.say(10);
    TestSecrets theirs;
    QTemporaryDir elsewhere;
    RecordKeeper forging({&desk.inbox.store.database(), &theirs, &desk.inbox.clock, u"w"_s, elsewhere.path()});
    valueOf(wait(forging.open()));
    valueOf(wait(forging.replaceKey()));
    CHECK(desk.opened() == Standing::Forked);
}

TEST_CASE("without marks the record is unanchored, and a signature anchors it again")
{
    Desk desk;
    desk.sign();
    QFile::remove(desk.markFile());
    desk.secrets.values.remove(u"w/record-mark"_s);
    CHECK(desk.opened() == Standing::Unanchored);
    desk.say(1);
    desk.sign();
    CHECK(desk.opened() == Standing::Open);
}

TEST_CASE("a locked keychain leaves the record unsigned, and nothing is made anew")
{
    Desk desk;
    desk.sign();
    desk.say(1);
    desk.secrets.locked = true;
    const auto made = desk.keeper();
    CHECK(valueOf(wait(made->open())) == Standing::Unsigned);
    valueOf(wait(made->sign()));
    CHECK(made->standing() == Standing::Unsigned);
    desk.secrets.locked = false;
    desk.sign();
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.store.read(&store::recordKeys).size() == 1);
}

TEST_CASE("a key that is lost is replaced only when asked, and the record says so")
{
    Desk desk;
    desk.sign();
    const QList<QByteArray> first = desk.inbox.store.read(&store::recordKeys);
    desk.secrets.values.remove(u"w/record-key"_s);
    const auto made = desk.keeper();
    CHECK(valueOf(wait(made->open())) == Standing::Unsigned);
    valueOf(wait(made->sign()));
    CHECK(made->standing() == Standing::Unsigned);
    valueOf(wait(made->replaceKey()));
    CHECK(made->standing() == Standing::Open);
    const QList<QByteArray> keys = desk.inbox.store.read(&store::recordKeys);
    REQUIRE(keys.size() == 2);
    CHECK(keys.first() == first.first());
    const qint64 last = desk.inbox.entries() - 1;
    const QJsonObject body =
        desk.inbox.store.read([last](store::Connection &connection) { return record::readBody(connection, last); });
    CHECK(body.value("replaces"_L1).toString() == QString::fromLatin1(record::sha256({first.first()}).toHex()));
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.verify().isGood());
}

TEST_CASE("marks that cannot be read as such are as good as none")
{
    Desk desk;
    desk.sign();
    desk.secrets.values.insert(u"w/record-mark"_s, "nonsense");
    QFile file(desk.markFile());
    REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("not a note\n");
    file.close();
    CHECK(desk.opened() == Standing::Unanchored);
}

TEST_CASE("a folder of marks that cannot be written is said, and the keychain's mark still anchors")
{
    Desk desk;
    QFile inTheWay(desk.marks.path() + u"/marks"_s);
    REQUIRE(inTheWay.open(QIODevice::WriteOnly));
    inTheWay.close();
    const auto made = desk.keeper();
    valueOf(wait(made->open()));
    const Result<void> said = wait(made->sign());
    REQUIRE_FALSE(said.has_value());
    CHECK(said.error().detail.contains(u"could not be written"_s));
    CHECK(made->standing() == Standing::Open);
    CHECK(desk.opened() == Standing::Open);
}

TEST_CASE(
    "an old copy that was restored on purpose stands open again once its RESTORE is signed, and says what was lost")
{
    Desk desk;
    desk.rollBack();
    const std::vector<record::Checkpoint> marks = desk.readMarks();
    REQUIRE(marks.size() == 2);
    desk.sayRestored(marks);
    // Nobody has signed it: anybody could have written it into the file.
    CHECK(desk.opened() == Standing::RolledBack);
    valueOf(desk.continued());
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.verify().isGood());
    const auto restores = desk.inbox.store.read(&record::readRestores);
    REQUIRE(restores.size() == 1);
    CHECK(restores.front().restore.marks == marks);
    CHECK(restores.front().restore.lost() == 3);

    desk.say(10);
    desk.sign();
    CHECK(desk.opened() == Standing::Open);
    // The next old copy is found out as the first one was.
    desk.rollBack();
}

TEST_CASE("a mark that could not be renewed after a restore is answered by the signed RESTORE, and no other mark is")
{
    Desk desk;
    desk.rollBack();
    const QByteArray stale = desk.secrets.values.value(u"w/record-mark"_s);
    desk.sayRestored(desk.readMarks());
    valueOf(desk.continued());
    desk.secrets.values.insert(u"w/record-mark"_s, stale);
    CHECK(desk.opened() == Standing::Open);
    desk.say(20);
    desk.sign();
    desk.secrets.values.insert(u"w/record-mark"_s, stale);
    CHECK(desk.opened() == Standing::Open);
    QFile::remove(desk.markFile());
    CHECK(desk.opened() == Standing::Unanchored);
    Desk other;
    other.sign();
    const std::vector<record::Checkpoint> marks = desk.readMarks();
    REQUIRE(marks.size() == 1);
    const auto restores = desk.inbox.store.read(&record::readRestores);
    record::Checkpoint near = marks.front();
    CHECK(record::unansweredMarks({near}, restores).empty());
    near.size += 1;
    CHECK(record::unansweredMarks({near}, restores).size() == 1);
    near.size -= 1;
    near.root[0] = static_cast<char>(near.root.at(0) ^ 1);
    CHECK(record::unansweredMarks({near}, restores).size() == 1);
}

TEST_CASE("A7: an entry under a true signature that is made to look like a RESTORE answers for no mark")
{
    Desk desk;
    // More than 256: the start-up comparison takes the hash of a whole block as stored and does not look inside.
    desk.say(300);
    desk.sign();
    const QByteArray old = desk.copy();
    desk.say(3);
    desk.sign();
    const std::vector<record::Checkpoint> marks = desk.readMarks();
    const record::Restore restore{301, marks, {}, u"forged"_s};
    const QByteArray body = QJsonDocument(record::bodyOf(restore)).toJson(QJsonDocument::Compact);
    desk.bringBack(old);
    // The first entry of all becomes kind 17, with a body that names every mark.
    desk.inbox.tamper("UPDATE record_entry SET entry = cast(substr(entry, 1, 40) || x'0011' || substr(entry, 43) AS "
                      "BLOB) WHERE idx = 0; UPDATE record_body SET body = x'" +
                      body.toHex() + "' WHERE idx = 0");
    REQUIRE(desk.inbox.store.read(&record::readRestores).size() == 1);
    CHECK(desk.opened() == Standing::RolledBack);
}

TEST_CASE("a key that the keychain holds is not thrown away for a backup from before it")
{
    Desk desk;
    desk.sign();
    const QByteArray old = desk.copy();
    const auto made = desk.keeper();
    valueOf(wait(made->open()));
    valueOf(wait(made->replaceKey()));
    const QByteArray newer = desk.secrets.values.value(u"w/record-key"_s);
    desk.bringBack(old);
    desk.sayRestored(desk.readMarks());
    valueOf(desk.continued());
    CHECK(desk.secrets.values.value(u"w/record-key"_s) == newer);
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.store.read(&store::recordKeys).size() == 2);
}

TEST_CASE("A8: a RESTORE that a forger writes into the file and signs with a key of their own answers for nothing")
{
    Desk desk;
    desk.rollBack();
    desk.sayRestored(desk.readMarks());
    TestSecrets theirs;
    QTemporaryDir elsewhere;
    RecordKeeper forging({&desk.inbox.store.database(), &theirs, &desk.inbox.clock, u"w"_s, elsewhere.path()});
    valueOf(wait(forging.open()));
    valueOf(wait(forging.replaceKey()));
    const Standing standing = desk.opened();
    CHECK((standing == Standing::RolledBack || standing == Standing::Forked));
}

TEST_CASE("a RESTORE that does not name what speaks against the record does not open it")
{
    Desk desk;
    desk.rollBack();
    std::vector<record::Checkpoint> marks = desk.readMarks();
    for (record::Checkpoint &mark : marks)
        mark.size -= 1;
    desk.sayRestored(marks);
    const Result<void> refused = desk.continued();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Damaged);
    CHECK(desk.opened() == Standing::RolledBack);
}

TEST_CASE("a restored record waits while the keychain is locked, and gets a new key on the record where it was lost")
{
    Desk desk;
    desk.rollBack();
    desk.sayRestored(desk.readMarks());
    desk.secrets.locked = true;
    CHECK_FALSE(desk.continued().has_value());
    desk.secrets.locked = false;
    CHECK(desk.opened() == Standing::RolledBack);
    desk.secrets.values.remove(u"w/record-key"_s);
    valueOf(desk.continued());
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.store.read(&store::recordKeys).size() == 2);
}

TEST_CASE("a record that was restored on a new computer gets a key of its own there")
{
    Desk desk;
    desk.sign();
    desk.secrets.values.clear();
    QFile::remove(desk.markFile());
    desk.sayRestored({});
    CHECK(desk.opened() == Standing::Unsigned);
    valueOf(desk.continued());
    CHECK(desk.opened() == Standing::Open);
    CHECK(desk.inbox.store.read(&store::recordKeys).size() == 2);
    CHECK(desk.inbox.verify().isGood());
}

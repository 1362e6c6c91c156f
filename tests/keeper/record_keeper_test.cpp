// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/record_keeper.h"
#include "app/record/hash.h"
#include "app/store/record_table.h"
#include "tests/support/catch.h"
#include "tests/support/lasting_secrets.h"
#include "tests/support/temp_inbox.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using keeper::RecordKeeper;
using record::Standing;
using test::TempInbox;
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

    TempInbox inbox;
    test::LastingSecrets secrets;
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
    test::LastingSecrets theirs;
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

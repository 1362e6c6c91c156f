// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"
#include "tests/support/catch.h"
#include "tests/support/tamper.h"
#include "tests/support/temp_store.h"

#include <QFile>

#include <semaphore>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::store;
using test::TempStore;

namespace {

ErrorKind kindOfOpening(const QString &folder, QString *detail = nullptr)
{
    const Result<std::unique_ptr<Database>> opened = Database::open({folder, false});
    REQUIRE_FALSE(opened.has_value());
    if (detail)
        *detail = opened.error().detail;
    return opened.error().kind;
}

qint64 settings(Connection &connection)
{
    Statement count = connection.statement("SELECT count(*) FROM setting");
    return count.step() ? count.integer(0) : -1;
}

void addSetting(TempStore &temp, int number)
{
    temp.write([number](Connection &connection) {
        connection.statement("INSERT INTO setting (key, value) VALUES (?, '')").bind(QString::number(number)).run();
    });
}

} // namespace

TEST_CASE("a change that throws leaves no trace")
{
    TempStore temp;
    const Result<void> failed = test::wait(temp.database().write([](Connection &connection) {
        connection.statement("INSERT INTO setting (key, value) VALUES ('a', 'b')").run();
        throw StoreException(ErrorKind::Rejected, u"no"_s);
    }));
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().kind == ErrorKind::Rejected);
    CHECK(temp.read(&settings) == 0);
}

TEST_CASE("a reader sees what was written before it was asked")
{
    TempStore temp;
    for (int i = 0; i < 50; ++i) {
        addSetting(temp, i);
        REQUIRE(temp.read(&settings) == i + 1);
    }
}

TEST_CASE("a long reading sees one state, and neither writes nor lists wait for it")
{
    TempStore temp;
    addSetting(temp, 0);
    std::binary_semaphore begun(0);
    std::binary_semaphore mayEnd(0);
    QFuture<Result<std::pair<qint64, qint64>>> scan = temp.database().scan([&](Connection &connection) {
        const qint64 before = settings(connection);
        begun.release();
        mayEnd.acquire();
        return std::pair(before, settings(connection));
    });
    begun.acquire();
    // These would hang here if they waited for the scan.
    addSetting(temp, 1);
    CHECK(temp.read(&settings) == 2);
    mayEnd.release();
    CHECK(test::valueOf(test::wait(std::move(scan))) == std::pair<qint64, qint64>(1, 1));
    CHECK(test::valueOf(test::wait(temp.database().scan(&settings))) == 2);
}

TEST_CASE("what a long reading finds is given to a writing, which is still done when the database ends")
{
    TempStore temp;
    const auto write = [](Connection &connection, qint64 found) {
        connection.statement("INSERT INTO setting (key, value) VALUES ('found', ?)").bind(found).run();
        return found + 1;
    };
    CHECK(test::valueOf(test::wait(temp.database().scanThenWrite(&settings, write))) == 1);
    CHECK(temp.read(&settings) == 1);

    const auto fails = [](Connection &) -> qint64 { throw StoreException(ErrorKind::Storage, u"no"_s); };
    const Result<qint64> unread = test::wait(temp.database().scanThenWrite(fails, write));
    REQUIRE_FALSE(unread.has_value());
    CHECK(unread.error().detail == u"no"_s);
    const Result<qint64> unwritten = test::wait(temp.database().scanThenWrite(&settings, write)); // there already
    CHECK_FALSE(unwritten.has_value());
    CHECK(temp.read(&settings) == 1);

    const QFuture<Result<qint64>> last =
        temp.database().scanThenWrite(&settings, [](Connection &connection, qint64 found) {
            connection.statement("INSERT INTO setting (key, value) VALUES ('last', ?)").bind(found).run();
            return found;
        });
    temp.close();
    CHECK(last.isFinished());
    CHECK(test::valueOf(last.result()) == 1);
}

TEST_CASE("a long reading cannot write")
{
    TempStore temp;
    const Result<void> refused = test::wait(temp.database().scan([](Connection &connection) {
        connection.statement("INSERT INTO setting (key, value) VALUES ('a', 'b')").run();
    }));
    REQUIRE_FALSE(refused.has_value());
    CHECK(temp.read(&settings) == 0);
}

TEST_CASE("the reading connection cannot write")
{
    TempStore temp;
    const Result<void> refused = test::wait(temp.database().read([](Connection &connection) {
        connection.statement("INSERT INTO setting (key, value) VALUES ('a', 'b')").run();
    }));
    CHECK_FALSE(refused.has_value());
}

TEST_CASE("a second program is kept out of the workspace, and told who has it")
{
    TempStore temp;
    QString detail;
    CHECK(kindOfOpening(temp.folder(), &detail) == ErrorKind::InUse);
    CHECK(detail.contains(u"already open"_s));
    CHECK(detail.contains(QString::number(QCoreApplication::applicationPid())));
    // Looking is allowed meanwhile.
    CHECK(Database::open({temp.folder(), true}).has_value());
}

TEST_CASE("a database from a newer version is refused and left as it was")
{
    TempStore temp;
    temp.close();
    test::tamperWithFile(temp.file(), "PRAGMA user_version = 999");
    const auto bytes = [&temp] {
        QFile file(temp.file());
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    };
    const QByteArray before = bytes();
    QString detail;
    CHECK(kindOfOpening(temp.folder(), &detail) == ErrorKind::NewerSchema);
    CHECK(detail.contains(u"999"_s));
    CHECK(bytes() == before);
    temp.close();
}

TEST_CASE("a file that is no database, or another program's, is refused")
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"indelible.sqlite"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    CHECK(kindOfOpening(folder.path()) == ErrorKind::Damaged);

    QTemporaryDir other;
    {
        Connection connection(other.filePath(u"indelible.sqlite"_s), Connection::Mode::ReadWrite);
        connection.execute(u"PRAGMA application_id = 77"_s);
    }
    CHECK(kindOfOpening(other.path()) == ErrorKind::Damaged);
}

TEST_CASE("a folder without a workspace cannot be looked at")
{
    QTemporaryDir folder;
    const Result<std::unique_ptr<Database>> opened = Database::open({folder.path(), true});
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().kind == ErrorKind::NotFound);
}

TEST_CASE("the schema is at its newest version and sound after opening twice")
{
    TempStore temp;
    temp.reopen();
    temp.read([](Connection &connection) {
        Statement version = connection.statement("PRAGMA user_version");
        REQUIRE(version.step());
        CHECK(version.integer(0) == newestSchema());
        CHECK(integrityCheck(connection) == u"ok"_s);
    });
}

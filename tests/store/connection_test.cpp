// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"

#include <QScopeGuard>

#include <sqlite3.h>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::store;
using test::TempStore;

TEST_CASE("ids that look like numbers come back as they were")
{
    TempStore temp;
    temp.write([](Connection &connection) {
        for (const QString &value : {u"0012"_s, u"18446744073709551615"_s, u"1e400"_s, u""_s})
            connection.statement("INSERT INTO setting (key, value) VALUES (?, ?)").bind(u"id "_s + value, value).run();
    });
    temp.read([](Connection &connection) {
        Statement all = connection.statement("SELECT key, value FROM setting ORDER BY key");
        int rows = 0;
        while (all.step()) {
            CHECK(all.text(0) == u"id "_s + all.text(1));
            ++rows;
        }
        CHECK(rows == 4);
    });
}

TEST_CASE("a null string is stored as empty text, not as NULL")
{
    TempStore temp;
    temp.write([](Connection &connection) {
        connection.statement("INSERT INTO setting (key, value) VALUES (?, ?)").bind(u"k"_s, QString()).run();
    });
    temp.read([](Connection &connection) {
        Statement row = connection.statement("SELECT value IS NULL FROM setting");
        REQUIRE(row.step());
        CHECK(row.integer(0) == 0);
    });
}

TEST_CASE("the same statement can be used again while its rows are still being read")
{
    TempStore temp;
    temp.write([](Connection &connection) {
        for (int i = 0; i < 3; ++i)
            connection.statement("INSERT INTO setting (key, value) VALUES (?, '')").bind(QString::number(i)).run();
    });
    const int pairs = temp.read([](Connection &connection) {
        int count = 0;
        constexpr const char *kSql = "SELECT key FROM setting ORDER BY key";
        Statement outer = connection.statement(kSql);
        while (outer.step()) {
            Statement inner = connection.statement(kSql);
            while (inner.step())
                ++count;
        }
        return count;
    });
    CHECK(pairs == 9);
}

TEST_CASE("a number in place of text is refused by the table")
{
    TempStore temp;
    const Result<void> refused = test::wait(temp.database().write([](Connection &connection) {
        connection.statement("INSERT INTO member (id, name) VALUES ('twelve', 'x')").run();
    }));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == ErrorKind::Storage);
}

TEST_CASE("an error in the middle of reading is an error, not the end of the rows")
{
    TempStore temp;
    const Result<int> rows = test::wait(temp.database().read([](Connection &connection) {
        // The second row cannot be computed: there is no positive number for the smallest one.
        Statement numbers =
            connection.statement("SELECT abs(column1) FROM (VALUES (1), (-9223372036854775807 - 1), (3))");
        int count = 0;
        while (numbers.step())
            ++count;
        return count;
    }));
    REQUIRE(!rows);
    CHECK(rows.error().kind == ErrorKind::Storage);
    CHECK(rows.error().detail.contains(u"overflow"_s));
}

TEST_CASE("a statement that failed once works again when the cause is gone")
{
    TempStore temp;
    const auto insert = [](int limit) {
        return [limit](Connection &connection) {
            const int before = sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, limit);
            const auto restore = qScopeGuard([&] { sqlite3_limit(connection.handle(), SQLITE_LIMIT_LENGTH, before); });
            connection.statement("INSERT INTO setting (key, value) VALUES (?, ?)")
                .bind(QString::number(limit), QString(2000, u'x'))
                .run();
        };
    };
    constexpr int kRoom = 1'000'000;
    CHECK(test::wait(temp.database().write(insert(kRoom))).has_value());
    CHECK(!test::wait(temp.database().write(insert(1000))).has_value());
    const Result<void> again = test::wait(temp.database().write(insert(kRoom + 1)));
    CHECK((again ? QString() : again.error().detail) == QString());
}

TEST_CASE("a transaction that could not be taken back does not stand in the way of the next one")
{
    TempStore temp;
    temp.read([&](Connection &) {
        Connection connection(temp.file(), Connection::Mode::ReadWrite);
        connection.begin();
        connection.statement("INSERT INTO setting (key, value) VALUES ('left over', '')").run();
        Transaction next(connection);
        connection.statement("INSERT INTO setting (key, value) VALUES ('next', '')").run();
        next.commit();
        Statement all = connection.statement("SELECT key FROM setting");
        REQUIRE(all.step());
        CHECK(all.text(0) == u"next"_s);
        CHECK(!all.step());
    });
}

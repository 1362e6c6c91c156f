// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/temp_store.h"

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

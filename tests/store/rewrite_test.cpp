// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/rewrite.h"

#include "app/store/guards.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <QDir>
#include <QHash>

using namespace Qt::StringLiterals;
using namespace indelible;
using test::TempInbox;
using test::valueOf;
using test::wait;

namespace {

void fill(TempInbox &inbox)
{
    for (int i = 0; i < 40; ++i) {
        RemoteItem item =
            test::sampleItem(QString::number(i), u"t%1"_s.arg(i % 7), u"words w%1w"_s.arg(i), inbox.clock.now());
        inbox.ingest({item});
        item.version = u"v2"_s;
        item.text += u" again"_s;
        const ConversationId id = inbox.ingest({item}).changed.front();
        (void)valueOf(wait(inbox.service->addNote(id, u"a note"_s)));
    }
}

/// Every row of every table with its number, and the schema.
QStringList allRows(TempInbox &inbox)
{
    return inbox.store.read([](store::Connection &connection) {
        QStringList rows;
        QStringList tables;
        store::Statement names =
            connection.statement("SELECT name, type || ':' || coalesce(sql, '') FROM sqlite_master ORDER BY name");
        while (names.step()) {
            rows.append(names.text(1));
            if (names.text(1).startsWith(u"table:CREATE TABLE"_s))
                tables.append(names.text(0));
        }
        for (const QString &table : std::as_const(tables)) {
            QStringList columns;
            store::Statement info = connection.statementFor(u"SELECT name FROM pragma_table_info('%1')"_s.arg(table));
            while (info.step())
                columns.append(u"quote(\"%1\")"_s.arg(info.text(0)));
            store::Statement row = connection.statementFor(
                u"SELECT %1 FROM \"%2\" ORDER BY 1"_s.arg(columns.join(u" || ',' || "_s), table));
            while (row.step() && !table.startsWith(u"item_text_"_s)) // rewritten on purpose
                rows.append(table + u' ' + row.text(0));
        }
        return rows;
    });
}

bool runs(TempInbox &inbox, const QString &sql, bool permit)
{
    // Not through write(): what is tried here cannot run in a transaction.
    store::Connection connection(inbox.store.file(), store::Connection::Mode::ReadWrite);
    store::guardWrites(connection);
    std::optional<store::SealPermit> sealing;
    if (permit)
        sealing.emplace(connection);
    try {
        connection.execute(sql);
        return true;
    } catch (const store::StoreException &) {
        return false;
    }
}

} // namespace

TEST_CASE("every table numbers its rows itself, so that rewriting the file gives none another number")
{
    TempInbox inbox;
    const QStringList unnumbered = inbox.store.read([](store::Connection &connection) {
        QStringList found;
        // Nothing refers to rows of sqlite_sequence, and SQLite itself copies it.
        store::Statement rows = connection.statement("SELECT l.name FROM pragma_table_list l WHERE l.schema = 'main' "
                                                     "AND l.type IN ('table', 'shadow') AND l.wr = 0 "
                                                     "AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND NOT EXISTS "
                                                     "(SELECT 1 FROM pragma_table_info(l.name) c WHERE "
                                                     "c.pk = 1 AND upper(c.type) = 'INTEGER' AND (SELECT max(pk) FROM "
                                                     "pragma_table_info(l.name)) = 1) ORDER BY 1");
        while (rows.step())
            found.append(rows.text(0));
        return found;
    });
    CHECK(unnumbered == QStringList());
}

TEST_CASE("a file that was rewritten holds the same rows under the same numbers, finds the same words and is guarded")
{
    TempInbox inbox;
    fill(inbox);
    const QStringList before = allRows(inbox);
    REQUIRE(before.size() > 400);
    valueOf(wait(inbox.store.database().rewriteFile()));
    CHECK(allRows(inbox) == before);
    CHECK(inbox.verify().isGood());
    InboxQuery query;
    query.view = View::Everything;
    query.search = u"w17w"_s;
    CHECK(inbox.list(query).size() == 1);
    CHECK(valueOf(wait(inbox.store.database().scan(&store::integrityCheck))) == u"ok"_s);
    for (const QString &sql : {u"DELETE FROM record_body"_s, u"DROP TRIGGER record_body_is_kept"_s,
                               u"ATTACH '' AS other"_s, u"PRAGMA writable_schema = ON"_s})
        CHECK_FALSE(wait(inbox.store.database().write([&sql](store::Connection &connection) {
                        connection.execute(sql);
                    })).has_value());
    // What the temporary file was unlinked from is the workspace's own folder: nothing is left there.
    CHECK(QDir(inbox.store.folder()).entryList({u"etilqs*"_s}, QDir::AllEntries | QDir::Hidden).isEmpty());
    inbox.reopen();
    CHECK(allRows(inbox) == before);
}

TEST_CASE("a file is rewritten only under a permit, and let out into no other file")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"words"_s, inbox.clock.now())});
    inbox.service.reset();
    inbox.store.close();
    const QString other = inbox.store.folder() + u"/other.sqlite"_s;
    CHECK_FALSE(runs(inbox, u"VACUUM"_s, false));
    CHECK_FALSE(runs(inbox, u"VACUUM INTO '%1'"_s.arg(other), true));
    CHECK_FALSE(runs(inbox, u"ATTACH '%1' AS vacuum_db"_s.arg(other), true));
    CHECK_FALSE(runs(inbox, u"ATTACH 'file' || '' AS vacuum_db"_s, true));
    CHECK_FALSE(runs(inbox, u"CREATE TABLE mine (a)"_s, true));
    CHECK_FALSE(runs(inbox, u"CREATE INDEX mine ON item (version)"_s, true));
    CHECK_FALSE(runs(inbox, u"REINDEX"_s, true));
    CHECK_FALSE(runs(inbox, u"PRAGMA temp_store_directory = ''"_s, false));
    CHECK_FALSE(runs(inbox, u"PRAGMA writable_schema = ON"_s, true));
    CHECK(runs(inbox, u"VACUUM"_s, true));
    CHECK_FALSE(QFile::exists(other));
    inbox.reopen();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"
#include "app/store/search.h"
#include "tests/fuzz/fuzz.h"

#include <QCoreApplication>
#include <QTemporaryDir>

using namespace indelible;

namespace {

store::Connection &database()
{
    static int argc = 1;
    static char name[] = "search_query";
    static char *argv[] = {name, nullptr};
    static QCoreApplication application(argc, argv);
    static QTemporaryDir folder;
    static store::Connection connection(folder.filePath(QStringLiteral("search.sqlite")),
                                        store::Connection::Mode::ReadWrite);
    static const bool made = (store::migrate(connection), true);
    fuzz::require(made, "the database is there");
    return connection;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    const QString text = input.choice(2) == 0 ? input.text() : input.rawText();
    const QString query = store::fullTextQuery(text);
    if (query.isEmpty())
        return 0;
    store::Connection &connection = database();
    store::Transaction transaction(connection);
    store::indexEntry(connection, 1, text, {});
    // A query that FTS5 does not understand throws, which ends the run.
    store::Statement found = connection.statement("SELECT rowid FROM item_text WHERE item_text MATCH ?");
    found.bind(query);
    fuzz::require(found.step(), "a text is found by its own words");
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/guards.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

/// Rows of these are never deleted (rule R1).
constexpr std::array<QByteArrayView, 21> kKept{
    "account",       "handle",       "conversation", "item",           "revision",
    "event",         "outbox",       "case_file",    "member",         "record_state",
    "record_entry",  "record_body",  "record_node",  "record_subject", "record_checkpoint",
    "record_key",    "record_erase", "record_hold",  "record_release", "kept_out",
    "coverage_place"};

/// Rows of these are never changed either.
constexpr std::array<QByteArrayView, 11> kUnchanging{
    "revision",   "event",        "record_entry", "record_body",    "record_node", "record_checkpoint",
    "record_key", "record_erase", "record_hold",  "record_release", "kept_out"};

/// What a pragma that is given a value may be: all others could switch a guard off.
constexpr std::array<QByteArrayView, 4> kHarmlessPragmas{"integrity_check", "max_page_count", "quick_check",
                                                         "wal_checkpoint"};

/// FTS5 declares its columns as those of a table of this name, whenever SQLite wants to know them; nothing is made. (So
/// INSERT into and UPDATE of the schema table are asked for too. Said in SQL, SQLite itself never lets them through.)
constexpr QByteArrayView kDeclared("x");

/// What a seal destroys, while there is a SealPermit. Which rows is the business of a trigger.
constexpr QByteArrayView kSealed("record_body");

/// VACUUM puts a nameless temporary file beside the database and makes the tables anew in there, under a schema of this
/// name (newer versions of SQLite add a number). Into a file with a name (VACUUM INTO) nothing is let out.
constexpr QByteArrayView kNewFile("vacuum_");
char kSealing = 0; ///< only its address means something

template<typename List>
bool contains(const List &list, QByteArrayView name)
{
    return std::ranges::any_of(list,
                               [name](QByteArrayView entry) { return entry.compare(name, Qt::CaseInsensitive) == 0; });
}

bool isSchemaTable(QByteArrayView name)
{
    return name.size() >= 7 && name.first(7).compare("sqlite_", Qt::CaseInsensitive) == 0;
}

/// Whether a column of a table may be given another value: the record's state only grows (by its trigger) and never
/// becomes another record's.
bool mayUpdate(QByteArrayView table, QByteArrayView column)
{
    if (table.compare("record_state", Qt::CaseInsensitive) == 0)
        return column.compare("log_id", Qt::CaseInsensitive) != 0 && column.compare("one", Qt::CaseInsensitive) != 0;
    return !contains(kUnchanging, table) && (!isSchemaTable(table) || table == "sqlite_master");
}

/// The steps of VACUUM, while there is a SealPermit.
bool belongsToRewriting(int action, QByteArrayView first, QByteArrayView database)
{
    switch (action) {
    case SQLITE_ATTACH:
        // No name at all means one that is put together when it runs.
        return !first.isNull() && first.isEmpty();
    case SQLITE_PRAGMA:
        return first == "temp_store_directory";
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TABLE:
    case SQLITE_REINDEX: // an index that is filled
        return database.startsWith(kNewFile);
    default:
        return false;
    }
}

/// SQLite asks this while it compiles a statement (sqlite3_set_authorizer). What is not named here is reading,
/// transactions and functions.
int authorize(void *context, int action, const char *first, const char *second, const char *database,
              const char * /*trigger*/)
{
    const auto decide = [](bool allowed) { return allowed ? SQLITE_OK : SQLITE_DENY; };
    if (context == &kSealing && belongsToRewriting(action, first, database))
        return SQLITE_OK;
    switch (action) {
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TEMP_INDEX:
    case SQLITE_CREATE_TEMP_TABLE:
    case SQLITE_CREATE_TEMP_TRIGGER:
    case SQLITE_CREATE_TEMP_VIEW:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_TEMP_INDEX:
    case SQLITE_DROP_TEMP_TABLE:
    case SQLITE_DROP_TEMP_TRIGGER:
    case SQLITE_DROP_TEMP_VIEW:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_VIEW:
    case SQLITE_DROP_VTABLE:
    case SQLITE_ALTER_TABLE:
    case SQLITE_REINDEX:
    case SQLITE_ANALYZE:
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        return SQLITE_DENY;
    case SQLITE_PRAGMA:
        return decide(second == nullptr || contains(kHarmlessPragmas, first));
    case SQLITE_CREATE_TABLE:
        return decide(QByteArrayView(first) == kDeclared);
    case SQLITE_DELETE:
        if (context == &kSealing && QByteArrayView(first) == kSealed)
            return SQLITE_OK;
        return decide(!contains(kKept, first) && !isSchemaTable(first));
    case SQLITE_UPDATE:
        return decide(mayUpdate(first, second));
    case SQLITE_FUNCTION:
        return decide(QByteArrayView(second) != "load_extension");
    default: // numbers of SQLite's, of which newer versions have more
        return SQLITE_OK;
    }
}

} // namespace

namespace {

void setAuthorizer(Connection &connection, void *context)
{
    if (sqlite3_set_authorizer(connection.handle(), &authorize, context) != SQLITE_OK)
        throw StoreException(
            ErrorKind::Storage,
            u"The database library takes no guard, without which writing is not safe. Nothing was changed."_s);
}

} // namespace

void guardWrites(Connection &connection)
{
    setAuthorizer(connection, nullptr);
}

SealPermit::SealPermit(Connection &connection)
    : m_connection(connection)
{
    setAuthorizer(connection, &kSealing);
}

SealPermit::~SealPermit()
{
    (void)sqlite3_set_authorizer(m_connection.handle(), &authorize, nullptr);
}

} // namespace indelible::store

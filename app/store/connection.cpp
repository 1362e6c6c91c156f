// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/connection.h"

#include "app/base/log.h"

#include <QSqlDriver>
#include <QSqlError>

#include <atomic>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

QString nextConnectionName()
{
    static std::atomic<quint64> number{0};
    return u"indelible-%1"_s.arg(++number);
}

ErrorKind kindOf(int sqliteCode)
{
    switch (sqliteCode & 0xff) {
    case SQLITE_FULL:
        return ErrorKind::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorKind::Damaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorKind::InUse;
    default:
        return ErrorKind::Storage;
    }
}

QString adviceFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::DiskFull:
        return u"The disk is full. Nothing stored is lost; make room and try again."_s;
    case ErrorKind::Damaged:
        return u"The database file is damaged or is no database. Nothing was written to it; restore a backup."_s;
    case ErrorKind::InUse:
        return u"Another program is using the database. Nothing was changed; close it and try again."_s;
    default:
        return u"The database could not be read or written. Nothing was half stored."_s;
    }
}

} // namespace

Statement::Statement(std::shared_ptr<Prepared> prepared)
    : m_prepared(std::move(prepared))
{
    m_prepared->inUse = true;
}

Statement::~Statement()
{
    m_prepared->query.finish();
    m_prepared->inUse = false;
}

void Statement::bindOne(const QVariant &value)
{
    m_prepared->query.bindValue(m_bound++, value);
}

void Statement::execute()
{
    m_executed = true;
    if (!m_prepared->query.exec())
        fail();
    requireWholeRow();
}

void Statement::fail()
{
    m_prepared->failed = true;
    throw StoreException(Connection::lastError(m_prepared->query, m_prepared->query.lastQuery().simplified().left(80)));
}

void Statement::requireWholeRow()
{
    // QtSql takes a text that there was no memory for as an empty one.
    if (sqlite3_errcode(m_prepared->handle) == SQLITE_NOMEM)
        throw StoreException(
            ErrorKind::Storage,
            u"There is too little memory to read the database. Nothing was changed; close other programs and try again."_s);
}

int Statement::run()
{
    execute();
    return m_prepared->query.numRowsAffected();
}

bool Statement::step()
{
    if (!m_executed)
        execute();
    const bool there = m_prepared->query.next();
    // For QtSql an error while reading is the end of the rows.
    if (!there && m_prepared->query.lastError().isValid())
        fail();
    requireWholeRow();
    return there;
}

qint64 Statement::insertedId() const
{
    return m_prepared->query.lastInsertId().toLongLong();
}

qint64 Statement::integer(int column) const
{
    return m_prepared->query.value(column).toLongLong();
}

QString Statement::text(int column) const
{
    return m_prepared->query.value(column).toString();
}

QByteArray Statement::blob(int column) const
{
    return m_prepared->query.value(column).toByteArray();
}

bool Statement::isNull(int column) const
{
    return m_prepared->query.isNull(column);
}

std::optional<qint64> Statement::optionalInteger(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(integer(column));
}

std::optional<Instant> Statement::optionalInstant(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(instant(column));
}

Connection::Connection(const QString &path, Mode mode)
    : m_name(nextConnectionName())
{
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
    m_database.setDatabaseName(path);
    const QString patience = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(kBusyTimeoutMs);
    m_database.setConnectOptions(mode == Mode::ReadOnly ? u"QSQLITE_OPEN_READONLY;"_s + patience : patience);
    try {
        if (!m_database.open())
            throw StoreException(
                ErrorKind::Storage,
                u"The workspace's database cannot be opened (%1). Nothing was changed; check the folder and its permissions."_s
                    .arg(m_database.lastError().databaseText()));
        configure(mode);
    } catch (...) {
        m_cache.clear();
        m_database = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_name);
        throw;
    }
}

Connection::~Connection()
{
    m_cache.clear();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_name);
}

/// Two copies of SQLite in one process take each other's locks away (howtocorrupt.html, 2.2.1), and a handle of one
/// means nothing to the other. The version is asked through QtSql before the handle is used at all; the file system
/// layer of a connection lies inside the copy that opened it.
void Connection::requireSameLibrary()
{
    Statement source = statementFor(u"SELECT sqlite_source_id()"_s);
    sqlite3_vfs *used = nullptr;
    const bool same = source.step() && source.text(0) == QLatin1StringView(sqlite3_sourceid()) &&
                      sqlite3_file_control(handle(), "main", SQLITE_FCNTL_VFS_POINTER, &used) == SQLITE_OK && used &&
                      sqlite3_vfs_find(used->zName) == used;
    if (!same)
        throw StoreException(
            ErrorKind::Storage,
            u"Qt's database driver brings another copy of SQLite than this program uses, which is not safe. Nothing was changed; install Qt and SQLite from one distribution."_s);
}

void Connection::configure(Mode mode)
{
    requireSameLibrary();
    // SQLite's defaults are not ours, and Qt sets none of these. Each is read back: a pragma that is misspelt or not
    // compiled in changes nothing and says nothing.
    struct Setting
    {
        QLatin1StringView name;
        QLatin1StringView value;
        QLatin1StringView readBack;
    };
    static constexpr Setting kBoth[] = {{"foreign_keys"_L1, "ON"_L1, "1"_L1},
                                        {"recursive_triggers"_L1, "ON"_L1, "1"_L1},
                                        {"trusted_schema"_L1, "OFF"_L1, "0"_L1},
                                        {"cell_size_check"_L1, "ON"_L1, "1"_L1},
                                        {"mmap_size"_L1, "0"_L1, "0"_L1}};
    static constexpr Setting kWriter[] = {{"journal_mode"_L1, "WAL"_L1, "wal"_L1},
                                          {"synchronous"_L1, "FULL"_L1, "2"_L1},
                                          {"secure_delete"_L1, "ON"_L1, "1"_L1}};
    static constexpr Setting kReader[] = {{"query_only"_L1, "ON"_L1, "1"_L1}};
    const auto apply = [this](const Setting &setting) {
        execute(u"PRAGMA %1 = %2"_s.arg(setting.name, setting.value));
        Statement readBack = statementFor(u"PRAGMA %1"_s.arg(setting.name));
        if (!readBack.step() || readBack.text(0) != setting.readBack)
            throw StoreException(
                ErrorKind::Storage,
                u"The database does not take the setting %1, without which it is not safe. Nothing was changed."_s.arg(
                    setting.name));
    };
    for (const Setting &setting : kBoth)
        apply(setting);
    if (mode == Mode::ReadWrite) {
        for (const Setting &setting : kWriter)
            apply(setting);
    } else {
        for (const Setting &setting : kReader)
            apply(setting);
    }
    int on = 0;
    if (sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, &on) != SQLITE_OK || on != 1)
        throw StoreException(
            ErrorKind::Storage,
            u"The database library refuses defensive mode, without which it is not safe. Nothing was changed."_s);
}

std::shared_ptr<Prepared> Connection::prepare(const QString &sql)
{
    auto prepared = std::make_shared<Prepared>(Prepared{QSqlQuery(m_database), handle(), false, false});
    prepared->query.setForwardOnly(true);
    if (!prepared->query.prepare(sql))
        throw StoreException(lastError(prepared->query, sql.simplified().left(80)));
    return prepared;
}

Statement Connection::statement(const char *sql)
{
    std::shared_ptr<Prepared> &cached = m_cache[sql];
    // A statement that is wanted while somebody still reads its rows gets a life of its own.
    if (cached && cached->inUse)
        return Statement(prepare(QString::fromLatin1(sql)));
    if (!cached || cached->failed)
        cached = prepare(QString::fromLatin1(sql));
    return Statement(cached);
}

Statement Connection::statementFor(const QString &sql)
{
    return Statement(prepare(sql));
}

bool Connection::hasTable(const QString &name)
{
    Statement found = statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    found.bind(name);
    return found.step();
}

void Connection::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        throw StoreException(lastError(query, sql.simplified().left(80)));
}

sqlite3 *Connection::handle() const
{
    const QVariant handle = m_database.driver()->handle();
    Q_ASSERT(qstrcmp(handle.typeName(), "sqlite3*") == 0);
    return *static_cast<sqlite3 *const *>(handle.constData());
}

void Connection::begin()
{
    // Left over where there was no memory to take it back.
    rollback();
    execute(u"BEGIN IMMEDIATE"_s);
}

void Connection::commit()
{
    execute(u"COMMIT"_s);
}

void Connection::rollback() noexcept
{
    // After some errors SQLite has rolled back by itself; asking again is then an error without meaning.
    if (sqlite3_get_autocommit(handle()))
        return;
    QSqlQuery query(m_database);
    if (!query.exec(u"ROLLBACK"_s))
        qCWarning(lcStore, "rollback failed: %s", qPrintable(query.lastError().text()));
}

Error Connection::lastError(const QSqlQuery &query, const QString &what)
{
    const QSqlError error = query.lastError();
    const int code = error.nativeErrorCode().toInt();
    const ErrorKind kind = kindOf(code);
    return Error{kind,
                 u"%1 (SQLite %2: %3; %4)"_s.arg(adviceFor(kind), QString::number(code), error.text().trimmed(), what),
                 QString::number(code),
                 {},
                 {},
                 false};
}

} // namespace indelible::store

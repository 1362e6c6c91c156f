// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/id.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>

struct sqlite3;

namespace indelible::store {

/// Carries an Error through the code that runs inside a transaction, which is thereby rolled back. Database turns it
/// into a Result at the layer's edge; nothing outside a transaction sees one.
class StoreException final : public std::exception
{
public:
    explicit StoreException(Error error)
        : m_error(std::move(error))
        , m_what(m_error.detail.toUtf8())
    {
    }
    StoreException(ErrorKind kind, const QString &detail)
        : StoreException(Error{kind, detail, {}, {}, {}, false})
    {
    }
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] const char *what() const noexcept override { return m_what.constData(); }

private:
    Error m_error;
    QByteArray m_what;
};

/// How long one connection waits for another.
inline constexpr int kBusyTimeoutMs = 5000;

/// A statement that SQLite has compiled, and whether somebody is reading its rows.
struct Prepared
{
    QSqlQuery query;
    sqlite3 *handle = nullptr;
    bool inUse = false;
    bool failed = false; ///< QtSql throws some of those away that failed: they are compiled anew
};

/// One use of a prepared statement: bind in order, run or step, read columns. Resets at its end, because an unfinished
/// SELECT keeps the write-ahead log from being reset. Every failure throws StoreException.
class Statement
{
public:
    explicit Statement(std::shared_ptr<Prepared> prepared);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    template<typename... Values>
    Statement &bind(const Values &...values)
    {
        (bindOne(toVariant(values)), ...);
        return *this;
    }

    void bindVariant(const QVariant &value) { bindOne(value); }

    /// Executes a statement without rows and returns how many rows it changed.
    int run();
    /// Executes at the first call; true while there is a row.
    bool step();
    /// The number of the row that an INSERT made.
    [[nodiscard]] qint64 insertedId() const;

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::optional<qint64> optionalInteger(int column) const;
    [[nodiscard]] std::optional<Instant> optionalInstant(int column) const;
    [[nodiscard]] Instant instant(int column) const { return fromMs(integer(column)); }
    template<typename IdType>
    [[nodiscard]] IdType id(int column) const
    {
        return IdType(integer(column));
    }

private:
    // A null QString is stored as '' and a null QByteArray as an empty blob: NULL is only ever said by std::optional.
    static QVariant toVariant(const QString &value)
    {
        return value.isNull() ? QVariant(QString(QLatin1StringView(""))) : QVariant(value);
    }
    static QVariant toVariant(const QByteArray &value)
    {
        return value.isNull() ? QVariant(QByteArray("")) : QVariant(value);
    }
    static QVariant toVariant(Instant value) { return QVariant(toMs(value)); }
    template<typename Tag>
    static QVariant toVariant(Id<Tag> value)
    {
        return QVariant(value.value());
    }
    template<typename Value>
    requires std::is_integral_v<Value> || std::is_enum_v<Value>
    static QVariant toVariant(Value value) { return QVariant(static_cast<qint64>(value)); }
    template<typename Value>
    static QVariant toVariant(const std::optional<Value> &value)
    {
        return value ? toVariant(*value) : QVariant();
    }

    void bindOne(const QVariant &value);
    void execute();
    [[noreturn]] void fail();
    void requireWholeRow();

    std::shared_ptr<Prepared> m_prepared;
    int m_bound = 0;
    bool m_executed = false;
};

/// One connection to the workspace's database, set up by the rules of the design and checked after opening. Belongs to
/// the thread that opened it. Not for use outside the store, except inside a function given to Database.
class Connection
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    /// Throws StoreException: Storage, DiskFull, Damaged (not a database).
    Connection(const QString &path, Mode mode);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// A statement for `sql`, which must be a string literal: prepared statements are kept by its address.
    [[nodiscard]] Statement statement(const char *sql);
    /// For SQL that is put together (search, schema).
    [[nodiscard]] Statement statementFor(const QString &sql);
    /// A file of an older schema, open for reading only, has no newer tables.
    [[nodiscard]] bool hasTable(const QString &name);
    void execute(const QString &sql);

    [[nodiscard]] sqlite3 *handle() const;

    void begin(); ///< BEGIN IMMEDIATE: a deferred transaction that reads first can fail at once when it wants to write
    void commit();
    void rollback() noexcept;

    [[nodiscard]] static Error lastError(const QSqlQuery &query, const QString &what);

private:
    std::shared_ptr<Prepared> prepare(const QString &sql);
    void configure(Mode mode);
    void requireSameLibrary();

    QString m_name;
    QSqlDatabase m_database;
    QHash<const char *, std::shared_ptr<Prepared>> m_cache;
};

/// Rolls back at its end unless committed. One at a time a connection.
class Transaction
{
public:
    explicit Transaction(Connection &connection)
        : m_connection(connection)
    {
        m_connection.begin();
    }
    ~Transaction()
    {
        if (!m_committed)
            m_connection.rollback();
    }
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    void commit()
    {
        m_connection.commit();
        m_committed = true;
    }

private:
    Connection &m_connection;
    bool m_committed = false;
};

/// One consistent view of the database over several reads, whatever is written meanwhile.
class ReadSnapshot
{
public:
    explicit ReadSnapshot(Connection &connection)
        : m_connection(connection)
    {
        m_connection.execute(QStringLiteral("BEGIN"));
    }
    ~ReadSnapshot() { m_connection.rollback(); }
    void commit() {} ///< nothing to do: as with Transaction, for code that serves both
    ReadSnapshot(const ReadSnapshot &) = delete;
    ReadSnapshot &operator=(const ReadSnapshot &) = delete;

private:
    Connection &m_connection;
};

} // namespace indelible::store

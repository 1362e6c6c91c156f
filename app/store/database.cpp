// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/database.h"

#include "app/store/guards.h"
#include "app/store/look_table.h"
#include "app/store/migrations/migrations.h"
#include "app/store/place.h"
#include "app/store/rewrite.h"

#include <QDir>
#include <QFileInfo>

#include <future>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace indelible::store {

Database::Worker::Worker(QString path, Connection::Mode mode)
    : m_thread(mode == Connection::Mode::ReadWrite ? u"store-writer"_s : u"store-reader"_s)
    , m_path(std::move(path))
    , m_mode(mode)
{
    m_thread.take(this);
}

Database::Worker::~Worker()
{
    // The connection belongs to the thread: it is closed there, behind everything that was handed over.
    m_thread.end([this] { connection.reset(); });
}

Result<void> Database::Worker::start(const std::function<void(Connection &)> &prepare)
{
    Result<void> outcome;
    QMetaObject::invokeMethod(
        this,
        [this, &prepare, &outcome] {
            try {
                connection = std::make_unique<Connection>(m_path, m_mode);
                prepare(*connection);
            } catch (const StoreException &exception) {
                connection.reset();
                outcome = failure(exception.error());
            }
        },
        Qt::BlockingQueuedConnection);
    return outcome;
}

Database::Database(Options options, QString path)
    : m_options(std::move(options))
    , m_path(std::move(path))
{
}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(Options options)
{
    const QString path = QDir(options.folder).filePath(u"indelible.sqlite"_s);
    if (options.readOnly) {
        if (!QFileInfo::exists(path))
            return failure(
                ErrorKind::NotFound,
                u"There is no workspace in %1. Nothing was changed; give another folder with --workspace."_s.arg(
                    options.folder));
    } else {
        INDELIBLE_TRY(requireWritablePlace(options.folder));
        if (!QDir().mkpath(options.folder))
            return failure(
                ErrorKind::Storage,
                u"The folder %1 cannot be made. Nothing was changed; check its permissions or choose another with --workspace."_s
                    .arg(options.folder));
    }
    if (!QFileInfo::exists(path) &&
        !QDir(options.folder).entryList({u"replaced-*.sqlite"_s, u"restoring.sqlite"_s}, QDir::Files).isEmpty())
        return failure(
            ErrorKind::Conflict,
            u"A restore was broken off in %1. Nothing is lost: what lay there is kept as replaced-….sqlite; run 'indelible restore' again."_s
                .arg(options.folder));
    std::unique_ptr<Database> database(new Database(std::move(options), path));
    if (!database->m_options.readOnly) {
        Result<std::unique_ptr<FolderLock>> lock = FolderLock::take(database->m_options.folder);
        if (!lock)
            return failure(lock.error());
        database->m_lock = std::move(*lock);
    }
    if (Result<void> opened = database->openWorkers(); !opened)
        return failure(opened.error());
    return database;
}

Result<void> Database::openWorkers()
{
    if (!m_options.readOnly) {
        m_writer = std::make_unique<Worker>(m_path, Connection::Mode::ReadWrite);
        INDELIBLE_TRY(m_writer->start([this](Connection &connection) {
            migrate(connection, m_options.beforeMigration);
            refreshLooks(connection);
            guardWrites(connection);
        }));
    }
    m_reader = std::make_unique<Worker>(m_path, Connection::Mode::ReadOnly);
    INDELIBLE_TRY(m_reader->start([](Connection &connection) { (void)requireKnownSchema(connection); }));
    qCDebug(lcStore, "SQLite %s", sqlite3_libversion());
    return {};
}

QFuture<Result<void>> Database::rewriteFile()
{
    return post<Frame::None>(m_writer.get(), &store::rewriteFile);
}

QFuture<Result<bool>> Database::emptyLog()
{
    return post<Frame::None>(m_writer.get(), &store::emptyLog);
}

Database::Worker *Database::scanner()
{
    if (!m_scanner) {
        auto worker = std::make_unique<Worker>(m_path, Connection::Mode::ReadOnly);
        if (const Result<void> started =
                worker->start([](Connection &connection) { (void)requireKnownSchema(connection); });
            !started) {
            qCWarning(lcStore, "No connection for long reading: %s", qUtf8Printable(started.error().detail));
            return nullptr;
        }
        m_scanner = std::move(worker);
    }
    return m_scanner.get();
}

QString integrityCheck(Connection &connection)
{
    Statement statement = connection.statement("PRAGMA integrity_check(1)");
    return statement.step() ? statement.text(0) : QString();
}

} // namespace indelible::store

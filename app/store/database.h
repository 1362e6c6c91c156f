// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/event_thread.h"
#include "app/base/log.h"
#include "app/base/result.h"
#include "app/store/connection.h"
#include "app/store/lock.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace indelible::store {

/// The workspace's database: one thread with the only connection that writes (and checkpoints), one thread with a
/// connection that only reads, and one that is there once something reads everything. Functions are handed over and run
/// there in order; what they return comes back as a future. A write is one transaction: it commits when the function
/// returns, and leaves no trace when it throws.
///
/// Lives on the thread that made it. At its end it waits for what was handed over.
class Database : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QString folder;        ///< of the workspace; made where it does not exist
        bool readOnly = false; ///< no lock, no writer: for looking while another program has it open
        /// On the writing thread, with the schema the file has, before it gets a newer one; throws StoreException.
        std::function<void(Connection &, int schema)> beforeMigration = {};
    };
    /// Takes the lock, opens, migrates. Errors: InUse, NewerSchema, Damaged, Storage, DiskFull, Rejected (writing
    /// on a network drive).
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(Options options);
    ~Database() override;

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isReadOnly() const { return m_options.readOnly; }

    /// Runs `function(Connection &)` in a transaction on the writing thread.
    template<typename Function>
    auto write(Function function) -> QFuture<Result<std::invoke_result_t<Function, Connection &>>>
    {
        return post<Frame::Transaction>(m_writer.get(), std::move(function));
    }

    /// Runs `function(Connection &)` on the reading thread, over one state that has every write that finished before.
    template<typename Function>
    auto read(Function function) -> QFuture<Result<std::invoke_result_t<Function, Connection &>>>
    {
        return post<Frame::Snapshot>(m_reader.get(), std::move(function));
    }

    /// Runs `function(Connection &)`, which may read for minutes, over one unchanging state of the database: exports
    /// and checks of the whole record. Neither lists nor writes wait for it.
    template<typename Function>
    auto scan(Function function) -> QFuture<Result<std::invoke_result_t<Function, Connection &>>>
    {
        return post<Frame::Snapshot>(scanner(), std::move(function));
    }

    /// The same, and what it found is then given to `next(Connection &, found)` in a transaction on the writing thread.
    template<typename Function, typename Next, typename Found = std::invoke_result_t<Function, Connection &>,
             typename Value = std::invoke_result_t<Next, Connection &, Found &>>
    QFuture<Result<Value>> scanThenWrite(Function function, Next next)
    {
        auto promise = std::make_shared<QPromise<Result<Value>>>();
        auto last = ending(promise);
        run<Frame::Snapshot>(scanner(), std::move(function),
                             [writer = m_writer.get(), next = std::move(next), last](Result<Found> found) {
                                 if (!found)
                                     return last(failure(found.error()));
                                 auto write = [next, found = std::move(*found)](Connection &connection) mutable {
                                     return next(connection, found);
                                 };
                                 run<Frame::Transaction>(writer, std::move(write), last);
                             });
        return promise->future();
    }

    /// Of app/store/rewrite.h, on the writing thread.
    QFuture<Result<void>> rewriteFile();
    QFuture<Result<bool>> emptyLog();

private:
    /// A thread with one connection that lives and dies on it.
    class Worker : public QObject
    {
    public:
        Worker(QString path, Connection::Mode mode);
        ~Worker() override;
        Result<void> start(const std::function<void(Connection &)> &prepare);
        std::unique_ptr<Connection> connection;

    private:
        EventThread m_thread;
        QString m_path;
        Connection::Mode m_mode;
    };

    Database(Options options, QString path);
    Result<void> openWorkers();

    /// The thread of scan(), started when it is first needed; null when it could not be.
    Worker *scanner();

    /// What a function that was handed over runs in.
    enum class Frame { Transaction, Snapshot, None };

    struct NoFrame
    {
        explicit NoFrame(Connection &) {}
        void commit() {}
    };
    template<Frame frame>
    using FrameOf = std::conditional_t<frame == Frame::Transaction, Transaction,
                                       std::conditional_t<frame == Frame::Snapshot, ReadSnapshot, NoFrame>>;

    template<Frame frame, typename Function, typename Value = std::invoke_result_t<Function, Connection &>>
    static Result<Value> guarded(Connection &connection, Function &function)
    {
        try {
            FrameOf<frame> transaction(connection);
            if constexpr (std::is_void_v<Value>) {
                function(connection);
                transaction.commit();
                return {};
            } else {
                Value value = function(connection);
                transaction.commit();
                return value;
            }
        } catch (const StoreException &exception) {
            return failure(exception.error());
        } catch (const std::exception &exception) {
            return failure(ErrorKind::Internal, QString::fromUtf8(exception.what()));
        }
    }

    /// Runs `function` on the worker's thread and gives `done` there what it returned; without a worker, why not, at
    /// once. What follows is handed on here and not by QFuture::then (app/base/when_done.h says why).
    template<Frame frame, typename Function, typename Done>
    static void run(Worker *worker, Function function, Done done)
    {
        if (!worker) {
            done(failure(ErrorKind::Storage,
                         frame != Frame::Snapshot
                             ? QStringLiteral("The workspace is open for reading only. Nothing was changed.")
                             : QStringLiteral(
                                   "The database could not be opened a second time. Nothing was changed; try again.")));
            return;
        }
        auto work = std::make_shared<std::pair<Function, Done>>(std::move(function), std::move(done));
        QMetaObject::invokeMethod(worker,
                                  [worker, work] { work->second(guarded<frame>(*worker->connection, work->first)); });
    }

    /// Its function ends the future.
    template<typename Value>
    static auto ending(std::shared_ptr<QPromise<Result<Value>>> promise)
    {
        promise->start();
        return [promise](Result<Value> value) {
            promise->addResult(std::move(value));
            promise->finish();
        };
    }

    template<Frame frame, typename Function, typename Value = std::invoke_result_t<Function, Connection &>>
    static QFuture<Result<Value>> post(Worker *worker, Function function)
    {
        auto promise = std::make_shared<QPromise<Result<Value>>>();
        run<frame>(worker, std::move(function), ending(promise));
        return promise->future();
    }

    Options m_options;
    QString m_path;
    std::unique_ptr<FolderLock> m_lock;
    std::unique_ptr<Worker> m_writer;
    std::unique_ptr<Worker> m_reader;
    /// Last, so that it ends first: what follows a scan may still write.
    std::unique_ptr<Worker> m_scanner;
};

/// SQLite's own check of the file: "ok", or what is wrong. Reads everything; belongs to a reading connection.
[[nodiscard]] QString integrityCheck(Connection &connection);

} // namespace indelible::store

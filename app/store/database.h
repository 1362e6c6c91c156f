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

    template<Frame frame, typename Function, typename Value = std::invoke_result_t<Function, Connection &>>
    QFuture<Result<Value>> post(Worker *worker, Function function)
    {
        auto promise = std::make_shared<QPromise<Result<Value>>>();
        QFuture<Result<Value>> future = promise->future();
        promise->start();
        if (!worker) {
            promise->addResult(Result<Value>(
                failure(ErrorKind::Storage,
                        frame != Frame::Snapshot
                            ? QStringLiteral("The workspace is open for reading only. Nothing was changed.")
                            : QStringLiteral(
                                  "The database could not be opened a second time. Nothing was changed; try again."))));
            promise->finish();
            return future;
        }
        auto work = std::make_shared<Function>(std::move(function));
        QMetaObject::invokeMethod(worker, [worker, work, promise] {
            promise->addResult(guarded<frame>(*worker->connection, *work));
            promise->finish();
        });
        return future;
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

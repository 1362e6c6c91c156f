// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/record_reader.h"

#include "app/store/database.h"

#include <QMutex>
#include <QPointer>

#include <algorithm>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::keeper {

namespace {

/// Some 30 ms of reading.
constexpr qint64 kFindAtOnce = 100'000;

} // namespace

struct RecordReader::Listener
{
    QMutex mutex;
    RecordReader *reader = nullptr; ///< null = stopped

    /// False = nobody wants to know any more.
    bool tell(qint64 entries)
    {
        const QMutexLocker lock(&mutex);
        if (!reader)
            return false;
        QMetaObject::invokeMethod(
            reader, [to = reader, entries] { Q_EMIT to->checked(entries); }, Qt::QueuedConnection);
        return true;
    }
};

RecordReader::RecordReader(store::Database &database, QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_listener(std::make_shared<Listener>())
{
    m_listener->reader = this;
}

RecordReader::~RecordReader()
{
    stop();
}

void RecordReader::stop()
{
    ++m_search;
    const QMutexLocker lock(&m_listener->mutex);
    m_listener->reader = nullptr;
}

QFuture<Result<std::vector<record::EntryView>>> RecordReader::entries(std::vector<qint64> numbers)
{
    return m_database.read([numbers = std::move(numbers)](store::Connection &connection) {
        return record::readEntries(connection, numbers);
    });
}

QCoro::Task<Result<std::vector<qint64>>> RecordReader::find(record::Find find, qint64 first, qint64 end)
{
    const QPointer<RecordReader> self(this);
    const quint64 search = ++m_search;
    std::vector<qint64> found;
    for (qint64 at = first; at < end; at += kFindAtOnce) {
        const qint64 count = std::min(kFindAtOnce, end - at);
        QFuture<Result<std::vector<qint64>>> reading =
            m_database.read([find, at, count](store::Connection &connection) {
                return record::findEntries(connection, find, at, count);
            });
        const Result<std::vector<qint64>> part = co_await reading;
        if (!self || search != m_search)
            co_return failure(ErrorKind::Cancelled, u"Another search began."_s);
        if (!part)
            co_return failure(part.error());
        found.insert(found.end(), part->begin(), part->end());
    }
    co_return found;
}

QFuture<Result<std::vector<record::Actor>>> RecordReader::actors()
{
    return m_database.read([](store::Connection &connection) { return record::readActors(connection); });
}

QFuture<Result<record::EntryDetail>> RecordReader::entry(qint64 idx)
{
    return m_database.read([idx](store::Connection &connection) { return record::readEntry(connection, idx); });
}

QFuture<Result<record::Verification>> RecordReader::verify()
{
    return m_database.scan([listener = m_listener](store::Connection &connection) {
        return record::verify(connection, [&listener](qint64 entries) { return listener->tell(entries); });
    });
}

} // namespace indelible::keeper

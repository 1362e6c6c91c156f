// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/record_reader.h"

#include "app/store/database.h"

#include <QMutex>

namespace indelible::keeper {

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
    const QMutexLocker lock(&m_listener->mutex);
    m_listener->reader = nullptr;
}

QFuture<Result<std::vector<record::EntryView>>> RecordReader::entries(qint64 first, int count)
{
    return m_database.read(
        [first, count](store::Connection &connection) { return record::readEntries(connection, first, count); });
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

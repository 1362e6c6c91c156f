// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/event_thread.h"
#include "app/channels/call_errors.h"
#include "app/channels/mail/imap_session.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>
#include <QSet>
#include <QString>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>

namespace indelible::channels::mail {

/// Mails that were found in a folder as long as nothing comes there or goes.
struct Sighting
{
    Folder folder;
    QSet<QString> ids;
};

/// The connections of one account; on the worker's thread alone.
class MailDesk : public QObject
{
    Q_OBJECT
public:
    explicit MailDesk(Patience patience);

    /// A signed-in connection to the mailbox: the one that is still open, or a new one. Never null.
    Result<ImapSession *> imap(const Session &session);
    /// After each piece of work: what is broken goes at once, the rest stays for what comes next.
    void tidy();
    void close() { m_imap.reset(); }
    [[nodiscard]] const Patience &patience() const { return m_patience; }
    /// What was found in a folder that was just opened, as far as it still holds: a folder takes nothing in without a
    /// new UIDNEXT, and gives nothing away without a smaller EXISTS (RFC 3501, 2.3.1.1 and 7.3.1).
    QSet<QString> &sightings(const QByteArray &name, const Folder &folder);
    /// The same folders, those where one of the mails was seen before the others.
    [[nodiscard]] QByteArrayList likeliestFirst(QByteArrayList folders, const QSet<QString> &ids) const;

private:
    Patience m_patience;
    Session m_session;
    std::unique_ptr<ImapSession> m_imap;
    QHash<QByteArray, Sighting> m_sightings;
    QTimer m_idle;
};

/// The thread of one account on which libetpan may block. Made, used and ended on the interface thread; ending takes a
/// moment, because whatever waits there looks many times a second whether it has to stop.
class MailWorker
{
public:
    explicit MailWorker(std::chrono::milliseconds limit);
    ~MailWorker();
    Q_DISABLE_COPY_MOVE(MailWorker)

    /// Does `work` there, after what was asked for before. Cancelled once the worker ends.
    template<typename T>
    QFuture<Result<T>> run(std::function<Result<T>(MailDesk &)> work)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        QFuture<Result<T>> future = promise->future();
        if (m_isEnded) {
            promise->addResult(Result<T>(cancelled()));
            promise->finish();
            return future;
        }
        QMetaObject::invokeMethod(m_desk, [this, promise, work = std::move(work)] {
            promise->addResult(m_stop.load() ? Result<T>(cancelled()) : work(*m_desk));
            m_desk->tidy();
            promise->finish();
        });
        return future;
    }

    /// Stops what is under way and everything that waits, and ends the thread. More than once is as good.
    void end();

private:
    std::atomic<bool> m_stop = false;
    bool m_isEnded = false;
    MailDesk *m_desk; ///< lives there
    EventThread m_thread;
};

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_worker.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

/// A round is many pieces of work; between two rounds the server has its connection back.
constexpr std::chrono::seconds kKeptOpen{5};
constexpr qsizetype kMostSightings = 50'000;

} // namespace

MailDesk::MailDesk(Patience patience)
    : m_patience(patience)
    , m_idle(this)
{
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &MailDesk::close);
}

Result<ImapSession *> MailDesk::imap(const Session &session)
{
    m_idle.stop();
    if (m_imap && m_session == session)
        return m_imap.get();
    m_imap = std::make_unique<ImapSession>(m_patience);
    if (m_session.imap != session.imap || m_session.address != session.address)
        m_sightings.clear();
    m_session = session;
    if (const Result<void> signedIn = m_imap->signIn(session); !signedIn) {
        m_imap.reset();
        return failure(signedIn.error());
    }
    return m_imap.get();
}

QSet<QString> &MailDesk::sightings(const QByteArray &name, const Folder &folder)
{
    Sighting &sighting = m_sightings[name];
    const bool holds = folder.nextUid > 0 && sighting.folder == folder && sighting.ids.size() < kMostSightings;
    if (!holds)
        sighting = {folder, {}};
    return sighting.ids;
}

QByteArrayList MailDesk::likeliestFirst(QByteArrayList folders, const QSet<QString> &ids) const
{
    std::stable_partition(folders.begin(), folders.end(),
                          [&](const QByteArray &folder) { return m_sightings.value(folder).ids.intersects(ids); });
    return folders;
}

void MailDesk::tidy()
{
    if (m_imap && m_imap->isBroken())
        close();
    if (m_imap)
        m_idle.start(kKeptOpen);
}

MailWorker::MailWorker(std::chrono::milliseconds limit)
    : m_desk(new MailDesk({&m_stop, limit}))
    , m_thread(u"mail"_s)
{
    m_thread.take(m_desk);
}

MailWorker::~MailWorker()
{
    end();
}

void MailWorker::end()
{
    m_stop = true;
    if (std::exchange(m_isEnded, true))
        return;
    // Behind everything that was asked for, so that each of it is told that it was cancelled.
    m_thread.end([this] { delete m_desk; });
}

} // namespace indelible::channels::mail

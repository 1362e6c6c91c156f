// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_idle.h"

#include "app/base/log.h"

#include <algorithm>
#include <utility>

namespace indelible::channels::mail {

MailIdle::MailIdle(std::chrono::milliseconds limit)
    : MailIdle(limit, Rhythm())
{
}

MailIdle::MailIdle(std::chrono::milliseconds limit, Rhythm rhythm)
    : m_limit(limit)
    , m_rhythm(rhythm)
{
}

MailIdle::~MailIdle()
{
    end();
}

void MailIdle::listen(const Session &session, std::function<void()> heard)
{
    m_heard = std::move(heard);
    if (m_line)
        m_line->isDoubted = true;
    else if (!m_isUnable && m_rest.hasExpired())
        begin(session);
}

void MailIdle::end()
{
    m_heard = {};
    m_isListening = false;
    ++m_number;
    m_line.reset();
}

void MailIdle::begin(const Session &session)
{
    const int number = ++m_number;
    m_line = std::make_unique<Line>(m_limit);
    (void)m_line->worker.run<void>([this, number, session, line = m_line.get()](MailDesk &desk) {
        const Result<ImapSession *> imap = desk.imap(session);
        Result<void> ended = imap ? follow(*line, number, **imap) : failure(imap.error());
        if (!ended && ended.error().kind != ErrorKind::Cancelled)
            qCInfo(lcChannel, "the mail server does not tell of mails any more: %s",
                   qUtf8Printable(ended.error().detail));
        post(number, &MailIdle::noteEnded);
        return ended;
    });
}

Result<void> MailIdle::follow(Line &line, int number, ImapSession &imap)
{
    const Result<bool> offered = imap.offersIdle();
    if (!offered)
        return failure(offered.error());
    if (!*offered) {
        post(number, &MailIdle::noteUnable);
        return {};
    }
    const Result<Folder> inbox = imap.examine("INBOX");
    if (!inbox)
        return failure(inbox.error());
    // What came between the last visit and now is never told; what was told of before is no news.
    const bool isNews = *inbox != m_told;
    m_told = *inbox;
    Result<void> goesOn;
    for (bool isFirst = true; goesOn; isFirst = false) {
        line.isDoubted = false;
        const Result<bool> begun = imap.beginIdle();
        if (!begun)
            return failure(begun.error());
        if (isFirst)
            post(number, &MailIdle::noteListening);
        tell(line, number, *begun || (isFirst && isNews));
        goesOn = followOnce(line, number, imap);
    }
    return goesOn;
}

Result<void> MailIdle::followOnce(Line &line, int number, ImapSession &imap)
{
    const QDeadlineTimer renewal(m_rhythm.renewal);
    while (!renewal.hasExpired() && !line.isDoubted) {
        const auto left = std::chrono::milliseconds(renewal.remainingTime());
        const Result<bool> heard = imap.waitIdle(std::min(left, m_rhythm.look));
        if (!heard)
            return failure(heard.error());
        tell(line, number, *heard);
    }
    const Result<bool> heard = imap.endIdle();
    if (!heard)
        return failure(heard.error());
    tell(line, number, *heard);
    return {};
}

void MailIdle::tell(Line &line, int number, bool isNews)
{
    // One at a time: a server that tells without end must not fill the other thread's queue.
    if (isNews && !line.isTold.exchange(true))
        post(number, &MailIdle::noteHeard);
}

void MailIdle::post(int number, void (MailIdle::*what)())
{
    QMetaObject::invokeMethod(
        this,
        [this, number, what] {
            if (number == m_number)
                (this->*what)();
        },
        Qt::QueuedConnection);
}

void MailIdle::noteHeard()
{
    m_line->isTold = false;
    // A copy: whoever hears it may call listen() again.
    if (const std::function<void()> heard = m_heard)
        heard();
}

void MailIdle::noteEnded()
{
    m_isListening = false;
    if (!m_isUnable)
        m_rest.setRemainingTime(m_rhythm.rest);
    m_line.reset();
}

} // namespace indelible::channels::mail

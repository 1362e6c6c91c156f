// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_worker.h"

#include <QDeadlineTimer>
#include <QObject>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace indelible::channels::mail {

/// Lets an account's server tell of mails by itself (IDLE, RFC 2177): on a second connection, with a thread of its own,
/// which looks at the inbox and changes nothing. Lives on the interface thread; ending takes a moment.
///
/// Trouble of any kind, a refused password included, ends it without a word until listen() is called again; soon after
/// trouble that does nothing, so that a server that cuts every such connection is not called all the time. A server
/// that does not offer IDLE is asked once.
class MailIdle : public QObject
{
    Q_OBJECT
public:
    struct Rhythm
    {
        /// Servers end what is silent for 30 minutes, routers what is silent for ten.
        std::chrono::milliseconds renewal{std::chrono::minutes(9)};
        /// So often it looks whether listen() was called again, which proves the connection.
        std::chrono::milliseconds look{std::chrono::seconds(15)};
        std::chrono::milliseconds rest{std::chrono::minutes(1)}; ///< after trouble
    };
    /// `limit` of each exchange.
    explicit MailIdle(std::chrono::milliseconds limit);
    MailIdle(std::chrono::milliseconds limit, Rhythm rhythm);
    ~MailIdle() override;

    /// From now on `heard` is called when mails came or went, and once at the beginning, for what came before it. While
    /// it listens already, the server is asked whether it is still there: a computer that slept does not know.
    void listen(const Session &session, std::function<void()> heard);
    void end();
    [[nodiscard]] bool isListening() const { return m_isListening; }

private:
    /// The connection, as both threads see it.
    struct Line
    {
        explicit Line(std::chrono::milliseconds limit)
            : worker(limit)
        {
        }
        std::atomic<bool> isDoubted = false; ///< prove that somebody is still there
        std::atomic<bool> isTold = false;    ///< the interface thread is about to hear of it
        MailWorker worker;                   ///< last: it ends before what it uses
    };
    void begin(const Session &session);
    /// On the worker's thread, until trouble or the end.
    Result<void> follow(Line &line, int number, ImapSession &imap);
    Result<void> followOnce(Line &line, int number, ImapSession &imap);
    /// From the worker's thread to this object's, unless the connection has changed meanwhile.
    void post(int number, void (MailIdle::*what)());
    void tell(Line &line, int number, bool isNews);

    void noteListening() { m_isListening = true; }
    void noteUnable() { m_isUnable = true; }
    void noteHeard();
    void noteEnded();

    std::chrono::milliseconds m_limit;
    Rhythm m_rhythm;
    std::function<void()> m_heard;
    Folder m_told; ///< as the inbox was when it was last told of
    bool m_isListening = false;
    bool m_isUnable = false;
    QDeadlineTimer m_rest{0};
    int m_number = 0; ///< of the connection
    std::unique_ptr<Line> m_line;
};

} // namespace indelible::channels::mail

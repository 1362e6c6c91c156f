// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_http_server.h"

#include <QByteArray>
#include <QDate>
#include <QObject>
#include <QStringList>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;

namespace indelible::test {

struct FakeMail
{
    quint32 uid = 0;
    QByteArray bytes;
    QDate day{2026, 11, 22};
    QByteArrayList flags = {};
};

struct FakeFolder
{
    quint32 validity = 0;
    quint32 next = 1;
    std::vector<FakeMail> mails = {};

    FakeMail &add(const QByteArray &bytes);
};

/// A mailbox and a place to hand mail in, on free loopback ports, in the test's own thread: it works while
/// the test runs the event loop. Written after RFC 3501 and RFC 5321, for the commands that a client of ours may send;
/// anything else is refused and named by unknown(). UIDs of the two folders differ, so that one is never taken for the
/// other's.
///
/// Each command is a Received: method "IMAP" or "SMTP", path its name, target its arguments, body what came with it,
/// header "folder" what is open. Its Answer is what goes over the wire, where TAG stands for the command's tag and
/// {MAIL n} for mail n of the folder as a literal. Statuses from 300 on and faults are turned into what they are called
/// in these protocols.
class FakeMailServer : public QObject
{
    Q_OBJECT
public:
    FakeMailServer();
    /// Under TLS from the first byte.
    explicit FakeMailServer(const QSslConfiguration &configuration);
    ~FakeMailServer() override;

    [[nodiscard]] quint16 imapPort() const { return m_imap->serverPort(); }
    [[nodiscard]] quint16 smtpPort() const { return m_smtp->serverPort(); }

    FakeFolder inbox{7, 1};
    FakeFolder sent{9, 101};
    FakeFolder archive{11, 201}; ///< listed as `archiveName`, under `archiveAttribute`
    QByteArray archiveName{"Put away"};
    QByteArray archiveAttribute; ///< empty = there is no such folder
    QByteArrayList submitted;    ///< mails that were taken
    QByteArray password = "secret";
    QByteArray token; ///< that is taken by XOAUTH2; empty = none
    bool offersIdle = false;
    /// To everybody who waits for it (RFC 2177): lines, each with its end.
    void tell(const QByteArray &lines);
    [[nodiscard]] int listeners() const;
    [[nodiscard]] int talks() const { return static_cast<int>(m_talks.size()); }
    bool keepsSent = false;                         ///< as large providers do
    QByteArray sentAttribute = "\\Sent";            ///< of the folder "Sent"; its name stays
    std::function<Answer(const Received &)> decide; ///< instead of answer(), which it may call
    QByteArrayList commands;                        ///< all of IMAP, without tags
    /// What a server that works answers, and does.
    Answer answer(const Received &command);
    [[nodiscard]] QByteArrayList unknown() const { return m_unknown; }
    void close();

private:
    struct Talk;
    void listen();
    void accept(QTcpServer &server, bool isImap);
    void read(const std::shared_ptr<Talk> &talk);
    bool readImap(const std::shared_ptr<Talk> &talk);
    bool readSmtp(const std::shared_ptr<Talk> &talk);
    void act(const std::shared_ptr<Talk> &talk, const Received &command);
    void send(const std::shared_ptr<Talk> &talk, const Answer &answer);
    [[nodiscard]] FakeFolder &folderNamed(const QByteArray &name);
    [[nodiscard]] QByteArray wire(const Talk &talk, const Answer &answer);
    [[nodiscard]] bool takesToken(const QByteArray &base64) const;
    Answer answerImap(const Received &command);
    Answer answerSmtp(const Received &command);
    Answer search(const FakeFolder &folder, const QByteArray &what) const;
    Answer fetch(const FakeFolder &folder, const QByteArray &what) const;

    std::unique_ptr<QTcpServer> m_imap;
    std::unique_ptr<QTcpServer> m_smtp;
    QByteArrayList m_unknown;
    std::vector<std::shared_ptr<Talk>> m_talks;
};

} // namespace indelible::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/mail/mail_stream.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QDate>
#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

struct mailimap;
struct mailimap_search_key;

namespace indelible::channels::mail {

/// A folder as it was when it was opened.
struct Folder
{
    quint32 validity = 0;
    quint32 nextUid = 0; ///< 0 = the server does not say
    quint32 count = 0;

    friend bool operator==(const Folder &, const Folder &) = default;
};

constexpr qsizetype kMostFolders = 100;

/// Folders that are used for something of which we need to know (RFC 6154), by the names that the server gives them.
struct SpecialFolders
{
    QByteArray sent; ///< what the account sent: \Sent, else the names of mail programs for it; empty = none
    /// Where mails lie that nobody threw away, the likeliest first: the inbox, that of sent mails, \Archive and \All,
    /// and people's own, at most kMostFolders in all.
    QByteArrayList kept;
};

/// A mail on the server, before it is fetched.
struct Listed
{
    quint32 uid = 0;
    qint64 size = 0;
    std::optional<Instant> arrivedAt;
};

/// A signed-in connection to a mailbox (RFC 3501), by libetpan on our own stream, which checks certificates as that
/// library does not. Blocking, on a worker's thread. Reads with EXAMINE and PEEK, so that reading changes nothing; the
/// only changes that it can make are a copy in the folder of sent mails and the mark \Answered. There is nothing here
/// that takes a mail away or marks it as read (rule R1).
///
/// Errors: those of MailStream and imapError(); InvalidReply for what is no IMAP. After an error the connection is of
/// no use any more unless the server only refused the command: isBroken().
class ImapSession
{
public:
    explicit ImapSession(Patience patience);
    ~ImapSession();
    Q_DISABLE_COPY_MOVE(ImapSession)

    Result<void> signIn(const Session &session);
    /// What the server wants people to read (RFC 3501, 7.1), one line; mostly empty.
    [[nodiscard]] const QString &alert() const { return m_alert; }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }

    /// Asked for once. The pointer is good as long as this session.
    Result<const SpecialFolders *> specialFolders();
    /// Opens a folder for reading only. Later calls speak of it.
    Result<Folder> examine(const QByteArray &folder);

    Result<std::vector<quint32>> uidsAbove(quint32 last);
    Result<std::vector<quint32>> uidsSince(QDate day);
    /// Those with this Message-ID (without brackets).
    Result<std::vector<quint32>> uidsOf(const QString &messageId);
    Result<std::vector<Listed>> list(const std::vector<quint32> &uids);
    /// The mails themselves, each up to `mostBytes`. What is not there any more is left out.
    Result<QHash<quint32, QByteArray>> fetch(const std::vector<Listed> &mails, qint64 mostBytes);

    /// Puts a copy there, marked as read.
    Result<void> append(const QByteArray &folder, const QByteArray &message);
    /// Marks a mail of the inbox as answered.
    Result<void> markAnswered(const QString &messageId);

    // Being told of changes in the open folder (RFC 2177); imap_idle.cpp. Once begun, nothing else can be asked of this
    // connection any more. True = mails came or went.
    /// Asks anew: servers say more of themselves after the sign-in.
    Result<bool> offersIdle();
    Result<bool> beginIdle();
    /// Returns when the server says something, or after `limit`.
    Result<bool> waitIdle(std::chrono::milliseconds limit);
    Result<bool> endIdle();

private:
    enum class Told { Nothing, News, GoAhead, Done };
    Result<Told> readTold();
    Result<bool> readUntil(Told end);

    Result<void> signInByToken(const Session &session);
    /// What libetpan has read beyond the last answer is for whoever reads by hand from here on.
    void takeBuffered();
    /// With plain lines, before libetpan sees the connection.
    Result<void> encryptIfOffered();
    Result<QByteArray> askPlainly(const QByteArray &tag, const QByteArray &command);
    Result<void> check(int code, bool isSignIn = false);
    void begin(qint64 mostBytes, std::chrono::milliseconds extra = {});
    Result<std::vector<quint32>> search(mailimap_search_key *key);
    void takeAlert();

    MailStream m_stream;
    mailimap *m_imap = nullptr;
    QString m_alert;
    std::optional<SpecialFolders> m_folders; ///< once they were asked for
    bool m_isBroken = false;
};

} // namespace indelible::channels::mail

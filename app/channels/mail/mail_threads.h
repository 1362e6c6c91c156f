// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_parser.h"

#include <QHash>
#include <QJsonArray>
#include <QString>
#include <QStringList>

namespace indelible::channels::mail {

constexpr qsizetype kIdsRemembered = 1'500;

/// Which conversation a mail belongs to. Mails hang together by the Message-IDs that they name (In-Reply-To and
/// References, RFC 5322 3.6.4), never by their subject: two people who write "Order 1042" are two conversations. A
/// conversation is named by the hash of its topmost known id and keeps that name when something above it arrives
/// later; ids that were only named wait for their mail. Remembers the newest ids as short hashes; older conversations
/// are found again by the topmost id, which answers carry along. A report that one of our own mails was not delivered
/// lies where that mail lies; about any other mail it is a mail like others. A value; pure.
class MailThreads
{
public:
    /// Gives the mail its thread and its parent. Where another mail, with another sender or other words, has its
    /// Message-ID already, the mail is named by its header's hash instead: nobody can overwrite what somebody wrote.
    void place(Mail &mail);

    [[nodiscard]] QJsonArray toJson() const;
    [[nodiscard]] static MailThreads fromJson(const QJsonArray &array);

private:
    struct Known
    {
        QString thread;
        QString fingerprint; ///< empty = only named so far
        QString sentTo = {}; ///< hash of the recipients of a mail of ours; empty = it is none
    };
    void remember(const QString &id, Known known);
    void placeBounce(Mail &mail) const;

    QHash<QString, Known> m_known; ///< by the id's hash
    QStringList m_order;           ///< newest last
};

} // namespace indelible::channels::mail

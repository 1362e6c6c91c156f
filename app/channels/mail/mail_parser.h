// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace indelible::channels::mail {

/// A mail is fetched up to here; what lies behind it is left in the mailbox.
constexpr qint64 kMostBytes = 20'000'000;

/// A mail as a server hands it out.
struct RawMail
{
    QByteArray bytes;                 ///< header and body, as far as it was fetched
    bool isCut = false;               ///< there is more of it on the server
    std::optional<Instant> arrivedAt; ///< INTERNALDATE; the mail's own Date is its sender's claim
    Direction direction = Direction::Incoming;
};

/// What answering a mail needs: RemoteItem::reply.
struct ReplyTo
{
    QStringList to; ///< addresses
    QString subject;
    QString messageId; ///< without brackets; empty where it has none that can be named
    QStringList references;

    friend bool operator==(const ReplyTo &, const ReplyTo &) = default;
};
[[nodiscard]] QJsonObject toJson(const ReplyTo &reply);
[[nodiscard]] ReplyTo replyFrom(const QJsonObject &object);

/// A report that a mail was not delivered, as it speaks for itself: whether that mail was ours, MailThreads knows.
struct Bounce
{
    QString sentence;       ///< one for each recipient, in lines
    QString messageId;      ///< of the mail that it is about
    QStringList references; ///< of that mail: what it answered, the topmost first
    ReplyTo reply;          ///< what answering once more needs
    RemoteItem item;        ///< what is told of it: the sentence, then what the report says to people
};

/// A mail, read. The item's remoteId is its Message-ID or, where it has none or several, the hash of its header; its
/// thread and its parent are named by MailThreads, from `references`.
struct Mail
{
    RemoteItem item;
    QString headerHash;     ///< a remote id for a mail whose Message-ID is taken by another one
    QString fingerprint;    ///< of sender and words: two mails with one Message-ID and two of these are two
    QStringList references; ///< Message-IDs that it answers, the topmost first, what it answers itself last
    QStringList recipients; ///< only of what we wrote
    std::optional<Bounce> bounce;
};

/// Reads any bytes; never fails. A mail without a sender is from "unknown sender". Parts, depth and length are bounded
/// (mail_parts.h); where something was left out, the item says so in a sentence in brackets. The subject stands above
/// the words unless it only repeats what is answered. Pure; any thread.
[[nodiscard]] Mail parseMail(const RawMail &raw);

/// A file out of a mail, and whether the mail says what the item said.
struct MailFile
{
    Attachment file;
    bool isSame = false;
};

/// The file that `ref` names, if `bytes` is a mail of that name and has it. Pure; any thread.
[[nodiscard]] std::optional<MailFile> fileOf(const QByteArray &bytes, const AttachmentRef &ref);

/// True for a Message-ID that can be put into a command or a header as it is.
[[nodiscard]] bool isPlainId(const QString &messageId);

} // namespace indelible::channels::mail

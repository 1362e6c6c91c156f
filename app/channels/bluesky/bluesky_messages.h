// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/json_reader.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace indelible::channels::bluesky {

// Private messages, from the bytes of an answer to values. Pure; what is missing fails the answer with InvalidReply.
// Field names: official lexicons chat.bsky.convo.* (npm @atproto/api 0.19.19). Messages carry only the sender's id;
// handles and names come from the conversation's members or an answer's "relatedProfiles".

using People = QHash<QString, Author>; ///< by id

/// A conversation of two or more.
struct Convo
{
    QString id;
    People members;
};

struct ConvoPage
{
    QStringList convoIds;
    QString next; ///< empty = this was the last page
};

/// One message of a conversation; still there, or gone.
struct Message
{
    QString convoId;
    QString id;
    QString rev;
    QString senderDid;
    bool deleted = false;
    QString text;
    std::vector<TextLink> links;
    std::vector<Media> media;
    Instant sentAt;
};

struct MessagePage
{
    std::vector<Message> messages; ///< newest first, as they came
    People people;
    QString next;
};

struct LogPage
{
    std::vector<Message> messages; ///< created or deleted since, oldest first
    People people;
    QString next;      ///< where to go on from; empty where the server said nothing
    bool empty = true; ///< no event of any kind
};

/// Whether somebody can be written to, and where.
struct Availability
{
    bool canChat = false;
    QString convoId; ///< empty = no conversation yet
};

[[nodiscard]] Result<ConvoPage> parseConvos(const QByteArray &bytes);
[[nodiscard]] Result<Convo> parseConvo(const QByteArray &bytes);
[[nodiscard]] Result<Availability> parseAvailability(const QByteArray &bytes);
[[nodiscard]] Result<MessagePage> parseMessages(const QByteArray &bytes, const QString &convoId);
[[nodiscard]] Result<LogPage> parseLog(const QByteArray &bytes);
/// The answer to sendMessage.
[[nodiscard]] Result<Message> parseSentMessage(const QByteArray &bytes, const QString &convoId);

/// Ids outside this channel: "chat:<convo>" and "chat:<convo>/<message>".
[[nodiscard]] QString chatThreadId(const QString &convoId);
[[nodiscard]] QString chatItemId(const QString &convoId, const QString &messageId);
/// The convo of such a thread id; empty where it is none.
[[nodiscard]] QString convoOfThread(const QString &threadId);
[[nodiscard]] QString chatWebAddress(const QString &convoId);
[[nodiscard]] QJsonObject chatReply(const QString &convoId, const QString &senderDid);

/// `did` is our own. A sender who is nobody known shows by id.
[[nodiscard]] RemoteItem itemOf(const Message &message, const People &people, const QString &did);

} // namespace indelible::channels::bluesky

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mastodon/mastodon_session.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <utility>
#include <vector>

namespace indelible::channels::mastodon {

// What an answer is made of. Pure.

/// Somebody who can be addressed: the id on our server, and the name behind '@' by which our server knows them.
struct Addressee
{
    QString id;
    QString name;
};

/// RemoteItem::reply of a status.
struct ReplyTo
{
    QString id; ///< on our server
    QString visibility;
    Addressee author;
    std::vector<Addressee> mentions; ///< everybody else in it, without us
};
[[nodiscard]] QJsonObject toJson(const ReplyTo &reply);
[[nodiscard]] ReplyTo replyFrom(const QJsonObject &object);

/// "ana" for "ana@own.example", "ana@far.example" as it is: servers do not all know their own people by the long form.
[[nodiscard]] QString mentionName(const QString &handle, const QString &ownDomain);

/// Public and unlisted. Everything else, also what is unknown, is for some people only.
[[nodiscard]] bool isForEverybody(const QString &visibility);

/// How an answer is shown: never to more people than what it answers.
[[nodiscard]] QString visibilityFor(Audience audience, const ReplyTo &reply);

/// The words that go out. Only who is named in the text hears of it, so those who have to and are not named yet are put
/// in front: the author, in private everybody who was addressed.
[[nodiscard]] QString wordsFor(const Outgoing &outgoing, const ReplyTo &reply, const QString &visibility,
                               const Session &session);

/// Fields of the form that posts an answer.
[[nodiscard]] std::vector<std::pair<QString, QString>> formOf(const QString &words, const ReplyTo &reply,
                                                              const QString &visibility);

/// Refuses what cannot be sent before anything is.
[[nodiscard]] Result<void> checkOutgoing(const Outgoing &outgoing, const ReplyTo &reply, const QString &words,
                                         const Session &session);

/// What two texts have in common after a server has rendered one of them: letters, numbers and signs, without white
/// space, marks of formatting, and the hosts of mentions.
[[nodiscard]] QString essenceOf(const QString &text);

} // namespace indelible::channels::mastodon

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace indelible::channels::telegram {

// From the bytes of an answer to values. Every function here is pure. Field names: core.telegram.org/bots/api, version
// 10.3 of 2026-08-24.

/// Whose answers these are: decides direction and who is mentioned.
struct Self
{
    qint64 botId = 0;
    QString handle; ///< without '@'
};

/// RemoteItem::reply of a message.
struct ReplyTo
{
    qint64 chat = 0; ///< below 0 for groups
    qint64 message = 0;
    qint64 topic = 0; ///< 0 = none
};
[[nodiscard]] QJsonObject toJson(const ReplyTo &reply);
[[nodiscard]] ReplyTo replyFrom(const QJsonObject &object);

/// One page of what happened.
struct Updates
{
    std::vector<RemoteItem> items;
    std::optional<qint64> first; ///< lowest and highest number; nothing where the page is empty
    std::optional<qint64> last;
    int unreadable = 0; ///< messages that make no sense; everything else was read
};

/// A page whose frame is damaged fails as a whole with InvalidReply. A single message in it that makes no sense is
/// counted and left out: the service would give it out again and again, until all behind it is lost after a day.
[[nodiscard]] Result<Updates> parseUpdates(const QByteArray &bytes, const Self &self);

/// The message that was sent.
[[nodiscard]] Result<RemoteItem> parseSent(const QByteArray &bytes, const Self &self);

struct Bot
{
    qint64 id = 0;
    QString handle;
    QString name;
};
[[nodiscard]] Result<Bot> parseBot(const QByteArray &bytes);

} // namespace indelible::channels::telegram

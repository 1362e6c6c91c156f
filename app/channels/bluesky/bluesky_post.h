// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/domain/account.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QString>

namespace indelible::channels::bluesky {

/// 300 grapheme clusters and 3,000 bytes; both are enforced by the server (tried 2026-11-22).
[[nodiscard]] TextLimit postLimit();
/// 1,000 grapheme clusters and 10,000 bytes.
[[nodiscard]] TextLimit messageLimit();

/// What can be said about an answer before anything is sent. Rejected: nothing but white space, too long, or nothing
/// that it answers (this channel answers, it never begins a post).
[[nodiscard]] Result<void> checkOutgoing(const Outgoing &outgoing);

/// The whole record of a public answer. The same Outgoing and `dids` give the same bytes: everything that varies
/// (time, key) was fixed when the answer was queued. `dids` are those of mentionedHandles() that could be resolved.
[[nodiscard]] QJsonObject makePost(const Outgoing &outgoing, const QHash<QString, QString> &dids);

/// True where the record under our key is this answer: same words, time and parent. Facets may differ, since a handle
/// may have been resolved on one attempt and not on another.
[[nodiscard]] bool isSamePost(const QJsonObject &record, const Outgoing &outgoing);

/// The address that the answer has, or will have.
[[nodiscard]] QString postUri(const QString &did, const QByteArray &key);

/// Body of com.atproto.repo.putRecord that creates and never replaces: `swapRecord: null` makes the server refuse
/// where there is other content under the key, and do nothing where there is the same.
[[nodiscard]] QByteArray putBody(const QString &did, const QByteArray &key, const QJsonObject &record);

/// Body of chat.bsky.convo.sendMessage.
[[nodiscard]] QByteArray messageBody(const QString &convoId, const QString &text, const QHash<QString, QString> &dids);

/// The receipt of a public answer that is there under `uri` with content hash `cid`.
[[nodiscard]] Receipt postReceipt(const Outgoing &outgoing, const QString &uri, const QString &cid, const Author &us);

} // namespace indelible::channels::bluesky

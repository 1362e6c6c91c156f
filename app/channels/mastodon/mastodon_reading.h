// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mastodon/mastodon_client.h"

#include <QPointer>
#include <QString>

#include <optional>
#include <vector>

#include <QCoroTask>

namespace indelible::channels::mastodon {

/// An id as part of a path: ids are opaque and come from a server.
[[nodiscard]] QString inPath(const QString &id);

/// True where an error is about one part of the account, or one thread, and the others can still be read.
[[nodiscard]] bool concernsPartOnly(const Error &error);

/// Asks for our own statuses, newest first; `page` is the id of the last one that is known, empty = the newest.
[[nodiscard]] Call ownStatusesCall(const Self &self, const QString &page);

/// What a server says of itself, asked without a sign-in.
QCoro::Task<Result<Instance>> instanceAt(QPointer<MastodonClient> client, QUrl server);

/// The same statuses, with what those that were edited said before.
QCoro::Task<Result<std::vector<Status>>> withEarlierWords(QPointer<MastodonClient> client,
                                                          std::vector<Status> statuses);

/// One status as it is now; nothing = the server shows it no more.
QCoro::Task<Result<std::optional<Status>>> statusNow(QPointer<MastodonClient> client, Self self, QString id);

/// The whole thread around a status, as far as the own server knows it: what stands above, what stands below the
/// topmost, and the status itself. Where the thread is not shown, the status alone.
QCoro::Task<Result<std::vector<Status>>> threadAround(QPointer<MastodonClient> client, Self self, Status status);

} // namespace indelible::channels::mastodon

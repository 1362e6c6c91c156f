// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/channels/channel.h"
#include "app/domain/item.h"

#include <QJsonObject>
#include <QStringList>
#include <QTimeZone>

#include <optional>
#include <vector>

namespace indelible::channels::feeds {

/// What a feed has brought and the person wants to read together: held in the cursor, and so as safe as the cursor,
/// until it comes in all at once. Nothing of it is in the inbox or on the record before.
struct Digest
{
    std::optional<Instant> due; ///< when it comes in; none where the next document does
    QStringList brought;        ///< hashes of the items of the last document, which came in or are held
    std::vector<RemoteItem> held;
    std::vector<RemoteGone> gone;

    friend bool operator==(const Digest &, const Digest &) = default;
};

/// Seven in the morning by the person's clock, the next day or the next Monday; after `now`. AtOnce is an error of the
/// caller; a zone that is not valid is UTC. Pure.
[[nodiscard]] Instant nextDigest(Cadence cadence, Instant now, const QTimeZone &zone);

/// There is something held, and it is time; or nothing is to be held any more.
[[nodiscard]] bool isReady(const Digest &digest, Cadence cadence, Instant now);

/// What is held, to come in; the digest stays due, so that what the next visit finds comes in with it.
[[nodiscard]] Batch handOver(Digest &digest);

/// What a visit has found: lets it through behind what is held where the digest is due, else holds back what is new in
/// it. `wasRead` says that there was a document that differs from the one read last. A digest that grows beyond what a
/// cursor should carry (500 items and deletions, or a megabyte) comes in early. Pure.
void holdBack(Digest &digest, Batch &batch, bool wasRead, Cadence cadence, Instant now, const QTimeZone &zone);

/// When to look again, where the feed itself would be asked at `visit`: what is held does not wait for that.
[[nodiscard]] Instant lookAgain(const Digest &digest, Instant visit);

[[nodiscard]] QJsonObject writeDigest(const Digest &digest);
[[nodiscard]] Digest readDigest(const QJsonObject &object);

} // namespace indelible::channels::feeds

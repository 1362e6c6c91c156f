// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/practice/practice_server.h"
#include "tests/support/catch.h"

#include <QHash>

namespace indelible::test {

inline const channels::practice::World &carriedWorld()
{
    const auto &world = channels::practice::practiceWorld();
    REQUIRE(world.has_value());
    return *world;
}

/// What somebody who fetches has got: every version of every item in the order it came, and what has gone.
struct Collected
{
    QStringList versions; ///< "remoteId version"
    QStringList gone;

    void add(const channels::Batch &batch)
    {
        for (const RemoteItem &item : batch.items)
            versions.append(item.remoteId + u' ' + item.version);
        for (const RemoteGone &one : batch.gone)
            gone.append(one.remoteId);
    }
    friend bool operator==(const Collected &, const Collected &) = default;
};

inline channels::Outgoing answerTo(const RemoteItem &item, const QByteArray &key, const QString &text)
{
    channels::Outgoing outgoing;
    outgoing.key = key;
    outgoing.audience = item.audience;
    outgoing.threadId = item.threadId;
    outgoing.parentId = item.remoteId;
    outgoing.reply = item.reply;
    outgoing.text = text;
    return outgoing;
}

/// The item of the carried world with this id, as it was first said.
inline RemoteItem carriedItem(const QString &id)
{
    for (const auto &conversation : carriedWorld().conversations) {
        for (const auto &item : conversation.items) {
            if (item.item.remoteId == id)
                return item.item;
        }
    }
    FAIL("the practice world has no item " << id.toStdString());
    return {};
}

} // namespace indelible::test

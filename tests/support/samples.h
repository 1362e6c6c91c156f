// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/item.h"

namespace indelible::test {

/// An incoming public mention with everything that must be there.
[[nodiscard]] inline RemoteItem sampleItem(const QString &remoteId, const QString &threadId, const QString &text,
                                           Instant createdAt)
{
    RemoteItem item;
    item.remoteId = remoteId;
    item.version = QStringLiteral("v1");
    item.threadId = threadId;
    item.author = {QStringLiteral("did:ana"), QStringLiteral("ana.example"), QStringLiteral("Ana Duarte")};
    item.text = text;
    item.createdAt = createdAt;
    return item;
}

[[nodiscard]] inline RemoteItem ownItem(const QString &remoteId, const QString &threadId, const QString &text,
                                        Instant createdAt)
{
    RemoteItem item = sampleItem(remoteId, threadId, text, createdAt);
    item.direction = Direction::Outgoing;
    item.author = {QStringLiteral("did:shop"), QStringLiteral("shop.example"), QStringLiteral("The Shop")};
    return item;
}

[[nodiscard]] inline Account sampleAccount()
{
    Account account;
    account.channel = QStringLiteral("bluesky");
    account.network = QStringLiteral("bluesky");
    account.remoteId = QStringLiteral("did:shop");
    account.handle = QStringLiteral("shop.example");
    account.name = QStringLiteral("The Shop");
    return account;
}

} // namespace indelible::test

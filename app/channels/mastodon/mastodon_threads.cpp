// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_threads.h"

#include <QHash>

#include <tuple>

namespace indelible::channels::mastodon {

namespace {

using Places = QHash<QString, size_t>; ///< by id

/// The topmost status of the same audience above `from`. Parents that answer one another in a circle end somewhere.
size_t topOf(const std::vector<Status> &statuses, const Places &places, size_t from)
{
    size_t top = from;
    for (size_t steps = 0; steps < statuses.size(); ++steps) {
        const auto parent = places.constFind(statuses[top].inReplyToId);
        if (parent == places.cend() || statuses[*parent].item.audience != statuses[from].item.audience)
            break;
        top = *parent;
    }
    return top;
}

bool isEarlier(const RemoteItem &left, const RemoteItem &right)
{
    return std::tie(left.createdAt, left.remoteId) < std::tie(right.createdAt, right.remoteId);
}

} // namespace

void nameThreads(std::vector<Status> &statuses, const std::function<bool(const QString &uri)> &isKnown)
{
    Places places;
    for (size_t i = 0; i < statuses.size(); ++i)
        places.insert(statuses[i].id, i);
    std::vector<size_t> tops;
    QHash<size_t, size_t> named; // top -> the status that names its thread
    for (size_t i = 0; i < statuses.size(); ++i) {
        tops.push_back(topOf(statuses, places, i));
        if (!isKnown(statuses[i].item.remoteId))
            continue;
        const auto before = named.constFind(tops[i]);
        const bool isTop = before != named.cend() && *before == tops[i];
        if (before == named.cend() || i == tops[i] || (!isTop && isEarlier(statuses[i].item, statuses[*before].item)))
            named.insert(tops[i], i);
    }
    for (size_t i = 0; i < statuses.size(); ++i) {
        const auto parent = places.constFind(statuses[i].inReplyToId);
        statuses[i].item.parentId = parent != places.cend() ? statuses[*parent].item.remoteId : QString();
        statuses[i].item.threadId = statuses[named.value(tops[i], tops[i])].item.remoteId;
    }
}

} // namespace indelible::channels::mastodon

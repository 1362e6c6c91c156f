// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mastodon/mastodon_parser.h"

#include <QString>

#include <functional>
#include <vector>

namespace indelible::channels::mastodon {

/// Names parents and threads of statuses that came together, by their global addresses. A thread is what hangs together
/// for one audience: a private answer to a public post begins a thread of its own, so that nothing private is shown
/// among what is public. Its name is the address of its topmost status, unless `isKnown` says that a thread has the
/// name of a lower one already: what stands above it arrived later, and belongs to the same conversation. Pure.
void nameThreads(std::vector<Status> &statuses, const std::function<bool(const QString &uri)> &isKnown);

} // namespace indelible::channels::mastodon

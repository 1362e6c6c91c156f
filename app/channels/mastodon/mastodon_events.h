// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>

namespace indelible::channels::mastodon {

constexpr qsizetype kLongestLine = 1024 * 1024; ///< of what a server tells; its data are not even kept

/// Reads server-sent events (html.spec.whatwg.org, 9.2) as far as they say that a visit is worth while: the name of an
/// event counts, its data do not. Lines that begin with ':' only say that the server is there. Pure but for what it
/// remembers of the line that has begun.
class EventReader
{
public:
    /// How many events ended within these bytes. `update` is none: the home timeline of somebody who follows many says
    /// it every second, and no visit reads that. Names that nobody knows yet count. InvalidReply for a line without
    /// end.
    [[nodiscard]] Result<int> read(const QByteArray &bytes);

private:
    [[nodiscard]] int endLine();

    QByteArray m_line;      ///< its beginning
    qsizetype m_length = 0; ///< of the whole line so far
    QByteArray m_name;
    bool m_isEvent = false;     ///< something was said since the last event ended
    bool m_afterReturn = false; ///< a line ended with CR, whose LF may follow
};

} // namespace indelible::channels::mastodon

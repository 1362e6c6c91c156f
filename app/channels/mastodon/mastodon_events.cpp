// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_events.h"

#include "app/channels/json_reader.h"

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

constexpr qsizetype kKept = 100; ///< bytes of a line: more than any event's name

} // namespace

Result<int> EventReader::read(const QByteArray &bytes)
{
    int events = 0;
    for (const char byte : bytes) {
        const bool isRest = std::exchange(m_afterReturn, byte == '\r') && byte == '\n';
        if (isRest)
            continue;
        if (byte == '\n' || byte == '\r') {
            events += endLine();
            continue;
        }
        if (++m_length > kLongestLine)
            return invalidReply(u"a line of what it tells has no end"_s);
        if (m_line.size() < kKept)
            m_line.append(byte);
    }
    return events;
}

int EventReader::endLine()
{
    const QByteArray line = std::exchange(m_line, {});
    const bool isEmpty = std::exchange(m_length, 0) == 0;
    if (isEmpty) {
        const QByteArray name = std::exchange(m_name, {});
        return std::exchange(m_isEvent, false) && name != "update" ? 1 : 0;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = colon < 0 ? line : line.left(colon);
    if (field == "event")
        m_name = colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed();
    m_isEvent = m_isEvent || field == "event" || field == "data";
    return 0;
}

} // namespace indelible::channels::mastodon

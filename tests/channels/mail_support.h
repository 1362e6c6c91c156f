// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/mail_parser.h"

#include <QByteArray>

namespace indelible::test {

/// A mail of lines, as they go over the wire: `head` and `body` with '\n' only.
inline QByteArray mailBytes(const QByteArray &head, const QByteArray &body = "The handle came off.\n")
{
    return QByteArray(head + "\n" + body).replace("\n", "\r\n");
}

inline channels::mail::Mail readMail(const QByteArray &bytes, Direction direction = Direction::Incoming)
{
    return channels::mail::parseMail({bytes, false, fromMs(1'795'338'000'000), direction});
}

/// "From", "Message-ID", "Subject" and what else is given, each line with '\n'.
inline QByteArray head(const QByteArray &id, const QByteArray &more = {})
{
    return "From: Ana Lima <Ana@Far.example>\nTo: shop@quay.example\nMessage-ID: <" + id + ">\n" + more;
}

} // namespace indelible::test

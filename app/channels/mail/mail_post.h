// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/mail/mail_parser.h"

#include <QByteArray>
#include <QString>

namespace indelible::channels::mail {

/// The Message-ID, without brackets, under which an answer with this key goes out and can be found again.
[[nodiscard]] QString messageIdFor(const QByteArray &key, const QString &address);

/// Refuses what cannot be sent before anything is.
[[nodiscard]] Result<void> checkOutgoing(const Outgoing &outgoing, const ReplyTo &reply);

/// The mail that goes out: the same bytes for the same answer each time (RFC 5322; body UTF-8 as quoted-printable, so
/// that no line is too long for anybody). Lines end in CRLF. Pure.
[[nodiscard]] QByteArray messageOf(const Outgoing &outgoing, const ReplyTo &reply, const QString &address);

} // namespace indelible::channels::mail

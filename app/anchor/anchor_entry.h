// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/record/checkpoint.h"
#include "app/store/connection.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace indelible::anchor {

/// How a checkpoint left the computer.
enum class How {
    Text,   ///< as a text, for somebody to keep
    Page,   ///< as a page to print, with a QR code
    Mail,   ///< as the draft of an e-mail
    Rfc3161 ///< stamped by a time server, which answered with a receipt
};

/// English, as in the record: "text", "page", "mail", "rfc3161".
[[nodiscard]] QString toString(How how);
/// How its file's name ends: ".txt", ".html", ".eml", ".tsr".
[[nodiscard]] QString endingOf(How how);

/// What an ANCHOR entry says.
struct Anchor
{
    QByteArray note; ///< the checkpoint as it left
    QString to;      ///< whom or what it was given to, in the person's words, or the server's address
    How how = How::Text;
    QByteArray receipt; ///< of a time server: its whole answer (DER)
};

/// Body of ANCHOR: `checkpoint`, `to`, `how`, and `receipt` in base64 where there is one.
[[nodiscard]] QJsonObject bodyOf(const Anchor &anchor);

struct StoredAnchor
{
    qint64 entry = 0;
    Instant at{};
    Anchor anchor;
    std::optional<record::Checkpoint> checkpoint; ///< of the note; nothing where it is none
};
/// All of them, newest first. For a function given to Database.
[[nodiscard]] std::vector<StoredAnchor> readAnchors(store::Connection &connection);

} // namespace indelible::anchor

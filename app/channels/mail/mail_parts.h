// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

using GMimeObject = struct _GMimeObject; // NOLINT(bugprone-reserved-identifier): the name that GMime gave it

namespace indelible::channels::mail {

constexpr int kMostParts = 10'000;
constexpr int kDeepestPart = 100;
constexpr qsizetype kMostLetters = 1'000'000; ///< of the text of one mail, in UTF-16 units
constexpr size_t kMostMedia = 1'000;

/// What a mail says, without its packaging.
struct MailBody
{
    QString text;
    std::vector<TextLink> links; ///< only where the text was HTML
    std::vector<Media> media;    ///< attachments: their names, nothing of their content
    QString leftOut;             ///< one English sentence where something was; empty = all of it is here
};

/// Reads the parts of a mail: of alternatives the plain text, HTML only where there is none; whatever is no text, or
/// was attached, is named. Limits: the constants above. Pure; `root` may be null.
[[nodiscard]] MailBody readBody(GMimeObject *root);

/// The bytes of a part, unpacked; of a mail in the mail, the whole of it as it would lie in a mailbox. Empty for what
/// has none.
[[nodiscard]] QByteArray contentOf(GMimeObject *part);

/// The file that readBody() gives as `media[index]`, if it is there and still called so: its bytes as they were before
/// they were put into the mail; a mail in the mail with all of its parts. Pure; `root` may be null.
[[nodiscard]] std::optional<Attachment> readFile(GMimeObject *root, qsizetype index, const Media &media);

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/bubble.h"

#include <QCoreApplication>

namespace indelible::ui {

/// The words of bubbles, apart from how a bubble is put together. Pure.
struct BubbleWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::BubbleWords)
};

/// "Picture", "Video", "Link", "File".
[[nodiscard]] QString mediaKind(const QString &kind);

/// "Edited 10:21, both versions kept", or "…, hide earlier version" while it is shown.
[[nodiscard]] QString editedText(const QString &when, int versions, bool shown);

/// "Show quoted text", or "Hide …" while it is shown.
[[nodiscard]] QString quoteText(bool shown);

/// "edited once, earlier version kept".
[[nodiscard]] QString editedSpoken(int edits);

/// "Deleted by author 11:40, kept here".
[[nodiscard]] QString goneText(RemoteGone::Reason reason, const QString &when);

/// Name of a language that is not the reader's own; empty where it is, or is not known.
[[nodiscard]] QString foreignLanguage(const QString &tag, const QLocale &reader);

[[nodiscard]] QString eventText(const ConversationEvent &event);
[[nodiscard]] QString eventIcon(ConversationEvent::Kind kind);

/// The way to what is quoted below the words, or back.
[[nodiscard]] BubbleLine quoteLine(bool shown);

/// What came with an item, added to the lines; `savesFiles` = what has no address can be fetched.
void addMedia(Bubble &bubble, const std::vector<Media> &media, bool savesFiles);

/// State, reason and ways forward of an answer on its way, added to the footer. Returns the state in words.
QString addOutboxFooter(Bubble &bubble, const OutboxView &answer, const Here &here);

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/models/time_words.h"

#include <QMetaType>

#include <memory>

namespace indelible::ui {

/// One card in words: what the thread delegate paints. Made by the model; never changes once made.
struct ThreadCard
{
    ConversationRow row;
    quint64 stamp = 0;      ///< another number whenever anything of the card changed; key of layout caches
    QString name;           ///< safe to paint
    QString snippet;        ///< safe to paint, one paragraph
    QString kind;           ///< "Review", "Mention", "Message", "Comment"
    QString age;            ///< "25 min"
    Countdown countdown;    ///< of the reply goal, or the state of an answer on its way ("Sending", "Not sent")
    QString countdownIcon;  ///< icon of the pill; late has its own
    QString accessibleText; ///< the whole card as sentences
};

/// `stamp` is handed through.
[[nodiscard]] ThreadCard threadCard(const ConversationRow &row, const Here &here, quint64 stamp = 0);

} // namespace indelible::ui

Q_DECLARE_METATYPE(std::shared_ptr<const indelible::ui::ThreadCard>)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/conversation.h"

#include <QString>

#include <optional>

namespace indelible::ui {

/// What is being written: an answer that everybody sees, one that only the person sees, or a note that only the team
/// sees.
enum class WriteAs { Public, Private, Note };

/// How a text stands against a limit, in the number that is nearest to its end (a network may count characters and
/// bytes).
struct Meter
{
    qsizetype used = 0;
    qsizetype maximum = 0; ///< 0 = no limit known
    bool over = false;
    qsizetype fitsUntil = 0; ///< where the excess begins, in UTF-16 units; the text's length where there is none
    friend bool operator==(const Meter &, const Meter &) = default;
};
[[nodiscard]] Meter meter(const TextLimit &limit, const QString &text);

/// To whom, and what is possible there.
struct ComposerTarget
{
    ConversationId conversation;
    QString personName;
    QString network; ///< Network::id
    QString accountName;
    Audience audience = Audience::Public; ///< of the conversation
    Capabilities capabilities;
    QString answerOff; ///< why nothing can be sent here now (one sentence); empty = it can

    [[nodiscard]] bool allows(WriteAs as) const;
    /// What stands there at first: the conversation's own audience, else a note.
    [[nodiscard]] WriteAs usual() const;
    [[nodiscard]] TextLimit limit(WriteAs as) const;
};

/// The target of an opened conversation on an account. One answer a review where the network takes no more.
[[nodiscard]] ComposerTarget composerTarget(const ConversationView &view, const Account &account,
                                            const Capabilities &capabilities);

[[nodiscard]] WriteAs writeAsOf(const Draft &draft, const ComposerTarget &target);
[[nodiscard]] Draft draftOf(const QString &text, WriteAs as);

/// The answer of this conversation that has not left yet and can be taken back; the newest one.
[[nodiscard]] std::optional<OutboxView> pendingAnswer(const ConversationView &view);

/// Whole seconds until an answer leaves, 0 = it is due.
[[nodiscard]] int secondsLeft(const OutboxView &answer, Instant now);

/// "Sending privately in 7 s", "Waiting to be sent".
[[nodiscard]] QString pendingText(const OutboxView &answer, Instant now);

} // namespace indelible::ui

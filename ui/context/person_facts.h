// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "app/domain/conversation.h"
#include "ui/models/time_words.h"

#include <QString>

#include <optional>
#include <vector>

namespace indelible::ui {

/// One line of what is known: "Wrote", "3 times". Facts, never a score.
struct Fact
{
    QString label;
    QString value;
    std::optional<int> stars; ///< in place of the value
    friend bool operator==(const Fact &, const Fact &) = default;
};

/// What this conversation tells about the person. Numbers that would need items which are not loaded are left out.
[[nodiscard]] std::vector<Fact> personFacts(const ConversationView &view, const Here &here);

/// One step of the story, newest first: what happened, when, in a few words.
struct TimelineStep
{
    QString what;
    QString when;
    QString words;
    bool theirs = false;
    friend bool operator==(const TimelineStep &, const TimelineStep &) = default;
};

/// The newest `limit` steps of a conversation.
[[nodiscard]] std::vector<TimelineStep> timelineSteps(const ConversationView &view, const Here &here, int limit);

/// The newest `limit` steps of a case: who wrote or answered where.
[[nodiscard]] std::vector<TimelineStep> caseSteps(const Case &matter, const Here &here, int limit);

} // namespace indelible::ui

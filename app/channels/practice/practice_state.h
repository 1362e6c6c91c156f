// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace indelible::channels::practice {

/// An answer of ours that the practice network has taken.
struct Answer
{
    QByteArray key;
    QString conversation;
    QString parent;
    QString text;
    Instant at;
    int reaction = -1;  ///< index of the world's reaction to it; negative = the person leaves it at that
    Instant reactionAt; ///< when they react; only with a reaction

    friend bool operator==(const Answer &, const Answer &) = default;
};

/// What the practice network remembers: everything else follows from the world. A value; any thread.
struct State
{
    Instant epoch;               ///< the moment that the world's times are relative to
    QStringList journal;         ///< every event the network has shown, in the order it came to be; only ever grows
    std::vector<Answer> answers; ///< in the order they were sent

    friend bool operator==(const State &, const State &) = default;
};

/// Where a workspace keeps its practice network's side.
[[nodiscard]] QString statePath(const QString &dataFolder);

/// Nothing where the network has not started yet. Errors: Damaged (not a whole state; nothing was touched),
/// NewerSchema, Storage. Each says what is safe and what to do.
[[nodiscard]] Result<std::optional<State>> loadState(const QString &path);

/// Replaces the file in one step: after an error, or a crash, the old one is still there. Errors: Storage.
[[nodiscard]] Result<void> saveState(const QString &path, const State &state);

} // namespace indelible::channels::practice

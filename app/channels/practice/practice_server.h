// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/channels/practice/practice_state.h"
#include "app/channels/practice/practice_world.h"

#include <optional>

namespace indelible::channels::practice {

/// The practice network's side of the wire, as plain functions of the world, its state and the present moment: no file,
/// no clock, no thread. The journal in the state is the network's own order of events; cursors are places in it, so
/// that nothing is lost or repeated when the clock jumps or a newer program knows more of the world.

/// What a practice account can do on the network it plays. Sources of the numbers: README.md of this folder.
[[nodiscard]] Capabilities capabilitiesOn(const QString &network);

/// Writes everything that has happened by `now` into the journal. True where something was added.
bool advance(const World &world, State &state, Instant now);

/// At most `limit` (1 or more) events of one network after the cursor. A cursor of another start of the network, or
/// none, begins at the beginning: ingest folds what it knows already.
[[nodiscard]] Batch page(const World &world, const State &state, const QString &network, const Cursor &cursor,
                         int limit);

/// One conversation as it is now. `gone` names only items that the asker knows. Errors: NotFound.
[[nodiscard]] Result<Batch> thread(const World &world, const State &state, const QString &network,
                                   const ThreadRef &ref);

/// Takes an answer and plans what the person does then. The same key again gives the same receipt and changes nothing.
/// Errors, all provably without effect: NotFound (no such conversation or item, or it was deleted), Rejected (no key,
/// empty, too long, wrong audience), Conflict (the key holds another answer; a review that has its one answer).
[[nodiscard]] Result<Receipt> answer(const World &world, State &state, const QString &network, const Outgoing &outgoing,
                                     Instant now);

/// The answer that was sent under exactly this key; nothing = it is certainly not there.
[[nodiscard]] std::optional<Receipt> findAnswer(const World &world, const State &state, const QString &network,
                                                const QByteArray &key);

} // namespace indelible::channels::practice

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/seal/seal_service.h"
#include "ui/models/time_words.h"

#include <QString>

namespace indelible::ui {

// Words about what a law wants erased. Pure.

/// What a reason is called; a code that is none stays as it is.
[[nodiscard]] QString sealReasonText(const QString &code);

/// What would go: "12 entries lose their words. It is 9 messages with all their versions and 3 notes. Received …"
[[nodiscard]] QString planText(const seal::Plan &plan, const Here &here);

[[nodiscard]] QString sealStageText(seal::SealService::Stage stage);

/// The sentence after it.
[[nodiscard]] QString sealedSentence(const seal::SealReport &report);

/// What still holds the words for a while.
[[nodiscard]] QString backupsText(const Here &here);

} // namespace indelible::ui

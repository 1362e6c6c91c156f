// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_entry.h"

#include <QString>

namespace indelible::ui {

// Words for the forms in which a checkpoint leaves. Pure.

struct WordsWithHelp
{
    QString words; ///< with a mnemonic
    QString help;  ///< a second line, or an example
};

/// "Text file", "Page to print", "E-mail draft", "Time stamp".
[[nodiscard]] QString formWords(anchor::How form);

/// As a choice, and what it is for.
[[nodiscard]] WordsWithHelp askedForm(anchor::How form);

/// What is asked for besides: who keeps it, or the server's address.
[[nodiscard]] WordsWithHelp askedKeeper(anchor::How form);

} // namespace indelible::ui

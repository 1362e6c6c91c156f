// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <QCoroTask>

namespace indelible::cli {

/// True where the arguments (without the program's name) are a command that opens no window.
[[nodiscard]] bool isCommand(const QStringList &arguments);

/// Runs a command on the present event loop and gives its exit code. Nothing needs a display.
[[nodiscard]] QCoro::Task<int> execute(QStringList arguments);

/// All commands with one line each.
[[nodiscard]] QString helpText();

/// Where workspaces live unless --workspace says otherwise: the user's data folder.
[[nodiscard]] QString defaultWorkspace(bool practice);

} // namespace indelible::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QSize>
#include <QString>

#include <QCoroTask>

namespace indelible::session {
class Session;
}

namespace indelible::ui {

class MainWindow;
class Theme;

struct Picture
{
    QString area; ///< "inbox", "settings" or "first-run"
    QString file; ///< PNG
    QSize size{1440, 900};
};

/// Shows the area in a window of its own, waits until it has painted what it has to show, and saves it as PNG.
/// Errors: Usage (no such area), Storage (the file).
[[nodiscard]] QCoro::Task<Result<void>> takePicture(session::Session &session, Theme &theme, Picture picture);

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/log.h"
#include "app/base/result.h"

#include <QPointer>

#include <exception>

#include <QCoroTask>

namespace indelible {

/// Starts a task that nobody awaits. A failure or an exception is logged under `what` instead of disappearing, which
/// is what QCoro 0.8 does with it otherwise. The task itself must cope with its owner's end: after every co_await a
/// member coroutine tests its QPointer or CancellationToken before it touches `this`.
inline void spawn(QCoro::Task<Result<void>> task, const char *what)
{
    task.then(
        [what](const Result<void> &result) {
            if (!result && result.error().kind != ErrorKind::Cancelled)
                qCWarning(lcSession, "%s failed: %s", what, qPrintable(result.error().detail));
        },
        [what](const std::exception &exception) { qCCritical(lcSession, "%s threw: %s", what, exception.what()); });
}

inline void spawn(QCoro::Task<void> task, const char *what)
{
    task.then(
        [] {},
        [what](const std::exception &exception) { qCCritical(lcSession, "%s threw: %s", what, exception.what()); });
}

} // namespace indelible

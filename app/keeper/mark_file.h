// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace indelible::keeper {

/// The high-water mark of a record in a file outside the workspace: whoever brings an old copy of the workspace back
/// does not bring this back with it. Holds the newest signed checkpoint, nothing secret. Any thread.
class MarkFile
{
public:
    /// `folder` is made when the first mark is written; `logId` names the file.
    MarkFile(const QString &folder, const QByteArray &logId);

    /// Nothing where there is none or it cannot be read: that is a record without a mark, and said as such.
    [[nodiscard]] std::optional<QByteArray> read() const;
    /// Appears whole or not at all. Errors: Storage, DiskFull.
    [[nodiscard]] Result<void> write(const QByteArray &note) const;

    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
};

/// The user's folder for such marks: $XDG_STATE_HOME/indelible/marks, else ~/.local/state/indelible/marks (XDG Base
/// Directory Specification), which is not what people back up or carry along with a workspace.
[[nodiscard]] QString defaultMarkFolder();

} // namespace indelible::keeper

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/practice_folder.h"

#include "app/base/clock.h"
#include "app/session/session.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace indelible::cli {

Result<void> removePracticeWorkspace(const QString &folder)
{
    if (!QFile::exists(folder + u"/indelible.sqlite"_s))
        return {};
    {
        const SystemClock clock;
        session::SessionOptions options;
        options.folder = folder;
        options.clock = &clock;
        const Result<std::unique_ptr<session::Session>> session = session::Session::open(options);
        if (!session)
            return failure(session.error());
        if (!(*session)->isPractice())
            return failure(ErrorKind::Rejected,
                           u"The folder %1 holds a real workspace, not practice. Nothing was changed."_s.arg(folder));
    }
    for (const QLatin1StringView name :
         {"indelible.sqlite"_L1, "indelible.sqlite-wal"_L1, "indelible.sqlite-shm"_L1, "practice-network.json"_L1}) {
        const QString path = folder + u'/' + name;
        if (QFile::exists(path) && !QFile::remove(path))
            return failure(
                ErrorKind::Storage,
                u"The file %1 could not be removed. The practice inbox may need its folder removed by hand."_s.arg(
                    path));
    }
    return {};
}

} // namespace indelible::cli

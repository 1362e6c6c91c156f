// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/output_file.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace indelible {

Result<void> requireReplaceable(const QString &fileName, const QString &ending)
{
    if (QFileInfo::exists(fileName) && !fileName.endsWith(ending, Qt::CaseInsensitive))
        return failure(
            ErrorKind::Rejected,
            u"There is a file %1 already, and it is no %2 file. Nothing was changed; choose a name that ends in %2."_s
                .arg(fileName, ending));
    return {};
}

} // namespace indelible

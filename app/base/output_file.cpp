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

Result<OutputFile> openOutput(const QString &fileName)
{
    auto file = std::make_shared<QSaveFile>(fileName);
    return file->open(QIODevice::WriteOnly) ? Result<OutputFile>(file) : failure(notWritten(*file));
}

Error notWritten(const QSaveFile &file)
{
    Error error;
    error.kind = file.error() == QFileDevice::ResourceError ? ErrorKind::DiskFull : ErrorKind::Storage;
    error.detail =
        u"The file %1 could not be written (%2). Nothing was lost and no half file was left; choose another place."_s
            .arg(file.fileName(), file.errorString());
    return error;
}

} // namespace indelible

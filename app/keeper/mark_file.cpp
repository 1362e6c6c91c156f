// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/mark_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace indelible::keeper {

namespace {

constexpr qint64 kMostBytes = 64 * 1024;

} // namespace

MarkFile::MarkFile(const QString &folder, const QByteArray &logId)
    : m_path(folder + u'/' + QString::fromLatin1(logId.toHex()) + u".checkpoint"_s)
{
}

std::optional<QByteArray> MarkFile::read() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMostBytes)
        return std::nullopt;
    return file.readAll();
}

Result<void> MarkFile::write(const QByteArray &note) const
{
    QSaveFile file(m_path);
    const bool done = QDir().mkpath(QFileInfo(m_path).path()) && file.open(QIODevice::WriteOnly) &&
                      file.write(note) == note.size() && file.commit();
    if (done)
        return {};
    const ErrorKind kind = file.error() == QFileDevice::ResourceError ? ErrorKind::DiskFull : ErrorKind::Storage;
    return failure(
        kind,
        u"The mark outside the workspace could not be written (%1: %2). The record itself is safe; make room or check the folder's permissions."_s
            .arg(m_path, file.errorString()));
}

QString defaultMarkFolder()
{
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const QString base = QDir::isAbsolutePath(state) ? state : QDir::homePath() + u"/.local/state"_s;
    return base + u"/indelible/marks"_s;
}

} // namespace indelible::keeper

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/seal/erasure_list.h"

#include "app/record/log.h"
#include "app/record/merkle.h"
#include "app/seal/seal.h"
#include "app/store/copy.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <map>

using namespace Qt::StringLiterals;

namespace indelible::seal {

namespace {

constexpr QByteArrayView kFormat("indelible-erasures/1");
constexpr qsizetype kHashBytes = 32;

std::optional<QByteArray> bytesFrom(const QByteArray &hex, qsizetype size)
{
    const QByteArray bytes = QByteArray::fromHex(hex);
    return bytes.size() == size && bytes.toHex() == hex ? std::optional(bytes) : std::nullopt;
}

bool takeHeader(const QList<QByteArray> &words, ErasureList &list)
{
    if (words.size() != 3 || words.at(0) != kFormat)
        return false;
    const auto logId = bytesFrom(words.at(1), record::kIdBytes);
    const auto key = bytesFrom(words.at(2), kHashBytes);
    list.logId = logId.value_or(QByteArray());
    list.key = key.value_or(QByteArray());
    return logId && key;
}

bool takeLine(const QList<QByteArray> &words, ErasureList &list)
{
    const std::optional<QByteArray> hash = words.size() < 2 ? std::nullopt : bytesFrom(words.at(1), kHashBytes);
    if (hash && words.size() == 2 && words.at(0) == "out") {
        list.marks.append(*hash);
        return true;
    }
    if (!hash || words.size() != 4 || words.at(0) != "seal")
        return false;
    const QString reason = QString::fromLatin1(words.at(2));
    const std::optional<Instant> at = fromRfc3339(QString::fromLatin1(words.at(3)));
    if (!at || !reasonCodes().contains(reason))
        return false;
    list.leaves.insert(*hash, reason);
    if (list.times.isEmpty() || list.times.last() != *at)
        list.times.append(*at);
    return true;
}

QByteArray headerOf(const ErasureList &list)
{
    return kFormat.toByteArray() + ' ' + list.logId.toHex() + ' ' + list.key.toHex() + '\n';
}

QByteArray linesOf(const ErasureList &list)
{
    QByteArray lines;
    for (auto leaf = list.leaves.begin(); leaf != list.leaves.end(); ++leaf)
        lines += "seal " + leaf.key().toHex() + ' ' + leaf.value().toLatin1() + ' ' +
                 toRfc3339(list.times.isEmpty() ? Instant() : list.times.last()).toLatin1() + '\n';
    for (const QByteArray &mark : list.marks)
        lines += "out " + mark.toHex() + '\n';
    return lines;
}

Error notWritten(const QFile &file)
{
    return failure(
               file.error() == QFileDevice::ResourceError ? ErrorKind::DiskFull : ErrorKind::Storage,
               u"The list %1, by which backups are kept from bringing back what is sealed, could not be written (%2). Nothing was sealed; make room or check its permissions."_s
                   .arg(file.fileName(), file.errorString()))
        .value();
}

Error unreadable(const QString &file)
{
    return failure(
               ErrorKind::Damaged,
               u"The list %1 of what was sealed cannot be understood, and without it sealed words could come back. Nothing was changed; put back a whole copy of the list."_s
                   .arg(file))
        .value();
}

/// A line that was broken off goes, so that the next one begins at its place.
bool cutBrokenLine(QFile &file)
{
    const QByteArray all = file.readAll();
    return all.isEmpty() || all.endsWith('\n') || file.resize(all.lastIndexOf('\n') + 1);
}

} // namespace

QString erasureListIn(const QString &backups)
{
    return backups + u"/erasures.list"_s;
}

QByteArray erasureBytes(const ErasureList &list)
{
    return headerOf(list) + linesOf(list);
}

Result<ErasureList> erasuresFrom(const QByteArray &bytes)
{
    QList<QByteArray> lines = bytes.split('\n');
    lines.removeLast(); // behind the last line feed: nothing, or what was broken off
    ErasureList list;
    bool understood = !lines.isEmpty() && takeHeader(lines.takeFirst().split(' '), list);
    for (qsizetype i = 0; understood && i < lines.size(); ++i)
        understood = takeLine(lines.at(i).split(' '), list);
    return understood ? Result<ErasureList>(list) : failure(ErrorKind::Damaged, u"It is no list of erasures."_s);
}

Result<std::optional<ErasureList>> readErasureList(const QString &fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return std::optional<ErasureList>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(unreadable(fileName));
    const QByteArray bytes = file.readAll();
    if (!bytes.contains('\n'))
        return std::optional<ErasureList>();
    const Result<ErasureList> list = erasuresFrom(bytes);
    return list ? Result<std::optional<ErasureList>>(*list) : failure(unreadable(fileName));
}

Result<void> appendErasures(const QString &fileName, const ErasureList &list)
{
    const Result<std::optional<ErasureList>> there = readErasureList(fileName);
    if (!there)
        return failure(there.error());
    if (*there && ((*there)->logId != list.logId || (*there)->key != list.key))
        return failure(
            ErrorKind::Conflict,
            u"The list %1 belongs to another workspace. Nothing was sealed; move it and that workspace's backups elsewhere."_s
                .arg(fileName));
    QDir().mkpath(QFileInfo(fileName).absolutePath());
    QFile file(fileName);
    if (!file.open(QIODevice::ReadWrite) || !cutBrokenLine(file) || !file.seek(file.size()))
        return failure(notWritten(file));
    ErasureList more = list;
    if (*there) {
        const QSet<QByteArray> known((*there)->marks.begin(), (*there)->marks.end());
        more.marks.removeIf([&known](const QByteArray &mark) { return known.contains(mark); });
    }
    const QByteArray bytes = *there ? linesOf(more) : erasureBytes(more);
    if (file.write(bytes) != bytes.size() || !file.flush())
        return failure(notWritten(file));
    file.close();
    return store::syncToDisk(fileName);
}

Result<void> adoptErasures(const QString &file, const ErasureList &other)
{
    const Result<std::optional<ErasureList>> there = readErasureList(file);
    if (!there)
        return failure(there.error());
    ErasureList more = other;
    if (*there) {
        for (auto leaf = (*there)->leaves.begin(); leaf != (*there)->leaves.end(); ++leaf)
            more.leaves.remove(leaf.key());
    }
    return *there && more.leaves.isEmpty() ? Result<void>() : appendErasures(file, more);
}

ErasureList erasuresOf(store::Connection &connection, const QList<qint64> &entries, const QString &reason, Instant now)
{
    ErasureList list;
    list.logId = record::readHead(connection).logId;
    list.key = store::keepOutKey(connection);
    for (const qint64 idx : entries) {
        if (const std::optional<QByteArray> entry = store::readRecordEntry(connection, idx))
            list.leaves.insert(record::leafHash(*entry), reason);
    }
    list.marks = store::keptOut(connection);
    list.times = {now};
    return list;
}

int repeatSeals(store::Connection &connection, const Clock &clock, quint32 member, const ErasureList &list)
{
    if (list.logId != record::readHead(connection).logId)
        return 0;
    store::setKeepOutKey(connection, list.key);
    for (const QByteArray &mark : list.marks)
        store::keepOut(connection, mark);
    std::map<QString, QList<qint64>> entries;
    store::forEachRecordRow(connection, [&](const store::RecordRow &row) {
        const auto leaf = row.body ? list.leaves.constFind(record::leafHash(row.entry)) : list.leaves.constEnd();
        if (leaf != list.leaves.constEnd())
            entries[*leaf].append(row.idx);
        return true;
    });
    int sealed = 0;
    for (const auto &[reason, numbers] : entries) {
        (void)sealEntries(connection, clock, member, numbers, reason);
        sealed += static_cast<int>(numbers.size());
    }
    return sealed;
}

} // namespace indelible::seal

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_files.h"

#include "app/seal/erasure_list.h"

#include <QDateTime>
#include <QDir>
#include <QSet>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace indelible::backup {

namespace {

constexpr QLatin1StringView kDaily("indelible-");
constexpr QLatin1StringView kEnding(".sqlite");

/// RFC 3339 without the colons, which not every file system takes.
QString stamp(Instant at)
{
    return toRfc3339(at).left(19).replace(u':', u'-') + u'Z';
}

QDate dayOf(const QString &name)
{
    return toDateTime(*madeAt(name)).date();
}

int weekOf(const QString &name)
{
    int year = 0;
    const int week = dayOf(name).weekNumber(&year);
    return year * 100 + week;
}

/// The newest of each of the first `most` groups; `names` newest first.
template<typename Group>
QSet<QString> newestOfEach(const QStringList &names, int most, Group groupOf)
{
    QSet<decltype(groupOf(QString()))> seen;
    QSet<QString> kept;
    for (const QString &name : names) {
        const auto group = groupOf(name);
        if (seen.contains(group) || seen.size() == most)
            continue;
        seen.insert(group);
        kept.insert(name);
    }
    return kept;
}

} // namespace

QString backupFolder(const QString &workspace)
{
    return workspace + u"/backups"_s;
}

QString dailyName(Instant at)
{
    return kDaily + stamp(at) + kEnding;
}

QString beforeMigrationName(int schema, Instant at)
{
    return u"before-schema-%1-%2"_s.arg(QString::number(schema), stamp(at)) + kEnding;
}

std::optional<Instant> madeAt(const QString &name)
{
    if (!name.startsWith(kDaily) || !name.endsWith(kEnding))
        return std::nullopt;
    QString at = name.mid(kDaily.size(), name.size() - kDaily.size() - kEnding.size());
    if (at.size() != 20)
        return std::nullopt;
    at[13] = u':';
    at[16] = u':';
    const std::optional<Instant> made = fromRfc3339(at);
    return made && dailyName(*made) == name ? made : std::nullopt;
}

std::optional<Instant> newestDaily(const QStringList &names)
{
    std::optional<Instant> newest;
    for (const QString &name : names) {
        if (const std::optional<Instant> made = madeAt(name))
            newest = std::max(newest.value_or(*made), *made);
    }
    return newest;
}

bool isUnfinished(const QString &name)
{
    const qsizetype behind = name.size() - kUnfinished.size();
    return behind > 0 && QStringView(name).mid(behind).startsWith(kUnfinished.chopped(6)) && madeAt(name.left(behind));
}

bool isDailyDue(const QStringList &names, Instant now)
{
    const QDate today = toDateTime(now).date();
    return std::ranges::none_of(names, [today](const QString &name) { return madeAt(name) && dayOf(name) == today; });
}

QStringList dailyToRemove(QStringList names, Instant now)
{
    names.removeIf([now](const QString &name) { return !madeAt(name) || *madeAt(name) > now; });
    std::ranges::sort(names, std::greater());
    const QSet<QString> kept = newestOfEach(names, kDaysKept, &dayOf) | newestOfEach(names, kWeeksKept, &weekOf);
    names.removeIf([&kept](const QString &name) { return kept.contains(name); });
    return names;
}

QStringList dailyOutlived(QStringList names, const QList<Instant> &seals, Instant now)
{
    names.removeIf([&](const QString &name) {
        const std::optional<Instant> made = madeAt(name);
        return !made || std::ranges::none_of(seals, [&](Instant sealed) {
            return *made <= sealed && now - sealed >= seal::kKeptAfterSeal;
        });
    });
    return names;
}

QStringList copiesNeverRemoved(const QString &workspace)
{
    QStringList files;
    const QDir top(workspace);
    for (const QString &name : top.entryList({u"replaced-*.sqlite"_s}, QDir::Files))
        files.append(top.filePath(name));
    const QDir backups(backupFolder(workspace));
    for (const QString &name : backups.entryList({u"*.sqlite"_s}, QDir::Files)) {
        if (!madeAt(name))
            files.append(backups.filePath(name));
    }
    return files;
}

} // namespace indelible::backup

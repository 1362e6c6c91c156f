// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backup/backup_files.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::backup;
using namespace std::chrono_literals;

namespace {

const Instant kLater = *fromRfc3339(u"2099-12-31T00:00:00Z"_s);

Instant at(const QString &text)
{
    return *fromRfc3339(text);
}

/// One a day, as the program makes them, with the old ones removed each time.
QStringList afterDays(int days, Instant first)
{
    QStringList names;
    for (int day = 0; day < days; ++day) {
        names.append(dailyName(first + day * 24h));
        for (const QString &name : dailyToRemove(names, kLater))
            names.removeAll(name);
    }
    return names;
}

} // namespace

TEST_CASE("a backup's name says when it was made, and only such a name does")
{
    const Instant noon = at(u"2026-11-22T12:00:05Z"_s);
    CHECK(dailyName(noon) == u"indelible-2026-11-22T12-00-05Z.sqlite"_s);
    CHECK(madeAt(dailyName(noon)) == noon);
    for (const QString &name : {u"indelible.sqlite"_s, u"indelible-2026-11-22.sqlite"_s, u"indelible-.sqlite"_s,
                                u"indelible-2026-13-40T99-00-05Z.sqlite"_s, u"my copy.sqlite"_s,
                                u"indelible-2026-11-22T12-00-05Z.sqlite.part"_s, beforeMigrationName(2, noon)}) {
        INFO(name.toStdString());
        CHECK_FALSE(madeAt(name));
    }
}

TEST_CASE("a backup is due once a day")
{
    const Instant noon = at(u"2026-11-22T12:00:00Z"_s);
    CHECK(isDailyDue({}, noon));
    CHECK(isDailyDue({u"my copy.sqlite"_s, beforeMigrationName(1, noon)}, noon));
    CHECK_FALSE(isDailyDue({dailyName(noon - 11h)}, noon));
    CHECK(isDailyDue({dailyName(noon - 13h)}, noon));
    CHECK(newestDaily({dailyName(noon - 13h), dailyName(noon - 1h), dailyName(noon - 3h)}) == noon - 1h);
    CHECK_FALSE(newestDaily({u"my copy.sqlite"_s}));
}

TEST_CASE("seven daily and four weekly backups are kept, and after a year there are no more")
{
    // 2026-11-22 is a Sunday; the weeks are those of the last day and the three before.
    const QStringList names = afterDays(365, at(u"2026-11-22T08:00:00Z"_s) - 364 * 24h);
    QStringList expected;
    for (const char *day : {"11-22", "11-21", "11-20", "11-19", "11-18", "11-17", "11-16", "11-15", "11-08", "11-01"})
        expected.append(u"indelible-2026-%1T08-00-00Z.sqlite"_s.arg(QLatin1StringView(day)));
    std::ranges::sort(expected);
    CHECK(names == expected);
}

TEST_CASE("what is kept does not depend on how long the computer was off, and several of one day count once")
{
    QStringList names;
    for (const char *day : {"2026-01-05", "2026-02-05", "2026-03-05", "2026-11-20"})
        names.append(dailyName(at(QLatin1StringView(day) + u"T10:00:00Z"_s)));
    CHECK(dailyToRemove(names, kLater).isEmpty());
    names.append(dailyName(at(u"2026-11-20T18:00:00Z"_s)));
    CHECK(dailyToRemove(names, kLater) == QStringList{dailyName(at(u"2026-11-20T10:00:00Z"_s))});
}

TEST_CASE("whatever lies in the folder, the newest backup is kept, foreign files too, and at most eleven of ours")
{
    const quint32 seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 500; ++round) {
        QStringList names{u"letter.txt"_s, beforeMigrationName(2, at(u"2020-01-01T00:00:00Z"_s))};
        for (auto left = random() % 60; left > 0; --left)
            names.append(dailyName(at(u"2026-11-22T00:00:00Z"_s) - std::chrono::minutes(random() % 200'000)));
        std::shuffle(names.begin(), names.end(), random);
        const std::optional<Instant> newest = newestDaily(names);
        const QStringList removed = dailyToRemove(names, kLater);
        QStringList rest = names;
        rest.removeIf([&removed](const QString &name) { return removed.contains(name); });
        CHECK(newestDaily(rest) == newest);
        CHECK(rest.contains(u"letter.txt"_s));
        CHECK(rest.size() <= 2 + kDaysKept + kWeeksKept);
        CHECK(dailyToRemove(rest, kLater).isEmpty());
    }
}

TEST_CASE("backups that were made under a wrong clock neither go nor make true ones go")
{
    QStringList names;
    for (int day = 0; day < 20; ++day)
        names.append(dailyName(at(u"2099-01-01T10:00:00Z"_s) + day * 24h));
    const Instant now = at(u"2026-11-22T10:00:00Z"_s);
    names.append(dailyName(now));
    CHECK(dailyToRemove(names, now).isEmpty());
}

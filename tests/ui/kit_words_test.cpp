// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/kit_samples.h"
#include "ui/models/time_words.h"
#include "ui/models/word_diff.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace indelible;
using namespace indelible::ui;
using Kind = DiffPart::Kind;

namespace {

Here british()
{
    return {test::sampleNow(), QLocale(QLocale::English, QLocale::UnitedKingdom), QTimeZone::utc()};
}

QString joined(const std::vector<DiffPart> &parts, Kind without)
{
    QString text;
    for (const DiffPart &part : parts)
        if (part.kind != without)
            text += part.text;
    return text;
}

} // namespace

TEST_CASE("an age is said in minutes, hours, a weekday, then a date")
{
    const Here here = british();
    CHECK(ageText(here.now - 25min, here) == u"25 min"_s);
    CHECK(ageText(here.now - 59min - 59s, here) == u"59 min"_s);
    CHECK(ageText(here.now - 3h - 20min, here) == u"3 h"_s);
    CHECK(ageText(here.now - 48h, here) == u"Mon"_s);
    CHECK(ageText(here.now - 12 * 24h, here) == u"3 Oct"_s);
    CHECK(ageText(here.now - 400 * 24h, here) == u"10 Sept 2024"_s);
    CHECK(ageText(here.now + 5h, here) == u"now"_s);
    CHECK(spokenAge(here.now - 1h, here) == u"1 hour ago"_s);
    CHECK(spokenAge(here.now - 25min, here) == u"25 minutes ago"_s);
    CHECK(spokenAge(here.now - 48h, here) == u"on Monday"_s);
    CHECK(spokenAge(here.now - 12 * 24h, here) == u"on 3 October"_s);
}

TEST_CASE("times and days follow the reader's locale and zone")
{
    const Here here = british();
    const Here american{here.now, QLocale(QLocale::English, QLocale::UnitedStates), QTimeZone::utc()};
    const Here german{here.now, QLocale(QLocale::German, QLocale::Germany), QTimeZone("Europe/Berlin")};
    CHECK(clockText(test::sampleTime(u"09:58"_s), here) == u"09:58"_s);
    CHECK(clockText(test::sampleTime(u"09:58"_s), german) == u"11:58"_s);
    CHECK(dayTitle(here.now, here) == u"Today"_s);
    CHECK(dayTitle(here.now - 48h, here) == u"Monday 13 October"_s);
    CHECK(dayTitle(here.now - 48h, american) == u"Monday, October 13"_s);
    CHECK(dayTitle(here.now - 48h, german) == u"Montag 13 Oktober"_s);
    CHECK(ageText(here.now - 12 * 24h, american) == u"Oct 3"_s);
    CHECK(momentText(here.now - 48h, here) == u"13 Oct, 14:32"_s);
    // Half past eleven in the evening in London is the next day in Berlin.
    CHECK(dayTitle(test::sampleTime(u"22:30"_s, 1), german) == u"Today"_s);
}

TEST_CASE("a countdown is calm, then soon with a third left, then late")
{
    const Instant now = test::sampleNow();
    CHECK(countdown(std::nullopt, now, now) == Countdown{});
    CHECK(countdown(now + 95min, now - 25min, now).text == u"1 h 35"_s);
    CHECK(countdown(now + 95min, now - 25min, now).urgency == Urgency::Calm);
    CHECK(countdown(now + 41min, now - 79min, now).urgency == Urgency::Calm);
    CHECK(countdown(now + 40min, now - 80min, now).urgency == Urgency::Soon);
    CHECK(countdown(now + 40min, now - 80min, now).text == u"40 min left"_s);
    CHECK(countdown(now + 40min, now - 80min, now).spoken == u"Reply due in 40 minutes."_s);
    CHECK(countdown(now + 10s, now - 2h, now).text == u"1 min left"_s);
    CHECK(countdown(now - 12min, now - 132min, now).text == u"Late 12 min"_s);
    CHECK(countdown(now - 12min, now - 132min, now).urgency == Urgency::Late);
    CHECK(countdown(now - 132min, now - 252min, now).text == u"Late 2 h 12"_s);
    CHECK(countdown(now - 73h, now - 75h, now).text == u"Late 3 d"_s);
}

TEST_CASE("a word diff names the words that were taken away and those that came")
{
    const auto parts =
        wordDiff(u"I rang three times. Worst bakery in town."_s, u"I rang three times. Forty guests saw it."_s);
    REQUIRE(parts.size() == 3);
    CHECK(parts[0] == DiffPart{Kind::Same, u"I rang three times. "_s});
    CHECK(parts[1] == DiffPart{Kind::Removed, u"Worst bakery in town."_s});
    CHECK(parts[2] == DiffPart{Kind::Added, u"Forty guests saw it."_s});
}

TEST_CASE("both versions can be put together again from a word diff")
{
    const std::vector<std::pair<QString, QString>> texts{
        {u""_s, u""_s},
        {u""_s, u"all new"_s},
        {u"all gone"_s, u""_s},
        {u"same"_s, u"same"_s},
        {u"a b c d e"_s, u"a x c e f"_s},
        {u"  spaces  kept \n here"_s, u"  spaces kept\nhere  "_s},
        {u"カルダモンロールが絶品でした"_s, u"カルダモンロールが最高でした"_s},
        {u"one two two three"_s, u"two one three two"_s},
        {u"وصلت الكعكة"_s, u"وصلت الكعكة اليوم"_s},
    };
    for (const auto &[before, after] : texts) {
        const auto parts = wordDiff(before, after);
        CAPTURE(before.toStdString(), after.toStdString());
        CHECK(joined(parts, Kind::Added) == before);
        CHECK(joined(parts, Kind::Removed) == after);
    }
    CHECK(wordDiff(u"絶品でした"_s, u"最高でした"_s).back() == DiffPart{Kind::Same, u"でした"_s});
}

TEST_CASE("a hostile edit of a hundred thousand words is compared without a noticeable wait")
{
    QString before;
    QString after;
    for (int i = 0; i < 100'000; ++i) {
        before += u"a%1 "_s.arg(i);
        after += u"b%1 "_s.arg(i);
    }
    QElapsedTimer timer;
    timer.start();
    const auto parts = wordDiff(before, after);
    CHECK(timer.elapsed() < 2000);
    CHECK(joined(parts, Kind::Added) == before);
    CHECK(joined(parts, Kind::Removed) == after);
}

TEST_CASE("a diff is shortened to a few words round each change")
{
    const auto parts = shortened(wordDiff(u"one two three four five six seven eight nine ten"_s,
                                          u"one two three four five SIX seven eight nine ten"_s),
                                 2);
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].text == u"…four five "_s);
    CHECK(parts[1].text == u"six"_s);
    CHECK(parts[2].text == u"SIX"_s);
    CHECK(parts[3].text == u" seven eight…"_s);
    const auto same = wordDiff(u"nothing changed"_s, u"nothing changed"_s);
    CHECK(shortened(same, 1) == same);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/account.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("text is counted as each network counts it")
{
    const QString family = QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F467");
    CHECK(lengthIn(TextUnit::Graphemes, family) == 1);
    CHECK(lengthIn(TextUnit::CodePoints, family) == 5);
    CHECK(lengthIn(TextUnit::Utf16Units, family) == 8);
    CHECK(lengthIn(TextUnit::Utf8Bytes, family) == 18);
}

TEST_CASE("a limit with a second number in bytes holds both")
{
    const TextLimit bluesky{300, TextUnit::Graphemes, 3000};
    CHECK(fits(bluesky, QString(300, u'a')));
    CHECK_FALSE(fits(bluesky, QString(301, u'a')));
    const QString family = QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466");
    CHECK(fits(bluesky, family.repeated(120)));
    CHECK_FALSE(fits(bluesky, family.repeated(300)));
}

TEST_CASE("no limit means that everything fits")
{
    CHECK(fits(TextLimit{}, QString(100'000, u'a')));
}

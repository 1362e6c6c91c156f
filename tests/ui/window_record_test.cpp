// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "ui/main_window/record_notice.h"

using namespace indelible;
using namespace Qt::StringLiterals;
using record::Standing;

TEST_CASE("a record that is whole and signed needs no words; every other standing says what is so and what still works")
{
    CHECK_FALSE(ui::recordBanner(Standing::Open));
    QStringList titles;
    for (const Standing standing : {Standing::Unanchored, Standing::Unsigned, Standing::RolledBack, Standing::Forked,
                                    Standing::Damaged}) {
        const auto banner = ui::recordBanner(standing);
        REQUIRE(banner);
        CHECK_FALSE(banner->strong.isEmpty());
        CHECK_FALSE(banner->text.isEmpty());
        CHECK((banner->tone == ui::Tone::Danger) == record::isHalted(standing));
        CHECK(banner->text.contains(u"nothing is fetched or sent"_s) == record::isHalted(standing));
        titles.append(banner->strong);
    }
    CHECK(titles.removeDuplicates() == 0);
}

TEST_CASE("the status line calls a record unbroken only where it was compared and fits")
{
    CHECK(ui::recordStateText(Standing::Open) == u"Record unbroken"_s);
    CHECK(ui::recordStateText(Standing::Unsigned) == u"Record"_s);
    for (const Standing standing : {Standing::RolledBack, Standing::Forked, Standing::Damaged})
        CHECK(ui::recordStateText(standing) == u"Record broken"_s);
}

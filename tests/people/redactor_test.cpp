// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people/redactor.h"

#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("somebody else's name goes however it is written, and what is no name of theirs stays")
{
    people::Redactor redactor;
    for (const QString &name :
         {u"Bob Miller"_s, u"bob.example"_s, u"did:plc:b0b"_s, u"田中"_s, u"🌸🌷"_s, u"Ana"_s, u"Özgür"_s})
        redactor.hide(name);
    for (const QString &name : {u"Ana"_s, u"Ana Bob Miller Ltd"_s, u"shop.example"_s})
        redactor.keep(name);
    const auto check = [&redactor](const QString &text, const QString &wanted) {
        INFO(text.toStdString());
        CHECK(redactor.redacted(text).toStdString() == wanted.toStdString());
    };
    check(u"Ask Bob Miller, or bob  MILLER."_s, u"Ask [somebody else], or [somebody else]."_s);
    check(u"bob.example is @bob.example: did:plc:b0b"_s, u"[somebody else] is [somebody else]: [somebody else]"_s);
    check(u"昨日田中さんが"_s, u"昨日[somebody else]さんが"_s);
    check(u"Thanks 🌸🌷!"_s, u"Thanks [somebody else]!"_s);
    check(u"özgür and OZGUR"_s, u"[somebody else] and OZGUR"_s);
    check(u"I am Ana, of Ana Bob Miller Ltd"_s, u"I am Ana, of Ana Bob Miller Ltd"_s);
    check(u"@shop.example @Ana thanks"_s, u"@shop.example @Ana thanks"_s);
    check(u"as @carol@social.example. said, and @dave_x-1"_s, u"as [somebody else]. said, and [somebody else]"_s);
    check(u"write to me@home.example at 5 @ noon"_s, u"write to me@home.example at 5 @ noon"_s);
    check(u"Bobby Millers boat"_s, u"Bobby Millers boat"_s);
    check(QString(), QString());
}

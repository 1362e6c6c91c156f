// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/text.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("lone surrogates become the replacement character, pairs stay")
{
    const QString pair = QString::fromUcs4(U"\U0001F600");
    CHECK(wellFormed(pair) == pair);
    const QString lone = u"a"_s + pair.left(1) + u"b"_s;
    CHECK(wellFormed(lone) == u"a\uFFFDb"_s);
    CHECK(wellFormed(pair.right(1)) == u"\uFFFD"_s);
}

TEST_CASE("characters are counted as people see them")
{
    CHECK(graphemeCount(QString()) == 0);
    CHECK(graphemeCount(u"abc"_s) == 3);
    // A family of four, a flag, a letter with 3,000 accents, and a Windows line end: one each.
    CHECK(graphemeCount(QString::fromUcs4(U"\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466")) == 1);
    CHECK(graphemeCount(QString::fromUcs4(U"\U0001F1F5\U0001F1F9")) == 1);
    CHECK(graphemeCount(u"e"_s + QString(3000, QChar(0x301))) == 1);
    CHECK(graphemeCount(u"\r\n"_s) == 1);
}

TEST_CASE("a snippet is one line and keeps whole characters")
{
    CHECK(snippetOf(u"  cold\n\nsoup \t again"_s, 100) == u"cold soup again"_s);
    CHECK(snippetOf(u"abcdef"_s, 3) == u"abc\u2026"_s);
    CHECK(snippetOf(u"abc"_s, 3) == u"abc"_s);
}

TEST_CASE("text to be painted has no towers of accents and no hidden direction changes")
{
    const QString tower = u"e"_s + QString(3000, QChar(0x301)) + u"x"_s;
    CHECK(displayText(tower).size() == 6);
    CHECK(displayText(u"safe\u202Egpj.exe"_s) == u"safe\uFFFDgpj.exe"_s);
    CHECK(displayText(u"two\nlines"_s) == u"two\nlines"_s);
}

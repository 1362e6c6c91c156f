// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/file_name.h"
#include "tests/support/catch.h"

#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;

TEST_CASE("a name from outside becomes the name of a file in the folder that the person chose")
{
    const std::pair<QString, QString> names[] = {
        {u"bill 1042.pdf"_s, u"bill 1042.pdf"_s},
        {u"Rechnung für Müller.pdf"_s, u"Rechnung für Müller.pdf"_s},
        {u"فاتورة.pdf"_s, u"فاتورة.pdf"_s},
        {QString::fromUcs4(U"\U0001F382.jpg"), QString::fromUcs4(U"\U0001F382.jpg")},
        {u"../../etc/passwd"_s, u"passwd"_s},
        {u"C:\\Windows\\system32\\cmd.exe"_s, u"cmd.exe"_s},
        {u"/"_s, u"attachment"_s},
        {u".."_s, u"attachment"_s},
        {QString(), u"attachment"_s},
        {u".bashrc"_s, u"bashrc"_s},
        {u"  ..a.exe. . "_s, u"a.exe"_s},
        {u"-rf"_s, u"_rf"_s},
        {u"a\nb\tc.txt"_s, u"a b c.txt"_s},
        {u"a\0b.txt"_s, u"ab.txt"_s},
        {u"invoice\u202Efdp.exe"_s, u"invoicefdp.exe"_s},
        {u"a\u200B.\u2060exe"_s, u"a.exe"_s},
        {u"a\u2028b"_s, u"a b"_s},
        {QString(u"a"_s) + QChar(0xD800) + u".txt"_s, u"a.txt"_s},
        {u"who? <me>|\"a\":*.txt"_s, u"who_ _me___a___.txt"_s},
        {u"con"_s, u"_con"_s},
        {u"NUL.tar.gz"_s, u"_NUL.tar.gz"_s},
        {u"com1.txt"_s, u"_com1.txt"_s},
        {u"comet.txt"_s, u"comet.txt"_s},
    };
    for (const auto &[name, safe] : names) {
        INFO(name.toStdString());
        CHECK(safeFileName(name).toStdString() == safe.toStdString());
    }
}

TEST_CASE("a long name keeps its ending, and whole letters")
{
    CHECK(safeFileName(QString(5'000, u'x') + u".pdf"_s) == QString(236, u'x') + u".pdf"_s);
    const QString flags = QString::fromUcs4(U"\U0001F1F5\U0001F1F9").repeated(100);
    const QString safe = safeFileName(flags + u".exe"_s);
    CHECK(safe.endsWith(".exe"_L1));
    CHECK(safe.chopped(4).size() % 4 == 0);
    CHECK(safe.toUtf8().size() <= kMostFileNameBytes);
    CHECK(safeFileName(u"a."_s + QString(5'000, u'x')).toUtf8().size() <= kMostFileNameBytes);
}

TEST_CASE("whatever a name is made of, it names a visible file in one folder")
{
    const quint32 seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const QString letters = u"a.. -/\\:*?\"<>|\n\u202E\u200Bcon\u00E4"_s + QChar(0) + QChar(0xD83C) + QChar(0xDF82);
    for (int round = 0; round < 5'000; ++round) {
        QString name;
        for (auto i = random() % 400; i > 0; --i)
            name += letters.at(static_cast<qsizetype>(random()) % letters.size());
        const QString safe = safeFileName(name);
        INFO(name.toStdString());
        REQUIRE_FALSE(safe.isEmpty());
        REQUIRE(safe.toUtf8().size() <= kMostFileNameBytes);
        REQUIRE_FALSE(
            (safe.contains(u'/') || safe.contains(u'\\') || safe.contains(QChar(0)) || safe.contains(u'\u202E')));
        REQUIRE_FALSE((safe.startsWith(u'.') || safe.endsWith(u'.') || safe.startsWith(u'-') || safe.endsWith(u' ')));
        REQUIRE(safe.isValidUtf16());
        REQUIRE(safeFileName(safe) == safe);
    }
}

TEST_CASE("programs are known by what their name really ends in")
{
    for (const QString &name :
         {u"setup.exe"_s, u"bill.pdf.EXE"_s, u"bill.js"_s, u"a.scr "_s, u"a.exe."_s, u"page.html"_s, u"macro.docm"_s,
          u"gpj\u202E.exe"_s, u"a.ex\u200Be"_s, u"x/y.lnk"_s, u"image.svg"_s})
        CHECK(mayRunCode(name));
    for (const QString &name :
         {u"bill.pdf"_s, u"exe"_s, u"cake.jpg"_s, u"a.txt"_s, u"table.ods"_s, u"list.csv"_s, QString()})
        CHECK_FALSE(mayRunCode(name));
}

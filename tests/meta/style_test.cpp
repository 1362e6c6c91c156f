// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/meta/style_rules.h"
#include "tests/support/catch.h"

using namespace Qt::StringLiterals;
using namespace indelible::test;

namespace {

const QString kLicence = u"// SPDX-License-Identifier: GPL-3.0-or-later\n"_s;

QStringList faultsIn(const QString &path, const QString &code)
{
    return styleFaults({path, kLicence + code});
}

} // namespace

TEST_CASE("every C++ file keeps the rules of style")
{
    const auto files = sourceFiles({u"app"_s, u"ui"_s, u"tests"_s, u"packaging"_s}, {u".h"_s, u".cpp"_s});
    CHECK(files.size() > 10);
    QStringList faults;
    for (const SourceFile &file : files)
        faults += styleFaults(file);
    INFO(faults.join(u'\n').toStdString());
    CHECK(faults.isEmpty());
}

TEST_CASE("every script names its licence")
{
    auto files = sourceFiles({u"tests"_s, u"packaging"_s}, {u".sh"_s, u".mjs"_s, u".py"_s});
    for (const QString &command : {u"run"_s, u"test"_s}) {
        const auto found = sourceFiles({u"packaging"_s}, {command});
        CHECK(found.size() == 1);
        files.insert(files.end(), found.begin(), found.end());
    }
    for (const SourceFile &file : files) {
        INFO(file.path.toStdString());
        CHECK(namesLicence(file));
    }
}

TEST_CASE("the rules of style find what they forbid")
{
    CHECK(styleFaults({u"app/base/a.cpp"_s, u"int a;\n"_s}).size() == 1);
    CHECK(faultsIn(u"app/base/CamelCase.cpp"_s, {}).size() == 1);
    CHECK(faultsIn(u"app/base/kebab-case.cpp"_s, {}).size() == 1);
    CHECK(faultsIn(u"app/base/long.cpp"_s, QString(600, u'\n')).size() == 1);
    CHECK(faultsIn(u"app/base/a.h"_s, u"int a;\n"_s).size() == 1);
    CHECK(faultsIn(u"app/base/a.cpp"_s, u"// TO"_s + u"DO later\n"_s).size() == 1);
    CHECK(faultsIn(u"app/store/a.cpp"_s, u"query(\"DELETE FROM item WHERE id = ?\");\n"_s).size() == 1);
    CHECK(faultsIn(u"app/store/a.cpp"_s, u"R\"(DELETE\n FROM record_entry)\";\n"_s).size() == 1);
    CHECK(faultsIn(u"app/store/a.cpp"_s, u"\"INSERT OR REPLACE INTO items\";\n"_s).size() == 1);
    CHECK(faultsIn(u"app/channels/a.cpp"_s, u"call(u\"com.atproto.repo.deleteRecord\");\n"_s).size() == 1);
    CHECK(faultsIn(u"app/net/a.cpp"_s, u"reply->ignoreSslErrors();\n"_s).size() == 1);
    CHECK(faultsIn(u"app/secrets/a.cpp"_s, u"job->setInsecureFallback( true );\n"_s).size() == 1);
    CHECK(faultsIn(u"ui/inbox/a.cpp"_s, u"QDesktopServices::openUrl(url);\n"_s).size() == 1);
    CHECK(faultsIn(u"app/inbox/a.cpp"_s, u"u\"SELECT id FROM item\";\n"_s).size() == 1);
    CHECK(faultsIn(u"app/cases/a.cpp"_s, u"future\n    .then(this, [](int) {});\n"_s).size() == 1);
    CHECK(faultsIn(u"app/cases/a.cpp"_s, u"future.unwrap();\n"_s).size() == 1);
    CHECK(faultsIn(u"app/inbox/a.cpp"_s, u"\"UPDATE item SET a = 1\";\n"_s).size() == 1);
    CHECK(faultsIn(u"ui/inbox/a.cpp"_s, u"\"INSERT OR IGNORE INTO draft\";\n"_s).size() == 1);
}

TEST_CASE("the rules of style allow what is right")
{
    CHECK(faultsIn(u"app/base/a.h"_s, u"#pragma once\n"_s).isEmpty());
    CHECK(faultsIn(u"app/base/a.cpp"_s, QString(599, u'\n')).isEmpty());
    CHECK(faultsIn(u"app/store/a.cpp"_s, u"\"DELETE FROM draft WHERE id = ?\"; \"SELECT a FROM item\";\n"_s).isEmpty());
    CHECK(faultsIn(u"app/cases/a.cpp"_s, u"task.then([a, b](int) {}); task.then(\n    [a, b] {});\n"_s).isEmpty());
    CHECK(faultsIn(u"app/inbox/a.cpp"_s, u"// never DELETE FROM item, nor SELECT a FROM b\n/* UPDATE a SET b */\n"_s)
              .isEmpty());
    CHECK(faultsIn(u"ui/widgets/open_external.cpp"_s, u"QDesktopServices::openUrl(url);\n"_s).isEmpty());
    CHECK(faultsIn(u"app/secrets/a.cpp"_s, u"job->setInsecureFallback(false);\n"_s).isEmpty());
    CHECK(faultsIn(u"tests/store/a.cpp"_s, u"\"DELETE FROM item\";\n"_s).isEmpty());
}

TEST_CASE("comments are told from strings")
{
    CHECK(withoutComments(u"a /* b\nc */ d"_s) == u"a  \n d"_s);
    CHECK(withoutComments(u"u\"https://x\"; // y\n"_s) == u"u\"https://x\";  \n"_s);
    CHECK(withoutComments(u"u'\"'; // \"\nint i;"_s) == u"u'\"';  \nint i;"_s);
    CHECK(withoutComments(u"R\"x(\" // stay)x\"; // go"_s) == u"R\"x(\" // stay)x\";  "_s);
}

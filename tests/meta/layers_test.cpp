// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/meta/layer_rules.h"
#include "tests/support/catch.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace indelible::test;

namespace {

QStringList faultsOf(const QString &path, const QString &text)
{
    return layerFaults({path, text});
}

} // namespace

TEST_CASE("every include follows the table of layers")
{
    QStringList faults;
    for (const SourceFile &file : sourceFiles({u"app"_s, u"ui"_s}, {u".h"_s, u".cpp"_s}))
        faults += layerFaults(file);
    INFO(faults.join(u'\n').toStdString());
    CHECK(faults.isEmpty());
}

TEST_CASE("every dependency in CMake follows the table of layers")
{
    QStringList faults;
    for (const SourceFile &file : sourceFiles({u"app"_s, u"ui"_s}, {u"CMakeLists.txt"_s}))
        faults += buildFaults(file);
    INFO(faults.join(u'\n').toStdString());
    CHECK(faults.isEmpty());
}

TEST_CASE("the table of layers has no cycle")
{
    // Taking away, again and again, the layers that need none of the rest must leave nothing.
    auto rest = allowedLayers();
    for (bool progress = true; progress;) {
        progress = false;
        for (const QString &layer : rest.keys()) {
            const QStringList needs = rest.value(layer);
            if (std::ranges::none_of(needs, [&rest](const QString &need) { return rest.contains(need); })) {
                rest.remove(layer);
                progress = true;
            }
        }
    }
    CHECK(rest.keys().join(u' ').toStdString().empty());
}

TEST_CASE("the rules of layers find what they forbid")
{
    CHECK(faultsOf(u"app/domain/a.cpp"_s, u"#include \"app/store/database.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"app/channels/bluesky/a.cpp"_s, u"#include \"app/record/log.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"app/channels/bluesky/a.cpp"_s, u"#include \"app/inbox/goal.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"app/session/a.cpp"_s, u"#include \"ui/main_window.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"app/cli/a.cpp"_s, u"  #  include <QtWidgets/QWidget>\n"_s).size() == 1);
    CHECK(faultsOf(u"app/base/a.h"_s, u"#include <QtGui/QImage>\n"_s).size() == 1);
    CHECK(faultsOf(u"ui/models/a.cpp"_s, u"#include \"app/net/http_client.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"ui/models/a.cpp"_s, u"#include \"app/channels/registry.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"ui/models/a.cpp"_s, u"#include \"thread_model.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"ui/models/a.cpp"_s, u"#include \"tests/support/wait.h\"\n"_s).size() == 1);
    CHECK(faultsOf(u"app/telepathy/a.cpp"_s, QString()).size() == 1);
    CHECK(faultsOf(u"app/a.cpp"_s, QString()).size() == 1);
    CHECK(
        faultsOf(u"app/base/a.cpp"_s, u"\n\n#include \"ui/a.h\"\n"_s).constFirst().startsWith("app/base/a.cpp:3:"_L1));
    CHECK(
        buildFaults({u"app/channels/CMakeLists.txt"_s, u"indelible_library(channels\n DEPENDS base store\n LINK x)"_s})
            .size() == 1);
    CHECK(buildFaults({u"app/cli/CMakeLists.txt"_s, u"LINK Qt6::Widgets)"_s}).size() == 1);
}

TEST_CASE("the rules of layers allow what is right")
{
    CHECK(
        faultsOf(u"app/main.cpp"_s, u"#include \"ui/main_window.h\"\n#include <QtWidgets/QApplication>\n"_s).isEmpty());
    CHECK(faultsOf(u"ui/accounts/a.cpp"_s, u"#include \"app/channels/channel.h\"\n#include \"a.moc\"\n"_s).isEmpty());
    CHECK(faultsOf(u"app/sync/a.cpp"_s, u"#include \"app/outbox/outbox_service.h\"\n#include <QtCore/QString>\n"_s)
              .isEmpty());
    CHECK(buildFaults({u"app/sync/CMakeLists.txt"_s, u"indelible_library(sync DEPENDS base\n outbox)"_s}).isEmpty());
    CHECK(buildFaults({u"ui/CMakeLists.txt"_s, u"indelible_library(ui WIDGETS DEPENDS session\n LINK Qt6::Widgets)"_s})
              .isEmpty());
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/meta/layer_rules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

QString layerOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (path == "app/main.cpp"_L1 || path == "app/CMakeLists.txt"_L1)
        return u"main"_s;
    return parts.first() == "app"_L1 && parts.size() > 2 ? parts.at(1) : parts.first();
}

bool mayShowWindows(const QString &layer)
{
    return layer == "ui"_L1 || layer == "main"_L1;
}

bool mayInclude(const QString &layer, const QString &included)
{
    const QString target = layerOf(included);
    if (target == layer || allowedLayers().value(layer).contains(target))
        return true;
    // The form with which a person signs in is a value that the dialog fills; nothing else of a channel reaches ui.
    return layer == "ui"_L1 && included == "app/channels/channel.h"_L1;
}

QString faultOf(const QString &layer, const QString &included, bool quoted)
{
    static const QRegularExpression windows(uR"(^Qt(Gui|Widgets|Svg|SvgWidgets|PrintSupport|OpenGL)(/|$))"_s);
    if (!quoted) {
        if (windows.match(included).hasMatch() && !mayShowWindows(layer))
            return u"includes <%1>, but only ui and app/main.cpp may show windows"_s.arg(included);
        return {};
    }
    if (included.endsWith(".moc"_L1))
        return {};
    if (!included.startsWith("app/"_L1) && !included.startsWith("ui/"_L1))
        return u"includes \"%1\", which does not start at the root of the repository"_s.arg(included);
    if (!mayInclude(layer, included))
        return u"includes \"%1\", but layer %2 may not use layer %3"_s.arg(included, layer, layerOf(included));
    return {};
}

} // namespace

const QHash<QString, QStringList> &allowedLayers()
{
    const auto words = [](QStringView text) { return text.toString().split(u' ', Qt::SkipEmptyParts); };
    static const QHash<QString, QStringList> table{
        {u"base"_s, {}},
        {u"domain"_s, words(u"base")},
        {u"html"_s, words(u"base domain")},
        {u"store"_s, words(u"base domain")},
        {u"record"_s, words(u"base domain store")},
        {u"inbox"_s, words(u"base domain store record")},
        {u"secrets"_s, words(u"base")},
        {u"keeper"_s, words(u"base domain store record secrets")},
        {u"net"_s, words(u"base")},
        {u"channels"_s, words(u"base domain html secrets net")},
        {u"outbox"_s, words(u"base domain store record inbox channels")},
        {u"seal"_s, words(u"base domain store record inbox")},
        {u"backup"_s, words(u"base domain store record seal keeper outbox")},
        {u"rebuild"_s, words(u"base domain store record inbox outbox")},
        {u"sync"_s, words(u"base domain store record inbox channels outbox")},
        {u"cases"_s, words(u"base domain store record")},
        {u"exchange"_s, words(u"base domain store record")},
        {u"anchor"_s, words(u"base domain store record keeper net")},
        {u"bundle"_s, words(u"base domain store record keeper exchange")},
        {u"coverage"_s, words(u"base domain store record")},
        {u"people"_s, words(u"base domain store record seal exchange bundle")},
        {u"session"_s,
         words(u"base domain store record inbox secrets keeper seal backup net channels outbox sync cases exchange "
               u"coverage anchor bundle people")},
        {u"cli"_s,
         words(u"base domain store record inbox secrets keeper seal backup rebuild channels outbox sync cases "
               u"coverage exchange anchor bundle people session")},
        {u"ui"_s,
         words(u"base domain record inbox keeper outbox sync cases coverage exchange anchor bundle seal session")},
        {u"main"_s, words(u"base domain record inbox outbox sync cases exchange session cli ui")},
    };
    return table;
}

QStringList layerFaults(const SourceFile &file)
{
    static const QRegularExpression include(uR"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"])"_s,
                                            QRegularExpression::MultilineOption);
    const QString layer = layerOf(file.path);
    if (!allowedLayers().contains(layer))
        return {u"%1: folder '%2' is no layer; give it a row in tests/meta/layer_rules.cpp"_s.arg(file.path, layer)};
    QStringList faults;
    for (auto matches = include.globalMatch(file.text); matches.hasNext();) {
        const auto match = matches.next();
        const QString fault = faultOf(layer, match.captured(2), match.captured(1) == u"\"");
        if (!fault.isEmpty())
            faults.append(u"%1:%2: %3"_s.arg(file.path).arg(lineAt(file.text, match.capturedStart(1))).arg(fault));
    }
    return faults;
}

QStringList buildFaults(const SourceFile &file)
{
    static const QRegularExpression depends(uR"(\bDEPENDS\b([^A-Z)]*))"_s);
    static const QRegularExpression windows(uR"(Qt6::(Gui|Widgets|Svg|SvgWidgets|PrintSupport|OpenGL)\b)"_s);
    static const QRegularExpression space(uR"(\s+)"_s);
    const QString layer = layerOf(file.path);
    QStringList faults;
    const QStringList named = depends.match(file.text).captured(1).split(space, Qt::SkipEmptyParts);
    for (const QString &dependency : named) {
        if (!allowedLayers().value(layer).contains(dependency))
            faults.append(u"%1: layer %2 may not depend on layer %3"_s.arg(file.path, layer, dependency));
    }
    if (const auto match = windows.match(file.text); match.hasMatch() && !mayShowWindows(layer))
        faults.append(
            u"%1: links %2, but only ui and app/main.cpp may show windows"_s.arg(file.path, match.captured()));
    return faults;
}

} // namespace indelible::test

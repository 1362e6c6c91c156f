// SPDX-License-Identifier: GPL-3.0-or-later
// One measure a process; packaging/bench runs them all and prints the table.
#include "packaging/benchmark/measures.h"

#include <QApplication>
#include <QHash>
#include <QJsonDocument>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace indelible;

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QStringList arguments = [&] {
        QStringList all;
        for (int i = 1; i < argc; ++i)
            all.append(QString::fromLocal8Bit(argv[i]));
        return all;
    }();
    const QString what = arguments.value(0);
    const QString place = arguments.value(1);
    const qint64 items = arguments.value(2).toLongLong();
    const QApplication application(argc, argv);
    const QHash<QString, std::function<QJsonObject()>> measures{
        {u"fill"_s, [&] { return bench::fill(place, items); }},
        {u"raw-fill"_s, [&] { return bench::rawFill(place, items); }},
        {u"search"_s, [&] { return bench::search(place); }},
        {u"verify"_s, [&] { return bench::verify(place); }},
        {u"hash"_s, [&] { return bench::hashSameBytes(place); }},
        {u"export"_s, [&] { return bench::exportItems(place); }},
        {u"empty-window"_s, [] { return bench::emptyWindow(); }},
        {u"start"_s, [&] { return bench::start(place); }},
        {u"switch"_s, [&] { return bench::switchConversations(place); }},
        {u"scroll"_s, [&] { return bench::scroll(place); }},
        {u"open-record"_s, [&] { return bench::openRecord(place); }},
        {u"record-proofs"_s, [&] { return bench::recordProofs(place); }},
        {u"record-append"_s, [&] { return bench::recordAppend(place); }},
        {u"raw-append"_s, [&] { return bench::rawAppend(place); }},
        {u"watch"_s, [&] { return bench::watch(place, static_cast<quint16>(items)); }},
    };
    if (!measures.contains(what))
        return 2;
    std::puts(QJsonDocument(measures.value(what)()).toJson(QJsonDocument::Compact).constData());
    return 0;
}

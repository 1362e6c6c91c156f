// SPDX-License-Identifier: GPL-3.0-or-later
// One measure a process; packaging/bench runs them all and prints the table.
#include "packaging/benchmark/measures.h"

#include <QApplication>
#include <QJsonDocument>

#include <cstdio>

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
    QJsonObject result;
    if (what == "fill"_L1)
        result = bench::fill(place, items);
    else if (what == "raw-fill"_L1)
        result = bench::rawFill(place, items);
    else if (what == "search"_L1)
        result = bench::search(place);
    else if (what == "verify"_L1)
        result = bench::verify(place);
    else if (what == "hash"_L1)
        result = bench::hashSameBytes(place);
    else if (what == "empty-window"_L1)
        result = bench::emptyWindow();
    else if (what == "start"_L1)
        result = bench::start(place);
    else if (what == "switch"_L1)
        result = bench::switchConversations(place);
    else if (what == "scroll"_L1)
        result = bench::scroll(place);
    else
        return 2;
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}

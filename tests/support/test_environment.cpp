// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_environment.h"

#include <QMutex>
#include <QMutexLocker>
#include <QStringList>
#include <QTemporaryDir>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

struct Allowed
{
    QString part;
    int count = 0;
};

QMutex mutex;
QStringList unexpected;
std::vector<Allowed> allowed;
QtMessageHandler previous = nullptr;

void onMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    // The offscreen platform warns of what no test looks at: raising windows, their size hints, grabbing the keyboard.
    const bool ofPlatform = message.startsWith("This plugin does not support"_L1);
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !ofPlatform) {
        const QMutexLocker lock(&mutex);
        for (Allowed &entry : allowed) {
            if (message.contains(entry.part)) {
                ++entry.count;
                return;
            }
        }
        unexpected.append(message);
    }
    previous(type, context, message);
}

} // namespace

void prepareEnvironment()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("LC_ALL", "C.UTF-8");
    qputenv("TZ", "UTC");
    qputenv("QT_HASH_SEED", "0");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
    static QTemporaryDir home;
    qputenv("HOME", home.path().toLocal8Bit());
    qputenv("XDG_DATA_HOME", (home.path() + "/data"_L1).toLocal8Bit());
    qputenv("XDG_CONFIG_HOME", (home.path() + "/config"_L1).toLocal8Bit());
    qputenv("XDG_RUNTIME_DIR", home.path().toLocal8Bit());
    qputenv("XDG_CACHE_HOME", (home.path() + "/cache"_L1).toLocal8Bit());
}

void watchWarnings()
{
    previous = qInstallMessageHandler(&onMessage);
}

QStringList takeUnexpectedWarnings()
{
    const QMutexLocker lock(&mutex);
    return std::exchange(unexpected, {});
}

ExpectWarning::ExpectWarning(QString part)
    : m_part(std::move(part))
{
    const QMutexLocker lock(&mutex);
    allowed.push_back({m_part, 0});
}

ExpectWarning::~ExpectWarning()
{
    const QMutexLocker lock(&mutex);
    const int count = allowed.back().count;
    allowed.pop_back();
    if (count == 0)
        unexpected.append(u"expected a warning with '%1', none came"_s.arg(m_part));
}

} // namespace indelible::test

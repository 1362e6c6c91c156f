// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectivity.h"
#include "tests/support/catch.h"
#include "tests/support/wait.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QNetworkInformation>
#include <QSignalSpy>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace indelible;
using net::Connectivity;
using Reachability = QNetworkInformation::Reachability;
using test::waitUntil;

namespace {

constexpr uint kFull = 4; // NMConnectivityState
constexpr uint kNone = 1;
constexpr uint kConnectedGlobal = 70; // NMState
constexpr uint kDisconnected = 20;
constexpr uint kMeteredYes = 1; // NMMetered
constexpr uint kMeteredNo = 2;

/// What the system's NetworkManager shows of itself, as far as Qt asks. Lives on a thread of its own, since Qt waits
/// for its answers.
class Manager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint State READ state)
    Q_PROPERTY(uint Connectivity READ connectivity)
    Q_PROPERTY(uint Metered READ metered)
    Q_PROPERTY(QList<QDBusObjectPath> Devices READ devices)
    Q_PROPERTY(QDBusObjectPath PrimaryConnection READ primary)

public:
    [[nodiscard]] uint state() const { return m_connectivity == kNone ? kDisconnected : kConnectedGlobal; }
    [[nodiscard]] uint connectivity() const { return m_connectivity; }
    [[nodiscard]] uint metered() const { return m_metered; }
    [[nodiscard]] QList<QDBusObjectPath> devices() const { return {}; }
    [[nodiscard]] QDBusObjectPath primary() const { return QDBusObjectPath(u"/"_s); }

    void say(uint connectivity, uint metered)
    {
        m_connectivity = connectivity;
        m_metered = metered;
        QDBusMessage changed = QDBusMessage::createSignal(u"/org/freedesktop/NetworkManager"_s,
                                                          u"org.freedesktop.DBus.Properties"_s, u"PropertiesChanged"_s);
        const QVariantMap properties{{u"Connectivity"_s, connectivity}, {u"State"_s, state()}, {u"Metered"_s, metered}};
        changed << u"org.freedesktop.NetworkManager"_s << properties << QStringList();
        QDBusConnection(u"manager"_s).send(changed);
    }

private:
    std::atomic<uint> m_connectivity = kFull;
    std::atomic<uint> m_metered = kMeteredNo;
};

} // namespace

TEST_CASE("The system says when the connection comes back and whether it is metered")
{
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", qgetenv("DBUS_SESSION_BUS_ADDRESS"));
    QThread thread;
    thread.start();
    Manager manager;
    manager.moveToThread(&thread);
    QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SystemBus, u"manager"_s);
    REQUIRE(bus.registerObject(u"/org/freedesktop/NetworkManager"_s, &manager, QDBusConnection::ExportAllProperties));
    REQUIRE(bus.registerService(u"org.freedesktop.NetworkManager"_s));
    {
        const Connectivity connectivity;
        QSignalSpy came(&connectivity, &Connectivity::cameBack);
        QSignalSpy metered(&connectivity, &Connectivity::meteredChanged);
        CHECK_FALSE(connectivity.isMetered());
        manager.say(kNone, kMeteredNo);
        // One after the other: QtDBus (6.4) may turn round what arrives in the first moments of its connection.
        waitUntil([] { return QNetworkInformation::instance()->reachability() == Reachability::Disconnected; });
        manager.say(kFull, kMeteredNo);
        waitUntil([&] { return came.size() == 1; });
        manager.say(kFull, kMeteredYes);
        waitUntil([&] { return metered.size() == 1; });
        CHECK(metered.front().front().toBool());
        CHECK(connectivity.isMetered());
        CHECK(came.size() == 1);
    }
    thread.quit();
    thread.wait();
    QDBusConnection::disconnectFromBus(u"manager"_s);
}

#include "connectivity_test.moc"

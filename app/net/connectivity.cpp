// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/connectivity.h"

#include <QNetworkInformation>

#include <utility>

namespace indelible::net {

namespace {

using Feature = QNetworkInformation::Feature;
using Reachability = QNetworkInformation::Reachability;

bool isCutOff(Reachability reachability)
{
    return reachability == Reachability::Disconnected || reachability == Reachability::Local;
}

} // namespace

Connectivity::Connectivity(QObject *parent)
    : QObject(parent)
{
    if (!QNetworkInformation::loadBackendByFeatures(Feature::Reachability | Feature::Metered))
        return;
    const QNetworkInformation *system = QNetworkInformation::instance();
    m_isCutOff = isCutOff(system->reachability());
    connect(system, &QNetworkInformation::reachabilityChanged, this,
            [this](Reachability reachability) { note(isCutOff(reachability)); });
    connect(system, &QNetworkInformation::isMeteredChanged, this, &Connectivity::meteredChanged);
}

bool Connectivity::isMetered() const
{
    const QNetworkInformation *system = QNetworkInformation::instance();
    return system && system->isMetered();
}

void Connectivity::note(bool isCutOff)
{
    if (std::exchange(m_isCutOff, isCutOff) && !isCutOff)
        Q_EMIT cameBack();
}

} // namespace indelible::net

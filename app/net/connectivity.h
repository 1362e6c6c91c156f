// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace indelible::net {

/// What the system says of this computer's connection; only a hint, since it may be wrong (a VPN, a server on this
/// computer): requests are made all the same. Interface thread. Where the system says nothing (no NetworkManager),
/// nothing is ever emitted and the connection counts as not metered.
class Connectivity : public QObject
{
    Q_OBJECT
public:
    explicit Connectivity(QObject *parent = nullptr);

    /// Paid for by the amount.
    [[nodiscard]] bool isMetered() const;

Q_SIGNALS:
    /// The computer was cut off and is so no more.
    void cameBack();
    void meteredChanged(bool metered);

private:
    void note(bool isCutOff);

    bool m_isCutOff = false;
};

} // namespace indelible::net

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "app/net/operation.h"

#include <QHostAddress>
#include <QList>
#include <QTimer>

#include <chrono>

namespace indelible::net {

/// The addresses of a host, in the system's order of preference. Ends with Offline where there are none (no network and
/// no such name cannot be told apart), Timeout or Cancelled; nothing has been sent then.
class HostLookup final : public OperationFor<Result<QList<QHostAddress>>>
{
public:
    HostLookup(Operations &operations, const HttpPolicy &policy, const QString &host,
               std::chrono::milliseconds deadline);
    ~HostLookup() override;

    void cancel() override;

private:
    void onFound(const QList<QHostAddress> &addresses);
    void fail(ErrorKind kind, const QString &detail);

    QString m_host;
    int m_id = -1;
    QTimer m_deadline;
};

/// A pause that can be cancelled; true at its end.
class Wait final : public OperationFor<bool>
{
public:
    Wait(Operations &operations, const HttpPolicy &policy, std::chrono::milliseconds length);

    void cancel() override { end(false); }
};

} // namespace indelible::net

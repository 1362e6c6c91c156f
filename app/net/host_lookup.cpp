// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/host_lookup.h"

#include <QHostInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::net {

HostLookup::HostLookup(Operations &operations, const HttpPolicy &policy, const QString &host,
                       std::chrono::milliseconds deadline)
    : OperationFor(operations)
    , m_host(host)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail(ErrorKind::Timeout, u"The name %1 could not be looked up in time. Nothing was sent."_s.arg(m_host));
    });
    m_deadline.start(deadline);
    if (const QHostAddress literal(host); !literal.isNull()) {
        onFound({literal});
    } else if (policy.lookUp) {
        const QPointer<HostLookup> self(this);
        policy.lookUp(host, [self](const QList<QHostAddress> &addresses) {
            if (self)
                self->onFound(addresses);
        });
    } else {
        m_id = QHostInfo::lookupHost(host, this, [this](const QHostInfo &info) {
            m_id = -1;
            onFound(info.addresses());
        });
    }
}

HostLookup::~HostLookup()
{
    if (m_id >= 0)
        QHostInfo::abortHostLookup(m_id);
}

void HostLookup::cancel()
{
    fail(ErrorKind::Cancelled, u"The request to %1 was stopped. Nothing was sent."_s.arg(m_host));
}

void HostLookup::onFound(const QList<QHostAddress> &addresses)
{
    m_deadline.stop();
    if (addresses.isEmpty())
        fail(ErrorKind::Offline,
             u"There is no server named %1, or no network to ask for it. Nothing was sent."_s.arg(m_host));
    else
        end(addresses);
}

void HostLookup::fail(ErrorKind kind, const QString &detail)
{
    end(failure(Error{kind, detail, {}, {}, {}, true}));
}

Wait::Wait(Operations &operations, const HttpPolicy &policy, std::chrono::milliseconds length)
    : OperationFor(operations)
{
    if (policy.wait) {
        const QPointer<Wait> self(this);
        policy.wait(length, [self] {
            if (self)
                self->end(true);
        });
    } else {
        QTimer::singleShot(length, this, [this] { end(true); });
    }
}

} // namespace indelible::net

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QHostAddress>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace indelible::net {

/// What an address is good for. From the special-purpose registries of IANA (RFC 6890 and later, as of 2026-11).
enum class AddressKind {
    Public,
    Loopback,
    Private, ///< RFC 1918, the shared space of RFC 6598, site-local
    LinkLocal,
    UniqueLocal, ///< RFC 4193
    Multicast,
    Metadata, ///< where clouds hand their credentials to whoever asks
    Unspecified,
    Reserved, ///< documentation, benchmarks, broadcast and everything unassigned
};

/// An IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4) counts as that IPv4 address.
[[nodiscard]] AddressKind classify(const QHostAddress &address);

/// Scheme, host and port: what a server's trust is bound to (RFC 6454).
struct Origin
{
    QString scheme;
    QString host; ///< lower case, in ASCII
    int port = 0;

    friend bool operator==(const Origin &, const Origin &) = default;
};

[[nodiscard]] std::optional<Origin> originOf(const QUrl &url);

/// Which addresses may be talked to: https to the public internet, and what a person allowed by name. A value without
/// any input or output; used on the thread of HttpClient.
///
/// Errors: Rejected, for everything that is not allowed.
class AddressRules
{
public:
    /// Allows one origin to be at home: its address may be loopback, private, unique local or link-local. Plain http is
    /// taken only for hosts that may be loopback; checkAddress() then insists that they are.
    Result<void> allow(const QUrl &origin);

    [[nodiscard]] Result<void> checkUrl(const QUrl &url) const;
    [[nodiscard]] Result<void> checkAddress(const QUrl &url, const QHostAddress &address) const;
    /// A server on the internet must not send us to one at home, allowed or not: only the same origin, or from one
    /// allowed origin to another. The target passes checkUrl() and checkAddress() too.
    [[nodiscard]] Result<void> checkRedirect(const QUrl &from, const QUrl &to) const;

    [[nodiscard]] bool isAllowedAtHome(const QUrl &url) const;

private:
    std::vector<Origin> m_atHome;
};

} // namespace indelible::net

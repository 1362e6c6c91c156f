// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/address_rules.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace indelible::net {

namespace {

struct Range
{
    const char *address;
    int bits;
    AddressKind kind;
};

// The first match counts, so single addresses come before the ranges they are in.
constexpr std::array kV4{
    Range{"169.254.169.254", 32, AddressKind::Metadata}, // AWS, Azure, Google, DigitalOcean, OpenStack
    Range{"169.254.170.2", 32, AddressKind::Metadata},   // AWS container credentials
    Range{"100.100.100.200", 32, AddressKind::Metadata}, // Alibaba
    Range{"192.0.0.192", 32, AddressKind::Metadata},     // Oracle, older
    Range{"0.0.0.0", 8, AddressKind::Unspecified},       Range{"10.0.0.0", 8, AddressKind::Private},
    Range{"100.64.0.0", 10, AddressKind::Private},       Range{"127.0.0.0", 8, AddressKind::Loopback},
    Range{"169.254.0.0", 16, AddressKind::LinkLocal},    Range{"172.16.0.0", 12, AddressKind::Private},
    Range{"192.0.0.0", 24, AddressKind::Reserved},       Range{"192.0.2.0", 24, AddressKind::Reserved},
    Range{"192.88.99.0", 24, AddressKind::Reserved},     Range{"192.168.0.0", 16, AddressKind::Private},
    Range{"198.18.0.0", 15, AddressKind::Reserved},      Range{"198.51.100.0", 24, AddressKind::Reserved},
    Range{"203.0.113.0", 24, AddressKind::Reserved},     Range{"224.0.0.0", 4, AddressKind::Multicast},
    Range{"240.0.0.0", 4, AddressKind::Reserved},
};

constexpr std::array kV6{
    Range{"fd00:ec2::254", 128, AddressKind::Metadata},
    Range{"fd20:ce::254", 128, AddressKind::Metadata},
    Range{"::", 128, AddressKind::Unspecified},
    Range{"::1", 128, AddressKind::Loopback},
    Range{"64:ff9b:1::", 48, AddressKind::Private},
    Range{"2001::", 23, AddressKind::Reserved}, // Teredo, benchmarks, ORCHID and other protocols' own
    Range{"2001:db8::", 32, AddressKind::Reserved},
    Range{"3fff::", 20, AddressKind::Reserved},
    Range{"fc00::", 7, AddressKind::UniqueLocal},
    Range{"fe80::", 10, AddressKind::LinkLocal},
    Range{"fec0::", 10, AddressKind::Private},
    Range{"ff00::", 8, AddressKind::Multicast},
    Range{"2000::", 3, AddressKind::Public},
};

template<std::size_t size>
AddressKind firstMatch(const QHostAddress &address, const std::array<Range, size> &ranges, AddressKind otherwise)
{
    const auto found = std::ranges::find_if(ranges, [&](const Range &range) {
        return address.isInSubnet(QHostAddress(QString::fromLatin1(range.address)), range.bits);
    });
    return found == ranges.end() ? otherwise : found->kind;
}

quint32 v4At(const Q_IPV6ADDR &bytes, int first)
{
    quint32 value = 0;
    for (int i = first; i < first + 4; ++i)
        value = (value << 8U) | bytes[i];
    return value;
}

// The IPv4 address that a packet to this IPv6 address may end at.
std::optional<quint32> embeddedV4(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto isIn = [&](const char *network, int bits) {
        return address.isInSubnet(QHostAddress(QString::fromLatin1(network)), bits);
    };
    const bool isCompatible = isIn("::", 96) && v4At(bytes, 12) > 1;
    if (isCompatible || isIn("::ffff:0:0:0", 96) || isIn("64:ff9b::", 96))
        return v4At(bytes, 12);
    const bool isMapped = std::all_of(&bytes.c[0], &bytes.c[10], [](quint8 byte) { return byte == 0; }) &&
                          bytes.c[10] == 0xFF && bytes.c[11] == 0xFF;
    if (isMapped)
        return v4At(bytes, 12);
    if (isIn("2002::", 16))
        return v4At(bytes, 2);
    return std::nullopt;
}

bool mayBeAtHome(AddressKind kind)
{
    switch (kind) {
    case AddressKind::Public:
    case AddressKind::Loopback:
    case AddressKind::Private:
    case AddressKind::LinkLocal:
    case AddressKind::UniqueLocal:
        return true;
    case AddressKind::Multicast:
    case AddressKind::Metadata:
    case AddressKind::Unspecified:
    case AddressKind::Reserved:
        return false;
    }
    return false;
}

tl::unexpected<Error> refused(const QString &what)
{
    Error error{ErrorKind::Rejected, what + u" Nothing was sent."_s, {}, {}, {}, true};
    return failure(std::move(error));
}

} // namespace

AddressKind classify(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return firstMatch(address, kV4, AddressKind::Public);
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return AddressKind::Reserved;
    // The zone of an address (fe80::1%eth0) is no part of what it is good for.
    QHostAddress plain(address);
    plain.setScopeId({});
    if (const std::optional<quint32> embedded = embeddedV4(plain))
        return classify(QHostAddress(*embedded));
    return firstMatch(plain, kV6, AddressKind::Reserved);
}

std::optional<Origin> originOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    if (!url.isValid() || host.isEmpty() || (scheme != "https"_L1 && scheme != "http"_L1))
        return std::nullopt;
    return Origin{scheme, host, url.port(scheme == "https"_L1 ? 443 : 80)};
}

Result<void> AddressRules::allow(const QUrl &url)
{
    const std::optional<Origin> origin = originOf(url);
    if (!origin || !url.userInfo().isEmpty())
        return refused(u"This is not the address of a web server: it must begin with https:// or http://, and hold no "
                       "user name."_s);
    const QHostAddress literal(origin->host);
    if (!literal.isNull() && !mayBeAtHome(classify(literal)))
        return refused(u"%1 is not an address that a server of yours can have."_s.arg(origin->host));
    if (origin->scheme == "http"_L1 && !literal.isNull() && classify(literal) != AddressKind::Loopback)
        return refused(
            u"%1 can only be used with https://, because plain http:// would show passwords to the network."_s.arg(
                origin->host));
    if (!isAllowedAtHome(url))
        m_atHome.push_back(*origin);
    return {};
}

Result<void> AddressRules::checkUrl(const QUrl &url) const
{
    const std::optional<Origin> origin = originOf(url);
    if (!origin)
        return refused(u"An address that is not https:// was refused."_s);
    if (!url.userInfo().isEmpty())
        return refused(u"An address on %1 with a user name in it was refused."_s.arg(origin->host));
    if (origin->scheme != "https"_L1 && !isAllowedAtHome(url))
        return refused(u"An address on %1 without encryption (http) was refused."_s.arg(origin->host));
    return {};
}

Result<void> AddressRules::checkAddress(const QUrl &url, const QHostAddress &address) const
{
    const AddressKind kind = classify(address);
    const bool isPlain = url.scheme().compare("https"_L1, Qt::CaseInsensitive) != 0;
    if (isPlain && kind != AddressKind::Loopback)
        return refused(u"%1 is not on this computer, and plain http is used for nothing else."_s.arg(
            url.host(QUrl::FullyEncoded)));
    if (kind == AddressKind::Public || (mayBeAtHome(kind) && isAllowedAtHome(url)))
        return {};
    return refused(u"%1 leads to %2, which is not on the public internet."_s.arg(url.host(QUrl::FullyEncoded),
                                                                                 address.toString()));
}

Result<void> AddressRules::checkRedirect(const QUrl &from, const QUrl &to) const
{
    INDELIBLE_TRY(checkUrl(to));
    if (originOf(from) != originOf(to) && isAllowedAtHome(to) && !isAllowedAtHome(from))
        return refused(u"%1 tried to lead to %2, which is a private server."_s.arg(from.host(QUrl::FullyEncoded),
                                                                                   to.host(QUrl::FullyEncoded)));
    return {};
}

bool AddressRules::isAllowedAtHome(const QUrl &url) const
{
    const std::optional<Origin> origin = originOf(url);
    return origin && std::ranges::find(m_atHome, *origin) != m_atHome.end();
}

} // namespace indelible::net

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/address_rules.h"
#include "tests/support/catch.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::net;

namespace {

QUrl url(const char *text)
{
    return QUrl(QString::fromUtf8(text));
}

QHostAddress address(const char *text)
{
    return QHostAddress(QString::fromLatin1(text));
}

} // namespace

TEST_CASE("Addresses are told apart by what they are good for")
{
    const std::array<std::pair<const char *, AddressKind>, 60> cases{{
        {"8.8.8.8", AddressKind::Public},
        {"1.1.1.1", AddressKind::Public},
        {"172.15.255.255", AddressKind::Public},
        {"172.32.0.0", AddressKind::Public},
        {"100.63.255.255", AddressKind::Public},
        {"100.128.0.0", AddressKind::Public},
        {"223.255.255.255", AddressKind::Public},
        {"127.0.0.1", AddressKind::Loopback},
        {"127.255.255.254", AddressKind::Loopback},
        {"10.0.0.1", AddressKind::Private},
        {"10.255.255.255", AddressKind::Private},
        {"172.16.0.1", AddressKind::Private},
        {"172.31.255.255", AddressKind::Private},
        {"192.168.0.1", AddressKind::Private},
        {"100.64.0.1", AddressKind::Private},
        {"169.254.1.1", AddressKind::LinkLocal},
        {"169.254.169.254", AddressKind::Metadata},
        {"169.254.170.2", AddressKind::Metadata},
        {"100.100.100.200", AddressKind::Metadata},
        {"192.0.0.192", AddressKind::Metadata},
        {"0.0.0.0", AddressKind::Unspecified},
        {"0.1.2.3", AddressKind::Unspecified},
        {"224.0.0.1", AddressKind::Multicast},
        {"239.255.255.255", AddressKind::Multicast},
        {"240.0.0.1", AddressKind::Reserved},
        {"255.255.255.255", AddressKind::Reserved},
        {"192.0.2.1", AddressKind::Reserved},
        {"198.51.100.1", AddressKind::Reserved},
        {"203.0.113.1", AddressKind::Reserved},
        {"198.18.0.1", AddressKind::Reserved},
        {"198.19.255.255", AddressKind::Reserved},
        {"192.0.0.1", AddressKind::Reserved},
        {"192.88.99.1", AddressKind::Reserved},
        {"2606:4700:4700::1111", AddressKind::Public},
        {"2a00:1450:4001::1", AddressKind::Public},
        {"::1", AddressKind::Loopback},
        {"::", AddressKind::Unspecified},
        {"fe80::1", AddressKind::LinkLocal},
        {"fe80::1%eth0", AddressKind::LinkLocal},
        {"febf::1", AddressKind::LinkLocal},
        {"fec0::1", AddressKind::Private},
        {"fc00::1", AddressKind::UniqueLocal},
        {"fdff::1", AddressKind::UniqueLocal},
        {"fd00:ec2::254", AddressKind::Metadata},
        {"fd20:ce::254", AddressKind::Metadata},
        {"ff02::1", AddressKind::Multicast},
        {"2001:db8::1", AddressKind::Reserved},
        {"2001::1", AddressKind::Reserved},
        {"3fff::1", AddressKind::Reserved},
        {"100::1", AddressKind::Reserved},
        {"4000::1", AddressKind::Reserved},
        {"64:ff9b:1::1", AddressKind::Private},
        {"::ffff:127.0.0.1", AddressKind::Loopback},
        {"::ffff:10.0.0.1", AddressKind::Private},
        {"::ffff:169.254.169.254", AddressKind::Metadata},
        {"::ffff:8.8.8.8", AddressKind::Public},
        {"::10.0.0.1", AddressKind::Private},
        {"64:ff9b::10.0.0.1", AddressKind::Private},
        {"64:ff9b::8.8.8.8", AddressKind::Public},
        {"2002:7f00:1::1", AddressKind::Loopback},
    }};
    for (const auto &[text, kind] : cases) {
        INFO(text);
        CHECK(classify(address(text)) == kind);
    }
    CHECK(classify(QHostAddress()) == AddressKind::Reserved);
    CHECK(classify(address("::ffff:0:10.0.0.1")) == AddressKind::Private);
}

TEST_CASE("Only https to a named host may be asked")
{
    const AddressRules rules;
    CHECK(rules.checkUrl(url("https://shop.example/a?b=c")));
    CHECK(rules.checkUrl(url("HTTPS://shop.example:8443/")));
    for (const char *text :
         {"http://shop.example/", "ftp://shop.example/", "file:///etc/hostname", "qrc:/a", "data:,a",
          "javascript:alert(1)", "https:///path", "https://", "", "//shop.example/", "https://user@shop.example/",
          "https://user:word@shop.example/", "http://localhost:2583/"}) {
        INFO(text);
        const Result<void> result = rules.checkUrl(url(text));
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == ErrorKind::Rejected);
        CHECK(result.error().provablyNotProcessed);
    }
}

TEST_CASE("A name that leads away from the public internet is refused")
{
    const AddressRules rules;
    CHECK(rules.checkAddress(url("https://shop.example/"), address("8.8.8.8")));
    for (const char *text : {"127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fe80::1", "fd00::1", "224.0.0.1",
                             "0.0.0.0", "::ffff:127.0.0.1", "255.255.255.255"}) {
        INFO(text);
        CHECK_FALSE(rules.checkAddress(url("https://shop.example/"), address(text)));
    }
}

TEST_CASE("Plain http can be allowed for one origin on this computer")
{
    for (const char *origin : {"http://localhost:2583", "http://127.0.0.1:2583", "http://[::1]:2583"}) {
        INFO(origin);
        AddressRules rules;
        REQUIRE(rules.allow(url(origin)));
        const QUrl page = url((QByteArray(origin) + "/page").constData());
        CHECK(rules.checkUrl(page));
        CHECK(rules.checkAddress(page, address("127.0.0.1")));
        CHECK(rules.checkAddress(page, address("::1")));
        CHECK_FALSE(rules.checkAddress(page, address("10.0.0.1")));
        CHECK_FALSE(rules.checkAddress(page, address("8.8.8.8")));
        QUrl otherPort = page;
        otherPort.setPort(2584);
        CHECK_FALSE(rules.checkUrl(otherPort));
    }
}

TEST_CASE("A server at home can be allowed with https, and stays one origin")
{
    AddressRules rules;
    REQUIRE(rules.allow(url("https://pds.home.example")));
    const QUrl page = url("https://PDS.home.example:443/page");
    CHECK(rules.checkAddress(page, address("192.168.1.5")));
    CHECK(rules.checkAddress(page, address("fd00::5")));
    CHECK(rules.checkAddress(page, address("8.8.8.8")));
    CHECK_FALSE(rules.checkAddress(url("https://pds.home.example:8443/"), address("192.168.1.5")));
    CHECK_FALSE(rules.checkAddress(url("https://other.home.example/"), address("192.168.1.5")));
    CHECK_FALSE(rules.checkUrl(url("http://pds.home.example/")));
}

TEST_CASE("Nobody can allow the addresses of cloud credentials, multicast or no address at all")
{
    AddressRules rules;
    REQUIRE(rules.allow(url("https://pds.home.example")));
    for (const char *text : {"169.254.169.254", "224.0.0.1", "0.0.0.0", "255.255.255.255", "fd00:ec2::254"}) {
        INFO(text);
        CHECK_FALSE(rules.checkAddress(url("https://pds.home.example/"), address(text)));
    }
    for (const char *origin : {"https://169.254.169.254", "https://0.0.0.0", "http://192.168.1.5", "http://8.8.8.8",
                               "http://[fd00::1]", "ftp://localhost", "http://user@localhost", "", "localhost:2583"}) {
        INFO(origin);
        CHECK_FALSE(rules.allow(url(origin)));
    }
}

TEST_CASE("A redirect is judged like a first address")
{
    const AddressRules rules;
    const QUrl from = url("https://shop.example/");
    CHECK(rules.checkRedirect(from, url("https://other.example/")));
    CHECK_FALSE(rules.checkRedirect(from, url("http://shop.example/")));
    CHECK_FALSE(rules.checkRedirect(from, url("file:///etc/hostname")));
    CHECK_FALSE(rules.checkRedirect(from, url("data:text/html,a")));
}

TEST_CASE("A server on the internet cannot lead to an allowed one at home")
{
    AddressRules rules;
    REQUIRE(rules.allow(url("http://localhost:2583")));
    REQUIRE(rules.allow(url("http://localhost:2584")));
    CHECK_FALSE(rules.checkRedirect(url("https://shop.example/"), url("http://localhost:2583/")));
    CHECK(rules.checkRedirect(url("http://localhost:2583/a"), url("http://localhost:2583/b")));
    CHECK(rules.checkRedirect(url("http://localhost:2584/"), url("http://localhost:2583/")));
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/address_rules.h"
#include "tests/fuzz/fuzz.h"
#include "ui/widgets/open_external.h"

using namespace indelible;

namespace {

void tryExternal(const QString &text)
{
    const Result<QUrl> url = ui::externalUrl(text);
    if (!url)
        return;
    fuzz::require(url->scheme() == QStringLiteral("https"), "only https is opened");
    fuzz::require(!url->host().isEmpty() && url->userInfo().isEmpty(), "an address has a host and no user name");
    const QString written = url->toString(QUrl::FullyEncoded);
    const Result<QUrl> again = ui::externalUrl(written);
    fuzz::require(again && again->host() == url->host(), "what the browser is given leads to the same host");
    (void)ui::readableHost(*url);
}

void tryRules(const QString &text)
{
    const net::AddressRules strict;
    const QUrl url(text, QUrl::StrictMode);
    const bool allowed = strict.checkUrl(url).has_value();
    if (allowed)
        fuzz::require(url.scheme() == QStringLiteral("https") && net::originOf(url), "only https goes out");
    const QHostAddress address(url.host());
    if (!address.isNull() && net::classify(address) != net::AddressKind::Public)
        fuzz::require(!strict.checkAddress(url, address), "only public addresses are talked to");
    net::AddressRules home;
    if (home.allow(url))
        fuzz::require(home.checkUrl(url).has_value() && home.isAllowedAtHome(url), "what was allowed is allowed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    if (input.choice(2) == 0)
        tryExternal(input.text());
    else
        tryRules(input.text());
    return 0;
}

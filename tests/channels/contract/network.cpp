// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/network.h"

#include "tests/channels/contract/bluesky_network.h"
#include "tests/channels/contract/feeds_network.h"
#include "tests/channels/contract/mail_network.h"
#include "tests/channels/contract/mastodon_network.h"
#include "tests/channels/contract/telegram_network.h"

#include <stdexcept>

namespace indelible::test {

Network::Network()
{
    for (const char *method : {"GET", "POST", "PUT", "DELETE"})
        m_server.on(method, "/*", [this](const Received &request) { return decide(request); });
}

QString Network::writePrivately(const QString &)
{
    throw std::logic_error("this network has no private messages");
}

QString Network::writeOurselves(const QString &, const QString &)
{
    throw std::logic_error("this network does not show what was written elsewhere");
}

void Network::edit(const QString &, const QString &)
{
    throw std::logic_error("this network has no edits");
}

void Network::remove(const QString &)
{
    throw std::logic_error("this network does not show deletions");
}

void Network::misbehave(const Behaviour &behaviour, int at, bool always)
{
    m_behaviour = &behaviour;
    m_at = at;
    m_always = always;
    m_requests = 0;
}

void Network::behave()
{
    m_behaviour = nullptr;
    m_requests = 0;
}

Answer Network::decide(const Received &request)
{
    ++m_requests;
    const bool spoils = m_behaviour && (m_requests == m_at || (m_always && m_requests > m_at));
    if (!spoils)
        return m_before[request.path] = answer(request);
    const Answer before = m_before.value(request.path, Answer::json(QByteArray("{}")));
    const Answer right = m_behaviour->acts ? answer(request) : Answer::json(QByteArray("{}"));
    return m_behaviour->make(request, right, before);
}

const std::vector<NetworkType> &networks()
{
    static const std::vector<NetworkType> all{{"bluesky", &makeBlueskyNetwork},
                                              {"feeds", &makeFeedsNetwork},
                                              {"mail", &makeMailNetwork},
                                              {"mastodon", &makeMastodonNetwork},
                                              {"telegram", &makeTelegramNetwork}};
    return all;
}

} // namespace indelible::test

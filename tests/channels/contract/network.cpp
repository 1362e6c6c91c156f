// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/network.h"

#include "tests/channels/contract/bluesky_network.h"
#include "tests/channels/contract/feeds_network.h"
#include "tests/channels/contract/mail_network.h"
#include "tests/channels/contract/mastodon_network.h"
#include "tests/channels/contract/telegram_network.h"

#include <stdexcept>

namespace indelible::test {

namespace {

bool isSame(const Answer &left, const Answer &right)
{
    return left.status == right.status && left.headers == right.headers && left.body == right.body &&
           left.generatedBytes == right.generatedBytes && left.fault == right.fault;
}

} // namespace

Network::Network(const QSslConfiguration *tls)
    : m_server(tls ? std::make_unique<FakeHttpServer>(*tls) : std::make_unique<FakeHttpServer>())
{
    for (const char *method : {"GET", "POST", "PUT", "DELETE"})
        m_server->on(method, "/*", [this](const Received &request) { return decide(request); });
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
    m_hasMisbehaved = false;
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
    if (!spoils) {
        const Answer right = answer(request);
        if (!m_first.contains(request.path))
            m_first.insert(request.path, right);
        return m_before[request.path] = right;
    }
    const Answer nothing = Answer::json(QByteArray("{}"));
    const Answers answers{m_behaviour->acts ? answer(request) : nothing, m_before.value(request.path, nothing),
                          m_first.value(request.path, nothing)};
    const Answer made = m_behaviour->make(request, answers);
    m_hasMisbehaved = m_hasMisbehaved || !m_behaviour->acts || !isSame(made, answers.right);
    return made;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"
#include "app/net/http_client.h"
#include "app/secrets/secret_store.h"
#include "tests/channels/contract/behaviours.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http_server.h"

#include <QSslConfiguration>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace indelible::test {

/// A network as the contract of channels sees it: a scripted server, made after the network's documentation, with
/// people who write to the account under test. What the server has outlives the channels that are made for it, as does
/// the keychain. Adding a network = one of these and its line in networks().
class Network
{
public:
    virtual ~Network() = default;

    /// What this network can do, so that the suite does not ask for what it has not.
    struct Abilities
    {
        bool edits = false;
        bool everyVersion = false; ///< what was edited twice between two visits is seen in all its versions
        bool deletions = false;    ///< seen, by context()
        bool threads = false;      ///< people answer one another, and it is seen whom
        bool publicAnswers = false;
        bool privateMessages = false;
        bool ownElsewhere = false; ///< what the account wrote by another program is seen
        bool showsSent = true;     ///< what the channel sent can be looked for
        /// What every answer has to begin with, and gets where it does not: whom it is for. Counts as text; answers()
        /// is without it.
        QString salutation = {};
        /// So many items are handed out at once; small in the scripted servers, where these decide it.
        int pageLength = 0;

        /// How the account answers most of what is written to it; nothing where it cannot.
        [[nodiscard]] std::optional<Audience> usualAudience() const
        {
            if (publicAnswers)
                return Audience::Public;
            return privateMessages ? std::optional(Audience::Private) : std::nullopt;
        }
    };
    [[nodiscard]] virtual Abilities abilities() const = 0;
    /// Another one for the same account and keychain, as after a new start. `http` outlives it.
    [[nodiscard]] virtual std::unique_ptr<channels::Channel> channel(const Clock &clock, net::HttpClient &http) = 0;
    /// What signing in anew takes, after the server refused the account.
    [[nodiscard]] virtual channels::SignIn signIn() = 0;

    // People. Each gives the remote id by which the channel will know it.
    /// Somebody writes to the account in public, or answers `parent`.
    virtual QString write(const QString &text, const QString &parent = {}) = 0;
    virtual QString writePrivately(const QString &text);
    virtual QString writeOurselves(const QString &text, const QString &parent);
    virtual void edit(const QString &id, const QString &text);
    /// What was written comes in the other order, on networks that promise none.
    virtual void turnRound() {}
    virtual void remove(const QString &id);
    /// The texts that the account has posted by its channel, as often as the network keeps them.
    [[nodiscard]] virtual QStringList answers() const = 0;

    /// From now on the request number `at` (from 1), or each from there on, is answered in this way.
    void misbehave(const Behaviour &behaviour, int at, bool always);
    void behave();
    [[nodiscard]] int requests() const { return m_requests; }
    /// Whether any answer was another one than the right one since misbehave(): not every way to misbehave is one on
    /// every network.
    [[nodiscard]] bool hasMisbehaved() const { return m_hasMisbehaved; }
    [[nodiscard]] FakeHttpServer &server() { return *m_server; }
    /// Nobody answers any more.
    virtual void close() { m_server->close(); }

protected:
    /// `tls` = how the server proves who it is; it is at "localhost". Without it connections are not encrypted.
    explicit Network(const QSslConfiguration *tls);
    /// What a server that works answers, and does.
    virtual Answer answer(const Received &request) = 0;
    /// That, or how the server misbehaves now. For networks that have a server of their own kind.
    Answer decide(const Received &request);

private:
    std::unique_ptr<FakeHttpServer> m_server;
    const Behaviour *m_behaviour = nullptr;
    int m_at = 0;
    bool m_always = false;
    int m_requests = 0;
    bool m_hasMisbehaved = false;
    QHash<QByteArray, Answer> m_first;  ///< the first right answer of each path
    QHash<QByteArray, Answer> m_before; ///< the last one
};

struct NetworkType
{
    const char *name;
    std::unique_ptr<Network> (*makeWith)(const QSslConfiguration *tls);

    [[nodiscard]] std::unique_ptr<Network> make() const { return makeWith(nullptr); }
};
/// Every network that has a channel with a server.
[[nodiscard]] const std::vector<NetworkType> &networks();

} // namespace indelible::test

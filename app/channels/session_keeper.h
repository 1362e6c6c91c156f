// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/channels/call_errors.h"
#include "app/secrets/secret_store.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <QCoroTask>

namespace indelible::channels {

/// How the session of one network is stored and what is said where there is none. Pure functions.
template<typename Session>
struct SessionRules
{
    Result<Session> (*read)(const QByteArray &stored);
    QByteArray (*write)(const Session &session);
    tl::unexpected<Error> (*signInAgain)(const QString &reason);
    QString missing; ///< said where the keychain has none
};

/// The session of one account: in memory, and in the keychain from one start to the next. What is adopted or forgotten
/// while the keychain is being read counts; what was read then does not. Interface thread; the keychain outlives it,
/// and a call that is under way when it ends gives Cancelled.
template<typename Session>
class SessionKeeper
{
public:
    /// `trust` lets the session's server be used; asked once, when it was read.
    using Trust = std::function<Result<void>(const Session &)>;

    SessionKeeper(secrets::SecretStore &secrets, QString key, SessionRules<Session> rules, Trust trust)
        : m_state(std::make_shared<State>(State{&secrets, std::move(key), std::move(rules), std::move(trust), {}, 0}))
    {
    }

    /// As far as it was read; nothing before the first get().
    [[nodiscard]] const std::optional<Session> &known() const { return m_state->session; }

    /// Read from the keychain the first time. Unauthorised where there is none or it cannot be read; whatever goes
    /// wrong, nothing has been sent.
    QCoro::Task<Result<Session>> get() { return read(m_state, m_state->changes); }

    /// Puts a new one away and uses it from then on; unchanged where it could not be stored.
    QCoro::Task<Result<void>> adopt(Session session) { return adopt(m_state, std::move(session)); }

    /// The same, but used at once, and also where it cannot be stored: what the server gave in place of the old one.
    QCoro::Task<Result<void>> replace(Session session)
    {
        m_state->session = session;
        ++m_state->changes;
        return m_state->secrets->write(m_state->key, m_state->rules.write(session));
    }

    /// Out of memory at once, then out of the keychain.
    QCoro::Task<Result<void>> forget()
    {
        m_state->session.reset();
        ++m_state->changes;
        return m_state->secrets->remove(m_state->key);
    }

private:
    struct State
    {
        secrets::SecretStore *secrets;
        QString key;
        SessionRules<Session> rules;
        Trust trust;
        std::optional<Session> session;
        int changes; ///< adopted or forgotten so often
    };

    // Results are made by name: QCoro 0.8 moves from what stands behind co_return, also where that is a member.
    static QCoro::Task<Result<Session>> read(std::weak_ptr<State> weak, int changes)
    {
        if (const std::shared_ptr<State> state = weak.lock(); state->session)
            co_return Result<Session>(*state->session);
        // Nothing here holds on to the state while it waits: its end is the end of the account's client.
        auto storedTask = weak.lock()->secrets->read(weak.lock()->key);
        const Result<QByteArray> stored = co_await storedTask;
        const std::shared_ptr<State> state = weak.lock();
        if (!state)
            co_return cancelled();
        if (state->session)
            co_return Result<Session>(*state->session);
        const bool isForgotten = state->changes != changes;
        if (isForgotten || (!stored && stored.error().kind == ErrorKind::NotFound))
            co_return state->rules.signInAgain(state->rules.missing);
        if (!stored)
            co_return failure(beforeTheCall(stored.error()));
        Result<Session> session = state->rules.read(*stored);
        if (!session)
            co_return state->rules.signInAgain(session.error().detail);
        if (const Result<void> trusted = state->trust(*session); !trusted)
            co_return failure(beforeTheCall(trusted.error()));
        state->session = *session;
        co_return session;
    }

    static QCoro::Task<Result<void>> adopt(std::weak_ptr<State> weak, Session session)
    {
        auto writing = weak.lock()->secrets->write(weak.lock()->key, weak.lock()->rules.write(session));
        Result<void> stored = co_await writing;
        if (!stored)
            co_return stored;
        const std::shared_ptr<State> state = weak.lock();
        if (!state)
            co_return cancelled();
        state->session = std::move(session);
        ++state->changes;
        co_return Result<void>();
    }

    std::shared_ptr<State> m_state;
};

} // namespace indelible::channels

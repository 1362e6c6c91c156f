// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/channel.h"

#include <QCryptographicHash>
#include <QHash>

#include <deque>
#include <functional>
#include <optional>

#include <QCoroFuture>

namespace indelible::test {

/// A network in the test's hands: what fetch brings and how sending ends is put in beforehand; what was really posted
/// is kept on its own side, as a server would.
class FakeChannel final : public channels::Channel
{
public:
    struct Post
    {
        QByteArray key;
        QString text;
    };

    [[nodiscard]] Capabilities capabilities() const override
    {
        Capabilities all;
        all.publicReply = true;
        all.privateReply = true;
        all.publicLimit = {300, TextUnit::Graphemes, 3000};
        all.findsSent = findsSent;
        return all;
    }
    QCoro::Task<Result<channels::Identity>> signIn(channels::SignIn) override
    {
        co_return failure(ErrorKind::Internal, QStringLiteral("not used"));
    }
    QCoro::Task<Result<channels::Batch>> fetch(channels::Cursor cursor) override
    {
        if (beforeFetch)
            beforeFetch();
        cursors.push_back(cursor);
        if (hold)
            co_await *hold;
        if (batches.empty())
            co_return channels::Batch{{}, {}, cursor.isEmpty() ? QByteArray("end") : cursor, false, {}};
        Result<channels::Batch> next = batches.front();
        batches.pop_front();
        co_return next;
    }
    QCoro::Task<Result<channels::Batch>> context(channels::ThreadRef thread) override
    {
        if (contextErrors.contains(thread.threadId))
            co_return failure(contextErrors.value(thread.threadId));
        contextsAsked.append(thread.threadId);
        co_return contexts.value(thread.threadId);
    }
    [[nodiscard]] QByteArray prepareKey(Instant) override
    {
        return givesKeys ? "key" + QByteArray::number(++keys) : QByteArray();
    }
    QCoro::Task<Result<channels::Receipt>> send(channels::Outgoing outgoing) override
    {
        ++attempts;
        if (beforeSend)
            beforeSend();
        if (holdSend)
            co_await *holdSend;
        const SendOutcome outcome = outcomes.empty() ? SendOutcome{true, {}} : outcomes.front();
        if (!outcomes.empty())
            outcomes.pop_front();
        if (outcome.stored)
            post(outgoing);
        if (outcome.error)
            co_return failure(*outcome.error);
        co_return receiptFor(outgoing);
    }
    QCoro::Task<Result<std::optional<channels::Receipt>>> find(channels::Outgoing outgoing) override
    {
        ++lookUps;
        lookedFor = outgoing;
        if (lookUpError)
            co_return failure(*lookUpError);
        for (const Post &there : posts) {
            if (there.key == outgoing.key && there.text == outgoing.text)
                co_return std::optional(receiptFor(outgoing));
        }
        if (!findsSent)
            co_return failure(ErrorKind::Forbidden, QStringLiteral("cannot be told"));
        co_return std::optional<channels::Receipt>();
    }
    QCoro::Task<Result<void>> signOut() override { co_return Result<void>(); }
    void listen(std::function<void()> heard) override
    {
        if (tells)
            tell = std::move(heard);
    }
    [[nodiscard]] bool isListening() const override { return bool(tell); }

    struct SendOutcome
    {
        bool stored = true;
        std::optional<Error> error;
    };

    bool tells = false;         ///< the network says by itself when something has come
    std::function<void()> tell; ///< says it; empty while nobody listens
    bool findsSent = true;
    bool givesKeys = true;
    std::deque<Result<channels::Batch>> batches;
    QHash<QString, channels::Batch> contexts;
    std::deque<SendOutcome> outcomes;
    std::function<void()> beforeSend;
    QStringList contextsAsked;
    std::vector<QByteArray> cursors; ///< as fetch was given them
    std::vector<Post> posts;         ///< what the network has
    int attempts = 0;
    int lookUps = 0;
    channels::Outgoing lookedFor; ///< last
    std::optional<Error> lookUpError;
    QHash<QString, Error> contextErrors; ///< by thread
    std::function<void()> beforeFetch;
    std::optional<QFuture<void>> hold; ///< fetch does not end before it
    std::optional<QFuture<void>> holdSend;
    int keys = 0;

private:
    void post(const channels::Outgoing &outgoing)
    {
        for (const Post &there : posts) {
            if (!there.key.isEmpty() && there.key == outgoing.key)
                return;
        }
        posts.push_back({outgoing.key, outgoing.text});
    }
    static channels::Receipt receiptFor(const channels::Outgoing &outgoing)
    {
        channels::Receipt receipt;
        // As on a real network the words cannot be read off it.
        receipt.remoteId = QStringLiteral("sent-") +
                           QString::fromLatin1(QCryptographicHash::hash(outgoing.key + outgoing.text.toUtf8(),
                                                                        QCryptographicHash::Sha256)
                                                   .toHex()
                                                   .first(16));
        receipt.version = QStringLiteral("v1");
        return receipt;
    }
};

} // namespace indelible::test

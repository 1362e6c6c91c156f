// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/domain/ids.h"
#include "app/domain/item.h"

#include <QStringList>
#include <QUrl>

#include <optional>

namespace indelible {

/// Why an account does not simply work; decides the banner and the pill. `ui.md` 3.15 of the design.
enum class AccountState {
    Live = 1,
    SignedOut = 2,  ///< needs the person: sign in again
    SlowedDown = 3, ///< the server asked for it; until Account::retryAt
    Offline = 4,    ///< this computer has no connection
    ServerTrouble = 5,
    Limited = 6,     ///< a permission is missing; the rest works
    Paused = 7,      ///< by the person
    Disconnected = 8 ///< by the person; history stays, nothing is fetched or sent
};

[[nodiscard]] QString toString(AccountState state);

/// How text is counted against a network's limit.
enum class TextUnit { Graphemes = 1, Utf8Bytes = 2, CodePoints = 3, Utf16Units = 4 };

struct TextLimit
{
    qsizetype maximum = 0; ///< 0 = no limit known
    TextUnit unit = TextUnit::Graphemes;
    qsizetype maximumBytes = 0; ///< a second limit in UTF-8 bytes; 0 = none
    /// Above 0, text is counted as Mastodon counts it: each web address is so long, and "@user@host" as long as
    /// "@user".
    qsizetype linkLength = 0;

    friend bool operator==(const TextLimit &, const TextLimit &) = default;
};

/// Length of `text` in the unit of a limit.
[[nodiscard]] qsizetype lengthIn(TextUnit unit, const QString &text);

/// Length of `text` as a limit counts it: in its unit, and with its rule for addresses.
[[nodiscard]] qsizetype lengthIn(const TextLimit &limit, const QString &text);

/// True where `text` fits both numbers of the limit.
[[nodiscard]] bool fits(const TextLimit &limit, const QString &text);

/// How the items of a feed come in: as they are found, or together in the morning of every day or Monday.
enum class Cadence { AtOnce, Daily, Weekly };

/// What an account can do; the window shows only what is possible.
struct Capabilities
{
    bool publicReply = false;
    bool privateReply = false; ///< can continue a private conversation
    bool startPrivate = false; ///< can begin one with somebody who wrote in public
    bool oneReplyPerReview = false;
    TextLimit publicLimit;
    TextLimit privateLimit;
    bool findsSent = false; ///< an unclear send can be looked up with certainty
    /// Files of its items can be fetched one by one. Where this is false they are links, or stay on the network.
    bool handsOutAttachments = false;
    /// Of a feed alone, as the person chose when it was connected: when its items come in, and of which only those that
    /// contain one of these words; empty = all.
    Cadence cadence = Cadence::AtOnce;
    QStringList words = {};

    /// Nothing can ever be sent there (feeds).
    [[nodiscard]] bool isReadOnly() const { return !publicReply && !privateReply && !startPrivate; }
    [[nodiscard]] const TextLimit &limit(Audience audience) const
    {
        return audience == Audience::Public ? publicLimit : privateLimit;
    }
};

/// Where an account lives, from what people type: a complete address, a bare host, or "@me@host". Empty or invalid
/// where it is none of these.
[[nodiscard]] QUrl serverFrom(const QString &typed);

/// Rounds that failed one after the other in the same way (AccountState).
struct FailedRounds
{
    int count = 0;
    Instant since; ///< of the first; nothing where there is none

    friend bool operator==(const FailedRounds &, const FailedRounds &) = default;
};

/// One signed-in identity of the business on one network.
struct Account
{
    AccountId id;
    QString channel;  ///< which connector serves it: "bluesky", "practice"
    QString network;  ///< which network people see: Network::id
    QString remoteId; ///< our own lasting id there
    QString handle;
    QString name; ///< as shown in lists
    QUrl server;
    QString secretKey; ///< name of its entry in the keychain; not itself a secret
    AccountState state = AccountState::Live;
    QString stateDetail;            ///< one English sentence, no secrets
    std::optional<Instant> retryAt; ///< not to be asked before
    std::optional<Instant> lastGoodFetch;
    FailedRounds failed;
    int waitingAnswers = 0; ///< in the outbox, not tried yet
    /// What its author deletes there is sealed here as well, as the network's terms want it. Off unless a person chose
    /// it: a deletion there alone never takes anything from the record.
    bool followsStorageRule = false;
};

} // namespace indelible

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/account.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

#include <QCoroTask>

namespace indelible::channels {

/// Where fetching goes on: opaque bytes that only the channel reads. Stored in the same transaction as what was
/// fetched before it. Empty = from the beginning.
using Cursor = QByteArray;

/// What one call brought. Items may repeat what is known: ingest folds them by remoteId and version.
struct Batch
{
    std::vector<RemoteItem> items;
    std::vector<RemoteGone> gone;
    Cursor cursor;     ///< to go on from once everything here is stored
    bool more = false; ///< there is more to fetch at once
    /// Set where a part cannot be read although the rest works (a permission is missing): one English sentence.
    QString limited;
    /// When to ask again by itself, where the network wants more time between two visits than accounts get otherwise
    /// (feeds: an hour and more). A person who asks for it still has it fetched at once.
    std::optional<Instant> notBefore = {};
};

/// A conversation to look at again, with what is stored of it, so that what has gone can be told from what never was.
struct ThreadRef
{
    QString threadId;
    Audience audience = Audience::Public;
    QStringList knownItems;                   ///< remote ids not yet marked gone
    QHash<QString, QJsonObject> replies = {}; ///< RemoteItem::reply of those that have one
};

/// An answer to be sent. Everything that is needed to send it the same way again, and to find it.
struct Outgoing
{
    QByteArray key; ///< the channel's own idempotency key, made by prepare() and stored before the first byte
    Audience audience = Audience::Public;
    QString threadId;
    QString parentId;  ///< the item that is answered
    QJsonObject reply; ///< RemoteItem::reply of that item
    QString text;
    Instant createdAt;
    QStringList others; ///< remote ids of other answers in this conversation: with the same words, still not this one
};

/// Which file of which item is to be handed out.
struct AttachmentRef
{
    QString remoteId;
    QString version;     ///< RemoteItem::version
    QJsonObject reply;   ///< RemoteItem::reply
    qsizetype index = 0; ///< in RemoteItem::media
    Media media;         ///< what stands there, so that another file is never taken for it
};

/// A file as its sender made it. Nothing of it can be trusted, its name included.
struct Attachment
{
    QString name; ///< may be empty
    QByteArray content;
};

/// The network has it.
struct Receipt
{
    QString remoteId;
    QString version;
    QString url;
    QJsonObject reply; ///< what answering this one needs
    Author author;     ///< us
};

/// What signing in brought; the channel has put its secrets away itself.
struct Identity
{
    QString remoteId;
    QString handle;
    QString name;
    QUrl server;
    QString limited; ///< what this sign-in does not allow, one English sentence; empty = everything
};

/// The registration of a program at a provider that signs people in on a page of its own (OAuth 2.0): the owner's, who
/// made it there.
struct OAuthClient
{
    QString id;
    QUrl page = {};          ///< to sign in on; empty = the provider's, where it is known
    QUrl tokenEndpoint = {}; ///< empty = the same
    QString scope = {};      ///< empty = the same
};

/// The password or token as typed, and where to sign in. Networks whose own page asks for the password (OAuth) need the
/// server and openPage alone.
struct SignIn
{
    QString handle;
    QUrl server;                             ///< empty = the network's usual one
    QByteArray secret;                       ///< of a feed: its address
    QStringList words = {};                  ///< feeds alone: only items that contain one of these come in; empty = all
    std::function<void(QUrl)> openPage = {}; ///< shows the person the page on which they allow the program in
    std::optional<QFuture<void>> stopped = {}; ///< finished = the person gave up; the sign-in then ends with Cancelled
    /// Of e-mail alone: where answers are handed in; `server` is where mail is read. Empty = where it was before.
    QUrl sendingServer = {};
    /// Of e-mail alone: sign in on the provider's page. `secret` is then the client's, where it has one.
    std::optional<OAuthClient> oauth = {};
    Cadence cadence = Cadence::AtOnce; ///< of a feed alone
};

/// One account's connector. Talks to one network for one account and knows nothing of the store, the record or the
/// window. Lives on the interface thread; owned by the session; at most one fetch and one send run at a time.
///
/// A channel never deletes anything on the network (rule R1).
///
/// Errors, for every call: Offline, Timeout, RateLimited, Unauthorised (the person has to sign in again), Forbidden,
/// ServerTrouble, InvalidReply, Rejected (the server sent us to an address that is not asked), Cancelled. Nothing is
/// returned from a call that failed, so a cursor never passes what was not delivered.
class Channel
{
public:
    virtual ~Channel() = default;

    [[nodiscard]] virtual Capabilities capabilities() const = 0;

    /// Signs in and stores the secrets. Only for accounts that are being connected or signed in again.
    virtual QCoro::Task<Result<Identity>> signIn(SignIn credentials) = 0;

    /// One page of what is new since the cursor.
    virtual QCoro::Task<Result<Batch>> fetch(Cursor cursor) = 0;

    /// The whole of one conversation as it is now. The batch's cursor is empty.
    virtual QCoro::Task<Result<Batch>> context(ThreadRef thread) = 0;

    /// One file of an item, fetched now and kept nowhere. NotFound where the network has the item no longer; Forbidden
    /// unless the channel has Capabilities::handsOutAttachments.
    virtual QCoro::Task<Result<Attachment>> attachment(AttachmentRef ref);

    /// The key that send() and find() will use for a new answer; empty where the network takes none.
    [[nodiscard]] virtual QByteArray prepareKey(Instant now) = 0;

    /// Sends once. The error's kind and provablyNotProcessed say whether it may be tried again without a person.
    virtual QCoro::Task<Result<Receipt>> send(Outgoing outgoing) = 0;

    /// Looks whether an answer is there whose sending had no clear end. Nothing = it is certainly not there, which only
    /// a channel with Capabilities::findsSent may say; one without answers Forbidden.
    virtual QCoro::Task<Result<std::optional<Receipt>>> find(Outgoing outgoing) = 0;

    /// Forgets tokens on the server and in the keychain. History stays.
    virtual QCoro::Task<Result<void>> signOut() = 0;

    /// Asks the network to tell by itself that something may have come; `heard` is then called on the interface thread,
    /// perhaps often and perhaps for nothing: it only says that a visit is worth while. A network without such a way
    /// does nothing. Called again after every visit that went well, so a call while it listens already changes nothing
    /// but `heard`. An empty function ends it, as does the end of the channel. Trouble is the channel's own: it ends
    /// quietly, isListening() turns false, and the next visit that goes well begins it anew.
    virtual void listen(std::function<void()> heard);
    /// Whether the network would tell now.
    [[nodiscard]] virtual bool isListening() const;
};

} // namespace indelible::channels

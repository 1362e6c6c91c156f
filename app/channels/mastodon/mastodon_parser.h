// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/account.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QHash>
#include <QSet>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace indelible::channels::mastodon {

// From the bytes of an answer to values. Every function here is pure. A missing required field fails the whole answer
// with InvalidReply and the field's path, so that nothing is dropped unseen: the caller keeps its cursor.
// Field names: docs.joinmastodon.org, entities (read 2026-07-02), and what snac2 2.75 answers.

/// Whose answers these are: decides direction, kind, and how people of the own server are mentioned.
struct Self
{
    QString accountId;
    QString accountUrl;
    QString domain;
};

/// Who and what a status names, said beside its words: by the addresses that links in the words lead to.
struct Named
{
    QHash<QString, QString> people; ///< address as links are stored -> the person's lasting id
    QSet<QString> tags;

    friend bool operator==(const Named &, const Named &) = default;
};

/// A status. Its item has neither thread nor parent before nameThreads() has seen the statuses around it: the network
/// names both by ids of the own server.
struct Status
{
    RemoteItem item;
    QString id; ///< on the own server; opaque
    QString inReplyToId;
    QString editedAt; ///< as the server says it; empty = never edited, or not said
    Named named = {};
    bool isBoost = false; ///< somebody showing what somebody else said

    friend bool operator==(const Status &, const Status &) = default;
};

struct Notification
{
    QString id;
    std::optional<Status> status; ///< of kinds that ask for an answer: mention, quote, and changes of what we answered
};

struct Profile
{
    QString id;
    QString url;
    QString handle; ///< user@domain
    QString name;
};

struct Instance
{
    QString domain;
    TextLimit limit;
    QUrl streaming = {}; ///< where it tells what happens as it happens; empty = nowhere
};

struct Application
{
    QString clientId;
    QString clientSecret;
};

[[nodiscard]] Result<std::vector<Notification>> parseNotifications(const QByteArray &bytes, const Self &self);
/// The same of version 2, which hands out the statuses beside the groups that name them.
[[nodiscard]] Result<std::vector<Notification>> parseGroupedNotifications(const QByteArray &bytes, const Self &self);
[[nodiscard]] Result<std::vector<Status>> parseStatuses(const QByteArray &bytes, const Self &self);
[[nodiscard]] Result<Status> parseStatus(const QByteArray &bytes, const Self &self);
constexpr size_t kMostVersions = 200;
/// What an edited status said before the version that it is, of the answer that tells all its versions: the first, and
/// of the others the newest, kMostVersions in all. Nobody edits a complaint so often; a program may.
[[nodiscard]] Result<std::vector<Wording>> parseHistory(const QByteArray &bytes, const Status &status);
/// The newest words of each private conversation; some have none any more.
[[nodiscard]] Result<std::vector<Status>> parseConversations(const QByteArray &bytes, const Self &self);
/// What stands above a status, the root first, and what below it.
struct Surroundings
{
    std::vector<Status> ancestors;
    std::vector<Status> descendants;
};
[[nodiscard]] Result<Surroundings> parseContext(const QByteArray &bytes, const Self &self);
/// `domain` is that of the server which was asked.
[[nodiscard]] Result<Profile> parseProfile(const QByteArray &bytes, const QString &domain);
/// Of /api/v2/instance or /api/v1/instance. Where a limit is not said, it is that of Mastodon.
[[nodiscard]] Result<Instance> parseInstance(const QByteArray &bytes);
[[nodiscard]] Result<Application> parseApplication(const QByteArray &bytes);
/// The access token of an answer.
[[nodiscard]] Result<QString> parseToken(const QByteArray &bytes);

/// The order of ids: by length, then by bytes. They are not numbers everywhere.
[[nodiscard]] bool isOlderId(const QString &left, const QString &right);

} // namespace indelible::channels::mastodon

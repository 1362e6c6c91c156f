// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/domain/account.h"
#include "app/domain/item.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace indelible::channels::practice {

/// A later version of an item: its author changed it `at` after the network's start (negative: before).
struct WorldEdit
{
    std::chrono::minutes at{};
    QString text;
    std::optional<int> stars;
};

/// When an item disappears, and why.
struct WorldGone
{
    std::chrono::minutes at{};
    RemoteGone::Reason reason = RemoteGone::Reason::DeletedByAuthor;
};

/// One thing that is said in the invented world, by an invented person or by us.
struct WorldItem
{
    RemoteItem item; ///< its first version, complete but for createdAt
    std::chrono::minutes at{};
    std::vector<WorldEdit> edits;
    std::optional<WorldGone> gone;
};

/// What the person does once we have answered: they write, or they change what they wrote.
struct WorldReaction
{
    std::chrono::seconds after{};
    Author author;
    QString text;
    QString edits; ///< the item that is changed; empty = something new is written
    std::optional<int> stars;
};

struct WorldConversation
{
    QString id; ///< also the remote id of its thread
    QString network;
    ItemKind kind = ItemKind::Mention;
    Audience audience = Audience::Public;
    QString language;
    std::vector<WorldItem> items;         ///< in the order in which they come to be; the first one is theirs
    std::vector<WorldReaction> reactions; ///< the first to our first answer, the second to our second one
};

/// The invented business, its people and everything they say: a value read from resources/practice/world.json, whose
/// README.md is the source of the format. Times are relative to the moment at which a practice network starts, so that
/// the conversations are as fresh on any date. No I/O, no clock; any thread.
struct World
{
    QString business;
    QString desk; ///< who sits at the desk: first name
    QStringList team;
    std::vector<Account> accounts; ///< complete but for the id; one for each network
    std::vector<WorldConversation> conversations;

    [[nodiscard]] const Account *accountOn(const QString &network) const;
    [[nodiscard]] const WorldConversation *conversation(const QString &id) const;
};

/// Us, as a network of the practice world shows us.
[[nodiscard]] Author ourselves(const World &world, const QString &network);

/// Reads a world. Strict: a missing, misspelt or wrong field is InvalidReply with its JSON path.
[[nodiscard]] Result<World> parseWorld(const QByteArray &json);

/// The world that this program carries, parsed once.
[[nodiscard]] const Result<World> &practiceWorld();

/// What the session needs in order to make a practice workspace.
struct PracticeSetup
{
    QString businessName;
    QString deskName;
    QStringList team;
    std::vector<Account> accounts; ///< to be stored as they are, in this order
};

/// The setup of the world that this program carries. Errors: InvalidReply, only where the program was built wrongly.
[[nodiscard]] Result<PracticeSetup> practiceSetup();

} // namespace indelible::channels::practice

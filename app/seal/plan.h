// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/ids.h"
#include "app/store/connection.h"
#include "app/store/seal_table.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace indelible::seal {

/// Somebody on a network: "bluesky" and their lasting id or present handle.
struct Person
{
    QString network;
    QString who;
};
/// What a network's terms want dropped of what an account received: what came before some instant, or what its author
/// has deleted there. Only what others said; never because of a deletion alone, but because somebody asks by this rule.
struct AccountRule
{
    AccountId account;
    std::optional<Instant> before; ///< received before; nothing = deleted by its author
};
using Target = std::variant<ItemId, Person, AccountRule>;

/// What an entry of the record says, and who said it: what can be asked to be sealed where it is looked at.
struct Subject
{
    ItemId item;
    std::optional<Person> person; ///< nothing where we said it
    QString name;                 ///< theirs
};
/// Nothing where the entry is no version of an item, or was sealed already.
[[nodiscard]] std::optional<Subject> subjectOf(store::Connection &connection, qint64 entry);

/// What a seal would destroy. All functions belong inside a function given to Database and throw StoreException.
struct Plan
{
    Target target;
    QList<qint64> entries; ///< whose words go, ascending; their number is what a person types to confirm
    int items = 0;         ///< theirs and ours, with all their versions
    int notes = 0;
    QList<ConversationId> conversations; ///< touched
    QList<CaseId> cases;                 ///< touched
    std::optional<Instant> first;        ///< of the items, when they were received
    std::optional<Instant> last;
    QStringList obstacles; ///< holds and answers on their way: with one of them nothing is sealed; English sentences
    QStringList spared;    ///< of a rule: what stands in the way somewhere, so that what was said there is left out
    int staying = 0;       ///< of the conversations: in how many something remains, others' words mostly
};

/// The person that is meant. Throws NotFound, Conflict (several have had this handle), Rejected (one of our own
/// accounts).
[[nodiscard]] store::HandleRow requirePerson(store::Connection &connection, const Person &person);

/// An item goes with all its versions, on every account that received it. A person's items go all; and where nobody
/// else has spoken in a conversation, so do our answers, the notes, and the name and title of its case, since those are
/// about that person. In a conversation with others, what we and the others said stays. By a rule go items, as one item
/// does, and what is on hold is left out. Throws NotFound, Conflict.
[[nodiscard]] Plan planOf(store::Connection &connection, const Target &target);

/// Whether nobody but this person (and we) has spoken there.
[[nodiscard]] bool isAloneWith(store::Connection &connection, ConversationId conversation, qint64 handle);

} // namespace indelible::seal

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/ids.h"
#include "app/record/entry.h"
#include "app/record/seal.h"
#include "app/store/connection.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace indelible::record {

// The record as people read it: each entry with who did it and whom it is about. Functions belong inside a function
// given to Database and throw StoreException.

/// Whom an entry is about, as far as the workspace knows. The entry itself holds only a random number for it.
struct About
{
    std::optional<ConversationId> conversation;
    std::optional<CaseId> caseId;
    QString name;    ///< the person, the case's title, or the account's handle; empty = the record itself
    QString network; ///< Network::id of a conversation or an account
    friend bool operator==(const About &, const About &) = default;
};

/// One line of the record.
struct EntryView
{
    qint64 idx = 0;
    Entry entry;
    QString member; ///< who did it; empty = the program
    About about;
    bool hasBody = false; ///< false = sealed, or missing
    QJsonObject body;
    std::optional<Seal> sealedBy; ///< where the law wanted its words gone
    QByteArray seal;              ///< the leaf hash over the 108 bytes: changes with every bit of the entry
};

/// The entries with these numbers, in that order. One that is missing, or that is no entry any more, is left out, so
/// that the others can still be read. Costs the same anywhere in the record.
[[nodiscard]] std::vector<EntryView> readEntries(store::Connection &connection, const std::vector<qint64> &numbers);

/// Somebody whose entries can be looked for.
struct Actor
{
    quint32 id = 0; ///< of the entries; 0 = the program
    QString name;
};
/// Everyone who works here, without the program.
[[nodiscard]] std::vector<Actor> readActors(store::Connection &connection);

/// An entry with its proof: what it says, and whether it still is what was recorded.
struct EntryDetail
{
    EntryView view;
    qint64 bodyBytes = 0;
    bool bodyMatches = false; ///< the stored body is the one the entry is bound to
    bool inTree = false;      ///< the entry leads to `root`, by its inclusion proof
    qint64 size = 0;          ///< of the record, when it was read
    QByteArray root;
    std::optional<QString> textBefore; ///< of an edit: what the item said until then

    [[nodiscard]] bool isGood() const { return inTree && (bodyMatches || (!view.hasBody && view.sealedBy)); }
};

/// Throws NotFound where there is no such entry, Damaged where what is there is none.
[[nodiscard]] EntryDetail readEntry(store::Connection &connection, qint64 idx);

} // namespace indelible::record

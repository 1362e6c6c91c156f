// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/account.h"
#include "app/domain/item.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace indelible {

// Names that the eye takes for one another: "paypaI" and "paypal", "rncdonalds" and "mcdonalds", Cyrillic letters among
// Latin ones, letters nobody sees. After UTS 39 (Unicode Security Mechanisms), section 4, with ICU's tables; on top of
// it marks are left out and letters that look alike only as capitals (Cyrillic те and Latin te) are one. Pure; any
// thread. What is found is shown, and nothing is ever done because of it.

/// How `name` looks: names with the same look are easily taken for one another. Empty for a name that nobody sees.
/// For comparing only; never shown. It changes with ICU's tables: see lookRules().
[[nodiscard]] QString lookOf(const QString &name);

/// Which rules made a look: looks of different rules cannot be compared.
[[nodiscard]] QString lookRules();

/// True where two handles look the same and are not: they differ in more than case and marks, since "josé" and "jose"
/// are two honest names.
[[nodiscard]] bool areLookAlikes(const QString &handle, const QString &other);

/// The names of the business: its accounts and the people at its desk.
class OwnNames
{
public:
    OwnNames(const std::vector<Account> &accounts, const QStringList &team);

    /// What of ours `author`, of the network with this id, is easily taken for; nothing for ourselves and for most
    /// people. Compared are handles, whole and without their server, the hosts of mail addresses, and display names of
    /// eight letters or more: of the same look, or with words like "support" and "official" put to them; handles also
    /// where they are one letter away. What sites sign (feeds) is not compared.
    [[nodiscard]] std::optional<LookAlike> resembledBy(const QString &network, const Author &author) const;

private:
    /// The looks of one who has names; without what parts words where the comment says "compact".
    struct Looks
    {
        QString plain; ///< the handle in small letters and without marks, but no look
        QString handle;
        QString stem; ///< of the handle, compact
        QString host; ///< mail only
        QString name; ///< compact
    };
    struct Own
    {
        QString network; ///< empty = a person at the desk
        QString remoteId;
        QString shown;
        Looks looks;
    };
    [[nodiscard]] static Looks looksOf(const QString &network, const QString &handle, const QString &name);

    std::vector<Own> m_own;
};

} // namespace indelible

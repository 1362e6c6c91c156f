// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonValue>
#include <QSet>
#include <QString>
#include <QStringList>

namespace indelible::people {

/// Takes other people's names and handles out of what one person is given (GDPR, article 15(4)). Names are compared as
/// words, whatever stands between them and however they are written (case, width); "@somebody" goes also where nobody
/// of that name is known. What is no word (a name of emoji) goes letter by letter. Names that are words of the language
/// go from sentences too: better too much than another person's name. Pure; any thread.
class Redactor
{
public:
    /// Somebody else is called so.
    void hide(const QString &name);
    /// The person is, or the business: this stays, also where somebody else has the same name.
    void keep(const QString &name);

    [[nodiscard]] QString redacted(const QString &text) const;
    /// Every text in it, but for the fields with these names, whose words are the program's own.
    [[nodiscard]] QJsonValue redacted(const QJsonValue &value, const QSet<QString> &ownFields) const;

private:
    QSet<QString> m_hidden; ///< words, folded, with one space between
    QSet<QString> m_kept;
    QStringList m_signs; ///< names without a word
    qsizetype m_longest = 1;
};

inline constexpr QLatin1StringView kSomebodyElse("[somebody else]");

} // namespace indelible::people

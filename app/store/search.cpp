// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/search.h"

#include "app/base/text.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate();
}

/// Words separated by anything the tokenizer drops too, as one quoted FTS5 string: in it only '"' has a meaning, and no
/// word holds one.
QString phrase(const QString &part)
{
    QStringList words;
    QString word;
    for (const QChar c : part) {
        if (isWordCharacter(c)) {
            word += c;
        } else if (!word.isEmpty()) {
            words.append(std::exchange(word, {}));
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words.isEmpty() ? QString() : u'"' + words.join(u' ') + u'"';
}

} // namespace

QString fullTextQuery(const QString &text)
{
    const QString typed = wellFormed(text);
    QStringList terms;
    const QStringList parts = typed.split(u'"');
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool quoted = i % 2 == 1;
        if (quoted) {
            if (const QString term = phrase(parts.at(i)); !term.isEmpty())
                terms.append(term);
            continue;
        }
        for (const QString &word : parts.at(i).split(u' ', Qt::SkipEmptyParts)) {
            if (const QString term = phrase(word); !term.isEmpty())
                terms.append(term);
        }
    }
    const bool stillTyping = !typed.isEmpty() && isWordCharacter(typed.back());
    if (stillTyping && !terms.isEmpty())
        terms.last() += u'*';
    return terms.join(u" AND "_s);
}

void indexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author)
{
    connection.statement("INSERT INTO item_text (rowid, text, author) VALUES (?, ?, ?)")
        .bind(entry, text, author)
        .run();
}

} // namespace indelible::store

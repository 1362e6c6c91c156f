// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/search.h"

#include "app/base/text.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

/// As FTS5's unicode61 sees it. Its tables are older than Qt's: New Tai Lue's vowels and tones and two Vedic signs have
/// become letters since (Unicode 8 and 12), and no other letter or digit of Unicode 14 is unknown to it.
bool isMark(char32_t c)
{
    return QChar::isMark(c) || (c >= 0x19B0 && c <= 0x19C0) || c == 0x19C8 || c == 0x19C9 || c == 0x1CF2 || c == 0x1CF3;
}

/// Likewise: letters, digits and private use, which make words; emoji and signs separate them.
bool isLetter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || (c >= 0x80 && QChar::category(c) == QChar::Other_PrivateUse);
}

/// What the index and the phrase are made of: words separated by single spaces, without anything that has a meaning to
/// FTS5.
QString words(const QString &text)
{
    QString result;
    result.reserve(text.size());
    bool apart = false;
    bool onLetter = false;
    for (const uint code : text.toUcs4()) {
        const char32_t letter = code;
        // A mark belongs to the letter before it. Alone, or behind an emoji, it is no word: FTS5 would look for nothing
        // and find nothing.
        const bool mark = isMark(letter);
        onLetter = mark ? onLetter : isLetter(letter);
        if (!onLetter) {
            apart = true;
            continue;
        }
        if (!mark) {
            const bool alone = isUnspaced(letter);
            if (!result.isEmpty() && (apart || alone))
                result += u' ';
            apart = alone;
        }
        result += QChar::fromUcs4(letter);
    }
    return result;
}

/// One quoted FTS5 string: in it only '"' has a meaning, and no word holds one.
QString phrase(const QString &part)
{
    const QString found = words(part);
    return found.isEmpty() ? QString() : u'"' + found + u'"';
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
    const QList<uint> letters = typed.toUcs4();
    const bool stillTyping = !letters.isEmpty() && (isLetter(letters.back()) || isMark(letters.back()));
    if (stillTyping && !terms.isEmpty())
        terms.last() += u'*';
    return terms.join(u" AND "_s);
}

void indexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author)
{
    connection.statement("INSERT INTO item_text (rowid, text, author) VALUES (?, ?, ?)")
        .bind(entry, words(wellFormed(text)), words(wellFormed(author)))
        .run();
}

QString searchedAuthor(const Author &author)
{
    return author.displayName() + u' ' + author.handle;
}

QString searchedSender(const Author &author)
{
    return author.displayName();
}

void unindexEntry(Connection &connection, qint64 entry, const QString &text, const QString &author)
{
    connection.statement("INSERT INTO item_text (item_text, rowid, text, author) VALUES ('delete', ?, ?, ?)")
        .bind(entry, words(wellFormed(text)), words(wellFormed(author)))
        .run();
}

void optimizeIndex(Connection &connection)
{
    connection.statement("INSERT INTO item_text (item_text) VALUES ('optimize')").run();
}

std::vector<qint64> entriesWith(Connection &connection, const QString &text, qint64 first, qint64 count)
{
    std::vector<qint64> entries;
    const QString query = fullTextQuery(text);
    if (query.isEmpty())
        return entries;
    Statement statement = connection.statement(
        "SELECT rowid FROM item_text WHERE item_text MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid");
    statement.bind(query, first, first + count);
    while (statement.step())
        entries.push_back(statement.integer(0));
    return entries;
}

} // namespace indelible::store

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/compare_index.h"

#include <array>
#include <compare>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

constexpr qsizetype kExamples = 5;
constexpr std::array<qsizetype, 2> kPrefixes{2, 3}; ///< of which FTS5 keeps an index of its own: see the migrations

/// https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module, as long as it lives. It is a temporary table:
/// a connection that only reads may have it too, once it is asked.
class Vocabulary
{
public:
    explicit Vocabulary(Connection &connection)
        : m_connection(connection)
        , m_queryOnly(isQueryOnly(connection))
    {
        setQueryOnly(false);
        m_connection.execute(u"CREATE VIRTUAL TABLE temp.item_word USING fts5vocab(main, item_text, instance)"_s);
    }
    ~Vocabulary()
    {
        try {
            m_connection.execute(u"DROP TABLE temp.item_word"_s);
            setQueryOnly(m_queryOnly);
        } catch (const StoreException &) {
            // It ends with the connection.
        }
    }
    Vocabulary(const Vocabulary &) = delete;
    Vocabulary &operator=(const Vocabulary &) = delete;

private:
    static bool isQueryOnly(Connection &connection)
    {
        Statement statement = connection.statement("PRAGMA query_only");
        return statement.step() && statement.integer(0) != 0;
    }
    void setQueryOnly(bool on) { m_connection.execute(on ? u"PRAGMA query_only = 1"_s : u"PRAGMA query_only = 0"_s); }

    Connection &m_connection;
    bool m_queryOnly;
};

/// Where a word stands.
struct Place
{
    QByteArray word;
    qint64 entry = 0;
    QByteArray column;
    qint64 offset = 0;

    friend std::strong_ordering operator<=>(const Place &a, const Place &b)
    {
        if (const int order = a.word.compare(b.word); order != 0)
            return order <=> 0;
        if (const auto order = a.entry <=> b.entry; order != 0)
            return order;
        if (const int order = a.column.compare(b.column); order != 0)
            return order <=> 0;
        return a.offset <=> b.offset;
    }
};

/// All places, in the order of the index.
class Places
{
public:
    explicit Places(Connection &connection)
        : m_statement(connection.statement("SELECT term, doc, col, \"offset\" FROM temp.item_word"))
    {
        next();
    }
    void next()
    {
        m_there = m_statement.step();
        if (m_there)
            m_place = {m_statement.text(0).toUtf8(), m_statement.integer(1), m_statement.text(2).toUtf8(),
                       m_statement.integer(3)};
    }
    [[nodiscard]] bool isThere() const { return m_there; }
    [[nodiscard]] const Place &place() const { return m_place; }

private:
    Statement m_statement;
    Place m_place;
    bool m_there = false;
};

class IndexComparer
{
public:
    IndexComparer(Connection &kept, Connection &rebuilt)
        : m_kept(kept)
        , m_rebuilt(rebuilt)
    {
        m_result.table = u"item_text"_s;
    }

    TableComparison run()
    {
        const Vocabulary ofKept(m_kept);
        const Vocabulary ofRebuilt(m_rebuilt);
        Places a(m_kept);
        Places b(m_rebuilt);
        for (; a.isThere() || b.isThere(); ++m_result.rows) {
            const bool onlyKept = a.isThere() && (!b.isThere() || a.place() < b.place());
            const bool onlyRebuilt = b.isThere() && (!a.isThere() || b.place() < a.place());
            if (onlyKept)
                differs(a.place().entry, u"has a word that it does not say"_s);
            if (onlyRebuilt)
                differs(b.place().entry, u"lacks a word that it says"_s);
            if (!onlyKept)
                comparePrefixes(QString::fromUtf8(b.place().word));
            if (!onlyRebuilt)
                a.next();
            if (!onlyKept)
                b.next();
        }
        return m_result;
    }

private:
    void comparePrefixes(const QString &word)
    {
        const QList<uint> letters = word.toUcs4();
        for (size_t i = 0; i < kPrefixes.size(); ++i) {
            if (letters.size() < kPrefixes.at(i))
                continue;
            const QString prefix =
                QString::fromUcs4(reinterpret_cast<const char32_t *>(letters.constData()), kPrefixes.at(i));
            if (std::exchange(m_last.at(i), prefix) != prefix)
                comparePrefix(prefix);
        }
    }

    void comparePrefix(const QString &prefix)
    {
        constexpr const char *kFind = "SELECT rowid FROM item_text WHERE item_text MATCH ? ORDER BY rowid";
        const QString query = u"\"%1\" *"_s.arg(prefix);
        Statement kept = m_kept.statement(kFind);
        Statement rebuilt = m_rebuilt.statement(kFind);
        kept.bind(query);
        rebuilt.bind(query);
        for (;;) {
            const bool inKept = kept.step();
            const bool inRebuilt = rebuilt.step();
            if (!inKept && !inRebuilt)
                return;
            if (inKept != inRebuilt || kept.integer(0) != rebuilt.integer(0)) {
                differs((inRebuilt ? rebuilt : kept).integer(0), u"is not found by the beginning of a word"_s);
                return;
            }
        }
    }

    void differs(qint64 entry, const QString &how)
    {
        ++m_result.different;
        if (m_result.examples.size() < kExamples)
            m_result.examples.append(u"item_text %1 %2."_s.arg(entry).arg(how));
    }

    Connection &m_kept;
    Connection &m_rebuilt;
    std::array<QString, kPrefixes.size()> m_last;
    TableComparison m_result;
};

} // namespace

TableComparison compareIndex(Connection &kept, Connection &rebuilt)
{
    return IndexComparer(kept, rebuilt).run();
}

} // namespace indelible::store

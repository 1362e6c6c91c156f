// SPDX-License-Identifier: GPL-3.0-or-later
// What is compared after a fault.
#include "app/record/item_body.h"
#include "app/record/merkle_proof.h"
#include "app/record/stored_tree.h"
#include "app/record/verify.h"
#include "app/store/account_table.h"
#include "tests/faults/workload.h"
#include "tests/support/wait.h"

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

qint64 number(store::Connection &connection, const QString &sql)
{
    store::Statement statement = connection.statementFor(sql);
    return statement.step() ? statement.integer(0) : -1;
}

int sealedPages(store::Connection &connection)
{
    return static_cast<int>(number(connection, u"SELECT count(*) FROM record_erase"_s));
}

QString differs(const char *what, qint64 found, qint64 wanted)
{
    return found == wanted ? QString()
                           : u"%1: %2 instead of %3. "_s.arg(QLatin1StringView(what)).arg(found).arg(wanted);
}

} // namespace

QString Workload::problem()
{
    if (const Result<void> opened = open(); !opened)
        return u"It cannot be opened: "_s + opened.error().detail;
    const Result<QString> compared =
        m_database->read([this](store::Connection &connection) { return compare(connection); }).result();
    if (!compared)
        return u"It cannot be read: "_s + compared.error().detail;
    if (!compared->isEmpty())
        return *compared;
    if (const QString traces = compareSeals(); !traces.isEmpty())
        return traces;
    const Result<record::Standing> stands = standing();
    if (!stands)
        return u"Its standing cannot be told: "_s + stands.error().detail;
    return *stands == record::Standing::Open ? QString() : u"The record is "_s + record::toString(*stands);
}

QString Workload::compare(store::Connection &connection) const
{
    if (const QString integrity = store::integrityCheck(connection); integrity != "ok"_L1)
        return u"integrity_check: "_s + integrity;
    const record::Verification verified = record::verify(connection);
    if (!verified.isGood())
        return verified.problem;
    if (verified.entries < m_head.size)
        return u"%1 acknowledged entries are lost"_s.arg(m_head.size - verified.entries);
    if (record::rootOf(m_head.size, record::storedSubtrees(connection)) != m_head.root)
        return u"The acknowledged entries are other ones now"_s;
    if (number(connection, u"SELECT count(*) FROM pragma_foreign_key_check"_s) != 0)
        return u"A row points at nothing"_s;
    return comparePages(connection) + compareAnswers(connection);
}

QString Workload::comparePages(store::Connection &connection) const
{
    const int pages = store::readCursor(connection, kAccount).toInt();
    if (pages < m_pages || pages > m_pagesTried)
        return u"The cursor stands at %1; %2 pages were promised, %3 tried. "_s.arg(pages).arg(m_pages).arg(
            m_pagesTried);
    const int sealed = sealedPages(connection);
    if (sealed < m_sealed || sealed > m_sealed + 1)
        return u"%1 pages have a sealed item; %2 were promised. "_s.arg(sealed).arg(m_sealed);
    const int items = kItemsOnPage * pages;
    const QString ofKind = u"SELECT count(*) FROM record_entry WHERE substr(entry, 41, 2) = x'%1'"_s;
    QString all =
        differs("items",
                number(connection,
                       u"SELECT count(*) FROM item WHERE direction = %1"_s.arg(static_cast<int>(Direction::Incoming))),
                items) +
        differs("entries of items", number(connection, ofKind.arg(u"0002"_s)), items) +
        differs("earlier versions", number(connection, u"SELECT count(*) FROM revision"_s), pages - 1) +
        differs("entries of edits", number(connection, ofKind.arg(u"0003"_s)), pages - 1) +
        differs("gone", number(connection, u"SELECT count(*) FROM item WHERE gone IS NOT NULL"_s), pages - 1) +
        differs("entries of gone", number(connection, ofKind.arg(u"0004"_s)), pages - 1);
    const QString found = u"SELECT count(*) FROM item_text WHERE item_text MATCH 'page%1'"_s;
    for (int page = 1; page <= pages + 1; ++page)
        all += differs("found by search", number(connection, found.arg(page)),
                       page > pages ? 0 : kItemsOnPage + (page < pages ? 1 : 0) - (page <= sealed ? 1 : 0));
    return all;
}

QString Workload::compareSeals()
{
    const Result<bool> finished = wait(m_seals->finish());
    if (!finished || !*finished)
        return u"Traces of what was sealed cannot be removed: "_s + (finished ? QString() : finished.error().detail);
    const Result<int> sealed = m_database->read(&sealedPages).result();
    return sealed ? findSealed(*sealed) : sealed.error().detail;
}

QString Workload::compareAnswers(store::Connection &connection) const
{
    QHash<QString, int> copies;
    for (const FakeChannel::Post &post : m_network.posts)
        ++copies[post.text];
    QHash<QString, OutboxState> states;
    store::Statement statement = connection.statement(
        "SELECT o.state, b.body FROM outbox o JOIN record_body b ON b.idx = o.intent ORDER BY o.id");
    while (statement.step()) {
        const QString text = record::itemFromBody(statement.blob(1)).text;
        if (states.contains(text))
            return u"'%1' is in the outbox twice. "_s.arg(text);
        states.insert(text, static_cast<OutboxState>(statement.integer(0)));
    }
    for (auto it = m_answers.cbegin(); it != m_answers.cend(); ++it) {
        if (it->intended && !states.contains(it.key()))
            return u"The acknowledged intent '%1' is lost. "_s.arg(it.key());
        if (it->sent && states.value(it.key()) != OutboxState::Sent)
            return u"'%1' was sent and is not SENT any more. "_s.arg(it.key());
    }
    for (auto it = states.cbegin(); it != states.cend(); ++it) {
        const int there = copies.value(it.key());
        if (there > 1)
            return u"'%1' was sent %2 times. "_s.arg(it.key()).arg(there);
        if (there == 1 && it.value() == OutboxState::Queued)
            return u"'%1' went out and would go out again. "_s.arg(it.key());
        if (there == 0 && it.value() == OutboxState::Sent)
            return u"'%1' is called SENT and never went out. "_s.arg(it.key());
    }
    return {};
}

} // namespace indelible::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/search.h"
#include "tests/support/catch.h"
#include "tests/support/temp_inbox.h"

#include <unordered_set>

using namespace Qt::StringLiterals;
using namespace indelible;
using store::fullTextQuery;
using test::TempInbox;

TEST_CASE("typed words become a query in which nothing typed is syntax")
{
    CHECK(fullTextQuery(u"cold soup "_s) == u"\"cold\" AND \"soup\""_s);
    CHECK(fullTextQuery(u"cold so"_s) == u"\"cold\" AND \"so\"*"_s);
    CHECK(fullTextQuery(u"\"cold soup\" now "_s) == u"\"cold soup\" AND \"now\""_s);
    CHECK(fullTextQuery(u"a OR b* NEAR(c) -d ^e : (\" "_s) ==
          u"\"a\" AND \"OR\" AND \"b\" AND \"NEAR c\" AND \"d\" AND \"e\""_s);
    CHECK(fullTextQuery(u"  ' \" * "_s).isEmpty());
}

TEST_CASE("a mark without a letter is no word, so that an emoji in front of words finds them")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"\u2615\uFE0F cold soup"_s, inbox.clock.now())});
    for (const QString &typed : {u"\u2615\uFE0F soup"_s, u"\u0746 cold soup "_s, u"\"\u2615\uFE0F\" so"_s}) {
        InboxQuery query;
        query.view = View::Everything;
        query.search = typed;
        INFO(typed.toStdString());
        CHECK(inbox.list(query).size() == 1);
    }
    CHECK(fullTextQuery(u"\u0746"_s).isEmpty());
}

TEST_CASE("no character is a word to us and none to FTS5, whose tables are older: such a search would never find")
{
    test::TempStore temp;
    store::Connection connection(temp.file(), store::Connection::Mode::ReadWrite);
    store::Transaction transaction(connection);
    std::vector<char32_t> words;
    for (char32_t letter = 1; letter <= QChar::LastValidCodePoint; ++letter) {
        const QString text = QString::fromUcs4(&letter, 1);
        if (QChar::isSurrogate(letter) || QChar::category(letter) == QChar::Other_PrivateUse ||
            fullTextQuery(text).isEmpty())
            continue;
        words.push_back(letter);
        store::indexEntry(connection, letter, text, {});
    }
    CHECK(words.size() > 100'000);
    connection.statement("CREATE VIRTUAL TABLE temp.known USING fts5vocab(main, item_text, instance)").run();
    std::unordered_set<qint64> known;
    store::Statement found = connection.statement("SELECT doc FROM known");
    while (found.step())
        known.insert(found.integer(0));
    for (const char32_t letter : words) {
        if (!known.contains(letter))
            FAIL_CHECK("U+" << std::hex << static_cast<quint32>(letter));
    }
}

TEST_CASE("hostile search texts never fail")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"cold soup"_s, inbox.clock.now())});
    for (const QString &typed :
         {u"\""_s, u"\"\"\""_s, u"* "_s, u"a\"b"_s, u"{x}: y"_s, u"col:soup"_s, u"NOT"_s, u"\u0000x"_s,
          QString(5000, u'a'), u"'; DROP TABLE item; --"_s, QString(QChar(0xD83D))}) {
        InboxQuery query;
        query.view = View::Everything;
        query.search = typed;
        CHECK(test::wait(inbox.service->page(query)).has_value());
    }
}

TEST_CASE("search folds accents and case, finds beginnings, people and earlier versions")
{
    TempInbox inbox;
    RemoteItem item = test::sampleItem(u"1"_s, u"t"_s, u"Die Br\u00F6tchen waren KALT"_s, inbox.clock.now());
    inbox.ingest({item});
    item.text = u"now it is about cakes"_s;
    item.version = u"v2"_s;
    inbox.ingest({item});
    inbox.ingest({test::sampleItem(u"2"_s, u"other"_s, u"nothing of the kind"_s, inbox.clock.now())});
    const auto found = [&inbox](const QString &typed) {
        InboxQuery query;
        query.view = View::Everything;
        query.search = typed;
        return inbox.list(query).size();
    };
    CHECK(found(u"brotchen kalt "_s) == 1);
    CHECK(found(u"brot"_s) == 1);
    CHECK(found(u"brot "_s) == 0);
    CHECK(found(u"cakes "_s) == 1);
    CHECK(found(u"duarte "_s) == 2);
    CHECK(found(u"kalt nothing "_s) == 0);
}

TEST_CASE("scripts without spaces are found by any part of what was written")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"ja"_s, u"カルダモンロールが絶品でした。また来ます"_s, inbox.clock.now()),
                  test::sampleItem(u"2"_s, u"zh"_s, u"蛋糕很好吃"_s, inbox.clock.now()),
                  test::sampleItem(u"3"_s, u"th"_s, u"เค้กอร่อยมาก"_s, inbox.clock.now()),
                  test::sampleItem(u"4"_s, u"ar"_s, u"وصلت الكعكة"_s, inbox.clock.now())});
    const auto found = [&inbox](const QString &typed) {
        InboxQuery query;
        query.view = View::Everything;
        query.search = typed;
        return inbox.list(query).size();
    };
    for (const QString &typed :
         {u"カルダモン"_s, u"ロール"_s, u"絶品 "_s, u"好吃"_s, u"蛋糕 "_s, u"อร่อย"_s, u"الكعكة "_s}) {
        INFO(typed.toStdString());
        CHECK(found(typed) == 1);
    }
    CHECK(found(u"モンダ"_s) == 0);
    CHECK(found(u"吃好"_s) == 0);
}

TEST_CASE("what holds no word finds nothing, and emoji beside words do no harm")
{
    TempInbox inbox;
    inbox.ingest({test::sampleItem(u"1"_s, u"t"_s, u"sesame bun 😍!!!"_s, inbox.clock.now())});
    const auto found = [&inbox](const QString &typed) {
        InboxQuery query;
        query.view = View::Everything;
        query.search = typed;
        return inbox.list(query).size();
    };
    for (const QString &typed : {u"!!!"_s, u"\""_s, u"..."_s, u"😍"_s})
        CHECK(found(typed) == 0);
    CHECK(found(u"sesame 😍"_s) == 1);
    CHECK(found(u" "_s) == 1);
}

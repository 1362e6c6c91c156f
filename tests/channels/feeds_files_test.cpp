// SPDX-License-Identifier: GPL-3.0-or-later
// Feeds after the habits of real producers (tests/data/feeds), each against what must be read from it. With
// INDELIBLE_UPDATE_SNAPSHOTS=1 the expected files are written anew, to be looked at before they are committed.
#include "app/channels/feeds/feed_items.h"
#include "app/channels/feeds/feed_parser.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace indelible;
using namespace indelible::channels::feeds;
using namespace Qt::StringLiterals;

namespace {

const QString kFolder = QStringLiteral(INDELIBLE_SOURCE_DIR "/tests/data/feeds/");

QByteArray contents(const QString &name)
{
    QFile file(kFolder + name);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

QJsonArray manifest()
{
    return QJsonDocument::fromJson(contents(u"manifest.json"_s)).array();
}

bool isUpdating()
{
    return qEnvironmentVariableIsSet("INDELIBLE_UPDATE_SNAPSHOTS");
}

QJsonObject jsonOf(const RemoteItem &item)
{
    QJsonArray links;
    for (const TextLink &link : item.links)
        links.append(item.text.mid(link.start, link.length) + u" -> "_s + link.target);
    QJsonArray media;
    for (const Media &medium : item.media)
        media.append(medium.kind + u' ' + medium.address + u' ' + medium.description);
    return {{"id"_L1, item.remoteId},
            {"thread"_L1, item.threadId},
            {"parent"_L1, item.parentId},
            {"author"_L1, QJsonArray{item.author.remoteId, item.author.handle, item.author.name}},
            {"text"_L1, item.text},
            {"links"_L1, links},
            {"media"_L1, media},
            {"language"_L1, item.language},
            {"url"_L1, item.url},
            {"createdAt"_L1, toRfc3339(item.createdAt)}};
}

QJsonObject readingOf(const QJsonObject &entry)
{
    const QUrl address(entry["address"_L1].toString());
    const Result<FeedDocument> document =
        parseFeed(contents(entry["file"_L1].toString()), entry["contentType"_L1].toString().toLatin1(), address);
    if (!document)
        return {{"error"_L1, document.error().detail}};
    const FeedNews news = newsOf(*document, address, {}, {}, test::FakeClock().now());
    QJsonArray items;
    for (const RemoteItem &item : news.items)
        items.append(jsonOf(item));
    QJsonArray gone;
    for (const RemoteGone &one : news.gone)
        gone.append(one.remoteId);
    return {{"title"_L1, document->title},
            {"link"_L1, document->link},
            {"expired"_L1, document->expired},
            {"pauseMinutes"_L1, document->pause ? static_cast<qint64>(document->pause->count()) : 0},
            {"items"_L1, items},
            {"gone"_L1, gone}};
}

} // namespace

TEST_CASE("feeds of every habit are read as expected")
{
    for (const auto &value : manifest()) {
        const QJsonObject entry = value.toObject();
        const QString name = entry["file"_L1].toString();
        INFO(name.toStdString() << ": " << entry["habit"_L1].toString().toStdString());
        const QByteArray read = QJsonDocument(readingOf(entry)).toJson();
        const QString expected = u"expected/"_s + name + u".json"_s;
        if (isUpdating()) {
            QFile file(kFolder + expected);
            REQUIRE(file.open(QIODevice::WriteOnly));
            file.write(read);
        } else {
            CHECK(read == contents(expected));
        }
    }
}

TEST_CASE("every feed file has its line, its expectation and a habit of its own; there are fifty and more")
{
    REQUIRE_FALSE(isUpdating()); // a run that writes expectations proves nothing
    QStringList named{u"manifest.json"_s};
    QStringList expected;
    QStringList habits;
    for (const auto &entry : manifest()) {
        named.append(entry["file"_L1].toString());
        expected.append(named.last() + u".json"_s);
        habits.append(entry["habit"_L1].toString());
    }
    named.sort();
    expected.sort();
    CHECK(QDir(kFolder).entryList(QDir::Files, QDir::Name | QDir::LocaleAware).size() == named.size());
    for (const QString &name : named)
        CHECK(QFile::exists(kFolder + name));
    CHECK(QDir(kFolder + u"expected"_s).entryList(QDir::Files).size() == expected.size());
    for (const QString &name : expected)
        CHECK(QFile::exists(kFolder + u"expected/"_s + name));
    CHECK(habits.removeDuplicates() == 0);
    CHECK_FALSE(habits.contains(QString()));
    CHECK(named.size() > 50);
}

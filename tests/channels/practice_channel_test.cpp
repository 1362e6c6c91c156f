// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_channel.h"

#include "tests/channels/practice_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/wait.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QThreadPool>

#include <random>

using namespace indelible;
using namespace indelible::channels;
using namespace indelible::channels::practice;
using namespace indelible::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

struct Workspace
{
    FakeClock clock;
    QTemporaryDir folder;

    std::unique_ptr<Channel> open(const QString &network) const
    {
        ChannelContext context;
        context.clock = &clock;
        context.dataFolder = folder.path();
        return makePracticeChannel(*carriedWorld().accountOn(network), context);
    }

    QString file() const { return statePath(folder.path()); }

    QByteArray bytes() const
    {
        QFile stored(file());
        REQUIRE(stored.open(QIODevice::ReadOnly));
        return stored.readAll();
    }

    void overwrite(const QByteArray &content) const
    {
        QFile stored(file());
        REQUIRE(stored.open(QIODevice::WriteOnly));
        REQUIRE(stored.write(content) == content.size());
    }
};

/// Fetches to the end; gives back where to go on.
Cursor fetchAll(Channel &channel, Cursor cursor, Collected &into)
{
    while (true) {
        const Result<Batch> batch = wait(channel.fetch(cursor));
        REQUIRE(batch.has_value());
        CHECK(batch->items.size() + batch->gone.size() <= 20);
        into.add(*batch);
        cursor = batch->cursor;
        if (!batch->more)
            return cursor;
    }
}

} // namespace

TEST_CASE("A practice account is fetched to its end, and then again brings nothing")
{
    const Workspace workspace;
    const auto channel = workspace.open(u"google-reviews"_s);
    Collected collected;
    const Cursor cursor = fetchAll(*channel, {}, collected);
    CHECK(collected.versions.size() > 20);
    CHECK(collected.versions.contains(u"rosalind-wedding-cake-1 2"_s));
    CHECK(collected.gone == QStringList{u"rosalind-wedding-cake-2"_s});
    Collected nothing;
    fetchAll(*channel, cursor, nothing);
    CHECK(nothing == Collected());
}

TEST_CASE("Over any number of restarts a practice account delivers everything once")
{
    std::mt19937 random(44);
    Workspace workspace;
    const QStringList networks{u"mastodon"_s, u"telegram"_s, u"google-reviews"_s};
    QHash<QString, Collected> collected;
    QHash<QString, Cursor> cursors;
    for (int round = 0; round < 30; ++round) {
        for (const QString &network : networks) {
            const auto channel = workspace.open(network); // a restart each time
            const Result<Batch> batch = wait(channel->fetch(cursors.value(network)));
            REQUIRE(batch.has_value());
            collected[network].add(*batch);
            cursors[network] = batch->cursor;
            if (round % 7 == 3 && !batch->items.empty() && network != "google-reviews"_L1) {
                const RemoteItem &item = batch->items.back();
                const auto sent =
                    wait(channel->send(answerTo(item, channel->prepareKey(workspace.clock.now()), u"Thank you!"_s)));
                CHECK(sent.has_value());
            }
        }
        workspace.clock.advance(std::chrono::seconds(std::uniform_int_distribution(1, 90)(random)));
    }
    workspace.clock.advance(1h);
    for (const QString &network : networks) {
        const auto channel = workspace.open(network);
        fetchAll(*channel, cursors.value(network), collected[network]);
        Collected whole;
        fetchAll(*channel, {}, whole);
        CHECK(collected[network] == whole);
        CHECK(QSet<QString>(whole.versions.begin(), whole.versions.end()).size() == whole.versions.size());
    }
}

TEST_CASE("The practice network's start is the first fetch and stays it over a restart")
{
    Workspace workspace;
    CHECK_FALSE(QFile::exists(workspace.file()));
    const Instant start = workspace.clock.now();
    REQUIRE(wait(workspace.open(u"email"_s)->fetch({})).has_value());
    CHECK(QFile::exists(workspace.file()));
    workspace.clock.advance(26h);
    const Result<Batch> batch =
        wait(workspace.open(u"bluesky"_s)->context({u"jonas-closed-door"_s, Audience::Public, {}}));
    REQUIRE(batch.has_value());
    CHECK(batch->items.front().createdAt == start - 132min);
}

TEST_CASE("A practice answer, its receipt and the reaction to it survive a restart")
{
    Workspace workspace;
    const RemoteItem camille = carriedItem(u"camille-hazelnut-1"_s);
    const auto channel = workspace.open(u"email"_s);
    const QByteArray key = channel->prepareKey(workspace.clock.now());
    Collected before;
    const Cursor cursor = fetchAll(*channel, {}, before);
    const Outgoing outgoing = answerTo(camille, key, u"Bonjour Camille, oui. Priya"_s);
    const Result<Receipt> receipt = wait(channel->send(outgoing));
    REQUIRE(receipt.has_value());

    const auto later = workspace.open(u"email"_s);
    const Result<Receipt> again = wait(later->send(outgoing));
    REQUIRE(again.has_value());
    CHECK(again->remoteId == receipt->remoteId);
    const auto found = wait(later->find(outgoing));
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    CHECK((*found)->remoteId == receipt->remoteId);

    Collected after;
    const Cursor next = fetchAll(*later, cursor, after);
    CHECK(after.versions == QStringList{receipt->remoteId + u" 1"_s});
    workspace.clock.advance(55s);
    const Result<Batch> reaction = wait(workspace.open(u"email"_s)->fetch(next));
    REQUIRE(reaction.has_value());
    REQUIRE(reaction->items.size() == 1);
    CHECK(reaction->items.front().author == camille.author);
    CHECK(reaction->items.front().parentId == receipt->remoteId);
    CHECK(reaction->items.front().createdAt == workspace.clock.now());
}

TEST_CASE("Practice accounts see at once what another account of the workspace did")
{
    const Workspace workspace;
    const auto one = workspace.open(u"mastodon"_s);
    const auto two = workspace.open(u"mastodon"_s);
    Collected before;
    const Cursor cursor = fetchAll(*two, {}, before);
    REQUIRE(wait(one->send(
                     answerTo(carriedItem(u"mateo-buns-1"_s), one->prepareKey(workspace.clock.now()), u"¡Gracias!"_s)))
                .has_value());
    Collected after;
    fetchAll(*two, cursor, after);
    CHECK(after.versions.size() == 1);
}

TEST_CASE("Practice accounts that answer at the same time do not lose each other's answers")
{
    const Workspace workspace;
    const QStringList waiting{u"mateo-buns-1"_s,    u"wren-sesame-1"_s,           u"layla-birthday-3"_s,
                              u"fake-giveaway-1"_s, u"halloran-ultimatum-3"_s,    u"camille-hazelnut-1"_s,
                              u"bramwell-meh-1"_s,  u"rosalind-first-message-1"_s};
    std::vector<std::unique_ptr<Channel>> channels;
    std::vector<QCoro::Task<Result<Receipt>>> tasks;
    int open = 0;
    for (int round = 0; round < 10; ++round) {
        for (const QString &id : waiting) {
            const RemoteItem item = carriedItem(id);
            const QString network = carriedWorld().conversation(item.threadId)->network;
            if (network == "google-reviews"_L1 && round > 0)
                continue; // takes one answer
            channels.push_back(workspace.open(network));
            const QByteArray key = channels.back()->prepareKey(workspace.clock.now());
            ++open;
            tasks.push_back(channels.back()->send(answerTo(item, key, u"Thank you!"_s)));
            tasks.back().then([&open](const Result<Receipt> &receipt) {
                CHECK(receipt.has_value());
                --open;
            });
        }
    }
    waitUntil([&open] { return open == 0; });
    const auto state = loadState(workspace.file());
    REQUIRE(state.has_value());
    REQUIRE(state->has_value());
    CHECK((*state)->answers.size() == tasks.size());
}

TEST_CASE("A practice channel may end while its call is under way")
{
    const Workspace workspace;
    auto channel = workspace.open(u"facebook"_s);
    std::optional<Result<Batch>> reply;
    auto task = channel->fetch({});
    task.then([&reply](const Result<Batch> &batch) { reply = batch; });
    channel.reset();
    waitUntil([&reply] { return reply.has_value(); });
    CHECK(reply->has_value());
}

TEST_CASE("A damaged practice file gives one clear sentence and is left as it is")
{
    const Workspace workspace;
    const auto channel = workspace.open(u"email"_s);
    REQUIRE(wait(channel->fetch({})).has_value());
    const QByteArray whole = workspace.bytes();
    for (const QByteArray &broken :
         {QByteArray(), QByteArray("{"), whole.left(whole.size() / 2), QByteArray("[]"), QByteArray("{\"format\": 1}"),
          QByteArray(whole).replace("\"epoch\": \"2", "\"epoch\": \"x"), QByteArray(10000, '[')}) {
        INFO(broken.left(60).toStdString());
        workspace.overwrite(broken);
        const Result<Batch> batch = wait(channel->fetch({}));
        REQUIRE_FALSE(batch.has_value());
        CHECK(batch.error().kind == ErrorKind::Damaged);
        CHECK(batch.error().detail.contains(u"is damaged"_s));
        CHECK(batch.error().detail.contains(u"own history is safe"_s));
        CHECK(batch.error().detail.contains(u"remove the file"_s));
        CHECK_FALSE(wait(channel->send(answerTo(carriedItem(u"camille-hazelnut-1"_s), "k", u"Oui"_s))).has_value());
        CHECK(workspace.bytes() == broken);
    }
    workspace.overwrite(whole);
    CHECK(wait(channel->fetch({})).has_value());
}

TEST_CASE("A practice file of a newer version is refused and left as it is")
{
    const Workspace workspace;
    const QByteArray newer = R"({"format": 2, "surprise": true})";
    workspace.overwrite(newer);
    const Result<Batch> batch = wait(workspace.open(u"email"_s)->fetch({}));
    REQUIRE_FALSE(batch.has_value());
    CHECK(batch.error().kind == ErrorKind::NewerSchema);
    CHECK(workspace.bytes() == newer);
}

TEST_CASE("A practice file that cannot be opened says so and nothing is taken")
{
    const Workspace workspace;
    const auto channel = workspace.open(u"email"_s);
    REQUIRE(QDir().mkpath(workspace.file())); // a folder in its place, which nobody can read as a file, root included
    const Result<Batch> batch = wait(channel->fetch({}));
    REQUIRE_FALSE(batch.has_value());
    CHECK(batch.error().kind == ErrorKind::Storage);
    CHECK(batch.error().detail.contains(u"is safe"_s));
}

TEST_CASE("A practice answer that cannot be kept is not taken")
{
    const Workspace workspace;
    const QString missing = workspace.folder.filePath(u"not-there"_s);
    ChannelContext context;
    context.clock = &workspace.clock;
    context.dataFolder = missing;
    const auto channel = makePracticeChannel(*carriedWorld().accountOn(u"email"_s), context);
    const Outgoing outgoing = answerTo(carriedItem(u"camille-hazelnut-1"_s), "k", u"Oui"_s);
    const Result<Receipt> sent = wait(channel->send(outgoing));
    REQUIRE_FALSE(sent.has_value());
    CHECK(sent.error().kind == ErrorKind::Storage);
    CHECK(sent.error().provablyNotProcessed);
    CHECK(sent.error().detail.contains(u"cannot be written"_s));
    CHECK_FALSE(wait(channel->fetch({})).has_value());

    REQUIRE(QDir().mkpath(missing));
    const auto found = wait(channel->find(outgoing));
    REQUIRE(found.has_value());
    CHECK_FALSE(found->has_value());
    CHECK(wait(channel->send(outgoing)).has_value());
}

TEST_CASE("Signing in to the practice network works for each of the seven and for nobody else")
{
    const Workspace workspace;
    for (const Account &account : carriedWorld().accounts) {
        const auto own = wait(workspace.open(account.network)->signIn({}));
        REQUIRE(own.has_value());
        CHECK(own->remoteId == account.remoteId);
        const auto chosen = workspace.open(u"email"_s);
        const auto byHandle = wait(chosen->signIn({account.handle, {}, {}}));
        REQUIRE(byHandle.has_value());
        CHECK(byHandle->name == account.name);
        CHECK(chosen->capabilities().publicLimit == capabilitiesOn(account.network).publicLimit);
    }
    const auto nobody = wait(workspace.open(u"email"_s)->signIn({u"rival-bakery"_s, {}, {}}));
    REQUIRE_FALSE(nobody.has_value());
    CHECK(nobody.error().kind == ErrorKind::NotFound);
    CHECK(wait(workspace.open(u"email"_s)->signOut()).has_value());
}

TEST_CASE("Keys of practice answers never repeat")
{
    const Workspace workspace;
    const auto channel = workspace.open(u"email"_s);
    QSet<QByteArray> keys;
    for (int count = 0; count < 1000; ++count)
        keys.insert(channel->prepareKey(workspace.clock.now()));
    CHECK(keys.size() == 1000);
}

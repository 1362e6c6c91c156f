// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_cursor.h"
#include "app/channels/mastodon/mastodon_parser.h"
#include "app/channels/mastodon/mastodon_post.h"
#include "app/channels/mastodon/mastodon_session.h"
#include "app/channels/mastodon/mastodon_threads.h"
#include "tests/fuzz/item_rules.h"

using namespace indelible;
using namespace indelible::channels::mastodon;

namespace {

const Self kSelf{QStringLiteral("1"), QStringLiteral("https://shop.example/@shop"), QStringLiteral("shop.example")};

void requireGood(std::vector<Status> statuses)
{
    nameThreads(statuses, [](const QString &uri) { return uri.size() % 2 == 0; });
    for (const Status &status : statuses) {
        fuzz::requireGoodItem(status.item);
        fuzz::require(!status.id.isEmpty(), "a status has an id");
        fuzz::require(!replyFrom(status.item.reply).id.isEmpty(), "a status can be answered");
        fuzz::require((status.item.kind == ItemKind::Message) == (status.item.audience == Audience::Private),
                      "what is not for everybody is a message");
    }
}

void tryNotifications(const QByteArray &bytes)
{
    const Result<std::vector<Notification>> page = parseNotifications(bytes, kSelf);
    if (!page)
        return;
    Position position;
    const std::vector<Status> fresh = takeNew(position, *page);
    fuzz::require(fresh.size() <= page->size(), "nothing is made up");
    fuzz::require(takeNew(position, *page).empty(), "the same page brings nothing new");
    requireGood(fresh);
}

void tryHistory(const QByteArray &bytes)
{
    Status status;
    status.editedAt = QStringLiteral("2026-11-22T09:00:00.000Z");
    const Result<std::vector<Wording>> earlier = parseHistory(bytes, status);
    if (!earlier)
        return;
    for (const Wording &words : *earlier) {
        fuzz::requireGoodText(words.text, words.links);
        fuzz::require(!words.version.isEmpty(), "a version has a name");
    }
}

void tryAnswer(const fuzz::Input &input)
{
    channels::Outgoing outgoing;
    outgoing.text = wellFormed(input.text());
    const ReplyTo reply{
        QStringLiteral("7"), QStringLiteral("direct"), {QStringLiteral("2"), QStringLiteral("ana@far.example")}, {}};
    Session session;
    session.limit = {500, TextUnit::Graphemes, 0, 23};
    const QString words = wordsFor(outgoing, reply, QStringLiteral("direct"), session);
    fuzz::require(words.endsWith(outgoing.text), "the words stay as they were written");
    fuzz::require(words.toLower().contains(QStringLiteral("@ana@far.example")), "who is answered is named");
    (void)essenceOf(words);
    (void)lengthIn(session.limit, words);
}

void tryPosition(const QByteArray &bytes)
{
    const Position position = readPosition(bytes);
    const channels::Cursor written = writePosition(position);
    fuzz::require(writePosition(readPosition(written)) == written, "a position comes back");
}

void tryStored(const QByteArray &bytes)
{
    if (const Result<Session> session = readSession(bytes))
        fuzz::require(readSession(writeSession(*session)).has_value(), "a session comes back");
    if (const Result<Instance> instance = parseInstance(bytes))
        fuzz::require(instance->limit.maximum > 0 && instance->limit.linkLength > 0, "a limit is one");
    (void)parseProfile(bytes, kSelf.domain);
    (void)parseApplication(bytes);
    (void)parseToken(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz::Input input(data, size);
    switch (input.choice(6)) {
    case 0:
        tryNotifications(input.bytes());
        break;
    case 1:
        if (const Result<std::vector<Status>> statuses = parseStatuses(input.bytes(), kSelf))
            requireGood(*statuses);
        tryHistory(input.bytes());
        break;
    case 2:
        if (Result<Surroundings> around = parseContext(input.bytes(), kSelf)) {
            around->ancestors.insert(around->ancestors.end(), around->descendants.begin(), around->descendants.end());
            requireGood(around->ancestors);
        }
        break;
    case 3:
        tryAnswer(input);
        break;
    case 4:
        tryPosition(input.bytes());
        break;
    default:
        tryStored(input.bytes());
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_world.h"

#include "app/channels/practice/practice_json.h"
#include "app/domain/network.h"

#include <QFile>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::practice {

namespace {

constexpr int kSchema = 1;
constexpr int kMinutesOfSixtyDays = 60 * 24 * 60;
constexpr int kMinutesOfOneDay = 24 * 60;
constexpr int kLongestReactionSeconds = 3600;

QString ourRemoteId(const QString &networkId)
{
    return networkId + u"/us"_s;
}

std::chrono::minutes momentOf(const JsonNode &node)
{
    const auto before = node.find("minutesAgo"_L1);
    const auto after = node.find("minutesAfterStart"_L1);
    if (before.has_value() == after.has_value())
        node.fail(u"exactly one of 'minutesAgo' and 'minutesAfterStart' is needed"_s);
    return before ? -std::chrono::minutes(before->number(0, kMinutesOfSixtyDays))
                  : std::chrono::minutes(after->number(0, kMinutesOfOneDay));
}

TextLink linkOf(const JsonNode &node, const QString &text)
{
    node.allowOnly({"kind"_L1, "text"_L1, "target"_L1});
    TextLink link;
    const QString kind = node["kind"_L1].text();
    if (kind == "web"_L1)
        link.kind = TextLink::Kind::Web;
    else if (kind == "person"_L1)
        link.kind = TextLink::Kind::Person;
    else if (kind == "tag"_L1)
        link.kind = TextLink::Kind::Tag;
    else
        node.fail(u"'%1' is no kind of link"_s.arg(kind));
    const QString part = node["text"_L1].text();
    link.start = text.indexOf(part);
    link.length = part.size();
    if (link.start < 0)
        node.fail(u"the linked words do not occur in the item"_s);
    link.target = node["target"_L1].text();
    return link;
}

Media mediaOf(const JsonNode &node)
{
    node.allowOnly({"kind"_L1, "description"_L1});
    return Media{node["kind"_L1].text(), node["description"_L1].text(), QString()};
}

WorldGone goneOf(const JsonNode &node)
{
    node.allowOnly({"minutesAgo"_L1, "minutesAfterStart"_L1, "reason"_L1});
    const QString reason = node["reason"_L1].text();
    if (reason == "deleted-by-author"_L1)
        return {momentOf(node), RemoteGone::Reason::DeletedByAuthor};
    if (reason == "hidden-by-network"_L1)
        return {momentOf(node), RemoteGone::Reason::HiddenByNetwork};
    node.fail(u"'%1' is no reason"_s.arg(reason));
}

/// Reads the whole document; remembers who and what has been named so far.
class WorldParser
{
public:
    World parse(const QByteArray &json)
    {
        const JsonNode root = JsonNode::parse(json);
        root.allowOnly(
            {"schema"_L1, "business"_L1, "desk"_L1, "team"_L1, "accounts"_L1, "people"_L1, "conversations"_L1});
        static_cast<void>(root["schema"_L1].number(kSchema, kSchema));
        m_world.business = root["business"_L1].text();
        m_world.desk = root["desk"_L1].text();
        for (const JsonNode &member : root["team"_L1].list())
            m_world.team.append(member.text());
        for (const JsonNode &node : root["accounts"_L1].list())
            addAccount(node);
        for (const JsonNode &node : root["people"_L1].list())
            addPerson(node);
        for (const JsonNode &node : root["conversations"_L1].list())
            addConversation(node);
        return std::move(m_world);
    }

private:
    void addAccount(const JsonNode &node)
    {
        node.allowOnly({"network"_L1, "handle"_L1, "name"_L1});
        Account account;
        account.channel = u"practice"_s;
        account.network = node["network"_L1].text();
        const auto &known = networks();
        if (std::none_of(known.begin(), known.end(),
                         [&](const Network &network) { return network.id == account.network; }))
            node.fail(u"'%1' is no network of this program"_s.arg(account.network));
        if (m_world.accountOn(account.network))
            node.fail(u"a second account on '%1'"_s.arg(account.network));
        account.remoteId = ourRemoteId(account.network);
        account.handle = node["handle"_L1].text();
        account.name = node["name"_L1].text();
        m_world.accounts.push_back(std::move(account));
    }

    void addPerson(const JsonNode &node)
    {
        node.allowOnly({"id"_L1, "name"_L1, "handles"_L1});
        const QString id = node["id"_L1].text();
        if (id == "us"_L1 || m_people.contains(id))
            node.fail(u"the person '%1' is named twice"_s.arg(id));
        const QString name = node["name"_L1].textOrEmpty();
        auto &identities = m_people[id];
        for (const auto &[networkId, handle] : node["handles"_L1].fields()) {
            if (!m_world.accountOn(networkId))
                handle.fail(u"we have no account on '%1'"_s.arg(networkId));
            identities.insert(networkId, Author{u"%1/%2"_s.arg(networkId, id), handle.text(), name});
        }
    }

    void addConversation(const JsonNode &node)
    {
        node.allowOnly({"id"_L1, "account"_L1, "kind"_L1, "audience"_L1, "language"_L1, "items"_L1, "reactions"_L1});
        WorldConversation conversation;
        conversation.id = node["id"_L1].text();
        if (m_world.conversation(conversation.id))
            node.fail(u"the conversation '%1' is there twice"_s.arg(conversation.id));
        conversation.network = node["account"_L1].text();
        if (!m_world.accountOn(conversation.network))
            node.fail(u"we have no account on '%1'"_s.arg(conversation.network));
        conversation.kind = kindOf(node["kind"_L1]);
        conversation.audience = audienceOf(node["audience"_L1]);
        conversation.language = node["language"_L1].textOrEmpty();
        const std::vector<JsonNode> items = node["items"_L1].list();
        if (items.empty())
            node.fail(u"a conversation without items"_s);
        for (const JsonNode &item : items)
            addItem(conversation, item);
        if (const auto reactions = node.find("reactions"_L1)) {
            for (const JsonNode &reaction : reactions->list())
                addReaction(conversation, reaction);
        }
        m_world.conversations.push_back(std::move(conversation));
    }

    void addItem(WorldConversation &conversation, const JsonNode &node)
    {
        node.allowOnly({"id"_L1, "from"_L1, "minutesAgo"_L1, "minutesAfterStart"_L1, "text"_L1, "kind"_L1, "parent"_L1,
                        "language"_L1, "stars"_L1, "links"_L1, "media"_L1, "edits"_L1, "gone"_L1});
        WorldItem added;
        added.at = momentOf(node);
        if (!conversation.items.empty() && added.at < conversation.items.back().at)
            node.fail(u"earlier than the item before it"_s);
        RemoteItem &item = added.item;
        item.remoteId = node["id"_L1].text();
        if (m_items.contains(item.remoteId))
            node.fail(u"the item '%1' is there twice"_s.arg(item.remoteId));
        m_items.insert(item.remoteId);
        item.version = u"1"_s;
        item.threadId = conversation.id;
        item.parentId = parentOf(conversation, node);
        item.audience = conversation.audience;
        const auto kind = node.find("kind"_L1);
        item.kind = kind ? kindOf(*kind) : conversation.kind;
        const auto language = node.find("language"_L1);
        item.language = language ? language->textOrEmpty() : conversation.language;
        item.author = authorOf(conversation, node["from"_L1]);
        const bool ours = item.author.remoteId == ourRemoteId(conversation.network);
        item.direction = ours ? Direction::Outgoing : Direction::Incoming;
        if (ours && conversation.items.empty())
            node.fail(u"a conversation must begin with somebody else"_s);
        readContent(added, node, conversation.items.empty());
        conversation.items.push_back(std::move(added));
    }

    void readContent(WorldItem &added, const JsonNode &node, bool first)
    {
        RemoteItem &item = added.item;
        item.text = node["text"_L1].text();
        item.stars = starsOf(node);
        if (item.stars && item.kind != ItemKind::Review)
            node.fail(u"stars on something that is no review"_s);
        if (first && item.kind == ItemKind::Review && !item.stars)
            node.fail(u"a review without 'stars'"_s);
        if (const auto links = node.find("links"_L1)) {
            for (const JsonNode &link : links->list())
                item.links.push_back(linkOf(link, item.text));
        }
        if (const auto media = node.find("media"_L1)) {
            for (const JsonNode &one : media->list())
                item.media.push_back(mediaOf(one));
        }
        if (const auto edits = node.find("edits"_L1)) {
            for (const JsonNode &edit : edits->list())
                addEdit(added, edit);
        }
        if (const auto gone = node.find("gone"_L1)) {
            added.gone = goneOf(*gone);
            if (added.gone->at < (added.edits.empty() ? added.at : added.edits.back().at))
                gone->fail(u"gone before it was there"_s);
        }
    }

    static void addEdit(WorldItem &added, const JsonNode &node)
    {
        node.allowOnly({"minutesAgo"_L1, "minutesAfterStart"_L1, "text"_L1, "stars"_L1});
        const WorldEdit edit{momentOf(node), node["text"_L1].text(), starsOf(node)};
        if (edit.at < (added.edits.empty() ? added.at : added.edits.back().at))
            node.fail(u"edited before it was there"_s);
        if (edit.stars.has_value() != added.item.stars.has_value())
            node.fail(u"an edit of a review needs 'stars', no other may have them"_s);
        added.edits.push_back(edit);
    }

    void addReaction(WorldConversation &conversation, const JsonNode &node)
    {
        node.allowOnly({"afterSeconds"_L1, "from"_L1, "text"_L1, "edits"_L1, "stars"_L1});
        WorldReaction reaction;
        reaction.after = std::chrono::seconds(node["afterSeconds"_L1].number(1, kLongestReactionSeconds));
        reaction.text = node["text"_L1].text();
        const auto from = node.find("from"_L1);
        reaction.author = from ? authorOf(conversation, *from) : conversation.items.front().item.author;
        reaction.stars = starsOf(node);
        const WorldItem *edited = nullptr;
        if (const auto edits = node.find("edits"_L1)) {
            reaction.edits = edits->text();
            edited = itemIn(conversation, reaction.edits);
            if (!edited)
                edits->fail(u"there is no such item in this conversation"_s);
        }
        if (reaction.stars.has_value() != (edited && edited->item.stars))
            node.fail(u"an edit of a review needs 'stars', no other reaction may have them"_s);
        conversation.reactions.push_back(std::move(reaction));
    }

    Author authorOf(const WorldConversation &conversation, const JsonNode &node) const
    {
        const QString id = node.text();
        if (id == "us"_L1)
            return ourselves(m_world, conversation.network);
        const auto person = m_people.constFind(id);
        if (person == m_people.constEnd() || !person->contains(conversation.network))
            node.fail(u"'%1' is nobody on '%2'"_s.arg(id, conversation.network));
        return person->value(conversation.network);
    }

    static QString parentOf(const WorldConversation &conversation, const JsonNode &node)
    {
        const auto parent = node.find("parent"_L1);
        if (!parent)
            return conversation.items.empty() ? QString() : conversation.items.back().item.remoteId;
        if (!itemIn(conversation, parent->text()))
            parent->fail(u"there is no such item before this one"_s);
        return parent->text();
    }

    static const WorldItem *itemIn(const WorldConversation &conversation, const QString &id)
    {
        const auto &items = conversation.items;
        const auto found =
            std::find_if(items.begin(), items.end(), [&id](const WorldItem &item) { return item.item.remoteId == id; });
        return found != items.end() ? &*found : nullptr;
    }

    static ItemKind kindOf(const JsonNode &node)
    {
        const auto kind = itemKindFrom(node.text());
        if (!kind)
            node.fail(u"'%1' is no kind of item"_s.arg(node.text()));
        return *kind;
    }

    static Audience audienceOf(const JsonNode &node)
    {
        const auto audience = audienceFrom(node.text());
        if (!audience)
            node.fail(u"'%1' is no audience"_s.arg(node.text()));
        return *audience;
    }

    static std::optional<int> starsOf(const JsonNode &node)
    {
        const auto stars = node.find("stars"_L1);
        return stars ? std::optional<int>(stars->number(1, 5)) : std::nullopt;
    }

    World m_world;
    QHash<QString, QHash<QString, Author>> m_people; ///< by person, then by network
    QSet<QString> m_items;
};

Result<World> readCarriedWorld()
{
    QFile file(u":/practice/world.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, u"This build of the program does not carry the practice world."_s);
    return parseWorld(file.readAll());
}

} // namespace

const Account *World::accountOn(const QString &network) const
{
    const auto found = std::find_if(accounts.begin(), accounts.end(),
                                    [&network](const Account &account) { return account.network == network; });
    return found != accounts.end() ? &*found : nullptr;
}

const WorldConversation *World::conversation(const QString &id) const
{
    const auto found = std::find_if(conversations.begin(), conversations.end(),
                                    [&id](const WorldConversation &candidate) { return candidate.id == id; });
    return found != conversations.end() ? &*found : nullptr;
}

Author ourselves(const World &world, const QString &network)
{
    const Account *account = world.accountOn(network);
    return {ourRemoteId(network), account ? account->handle : QString(), world.business};
}

Result<World> parseWorld(const QByteArray &json)
{
    try {
        return WorldParser().parse(json);
    } catch (const JsonNode::Failure &failed) {
        return failure(ErrorKind::InvalidReply, u"The practice world cannot be read, %1."_s.arg(failed.sentence()));
    }
}

const Result<World> &practiceWorld()
{
    static const Result<World> world = readCarriedWorld();
    return world;
}

Result<PracticeSetup> practiceSetup()
{
    const Result<World> &world = practiceWorld();
    if (!world)
        return failure(world.error());
    return PracticeSetup{world->business, world->desk, world->team, world->accounts};
}

} // namespace indelible::channels::practice

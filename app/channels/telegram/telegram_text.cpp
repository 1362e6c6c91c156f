// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/telegram/telegram_text.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::channels::telegram {

namespace {

struct Attachment
{
    QLatin1StringView member;
    const char *kind;
    QLatin1StringView named; ///< the member of it that describes it; empty = none
};

// Everything else that may stand beside a text is a decoration, or the service's own business.
constexpr Attachment kAttachments[] = {
    {"animation"_L1, "video", {}},
    {"audio"_L1, "file", "title"_L1},
    {"contact"_L1, "file", "phone_number"_L1},
    {"dice"_L1, "file", "emoji"_L1},
    {"document"_L1, "file", "file_name"_L1},
    {"game"_L1, "file", "title"_L1},
    {"invoice"_L1, "file", "title"_L1},
    {"location"_L1, "file", {}},
    {"paid_media"_L1, "file", {}},
    {"photo"_L1, "image", {}},
    {"rich_message"_L1, "file", {}},
    {"sticker"_L1, "image", "emoji"_L1},
    {"story"_L1, "file", {}},
    {"venue"_L1, "file", "title"_L1},
    {"video"_L1, "video", "file_name"_L1},
    {"video_note"_L1, "video", {}},
    {"voice"_L1, "file", {}},
};

std::vector<Media> mediaOf(const JsonReader &message)
{
    std::vector<Media> media;
    // A film without sound and a place with a name also come as what older programs know.
    const bool twice = message["animation"_L1].isPresent() || message["venue"_L1].isPresent();
    for (const Attachment &attachment : kAttachments) {
        const JsonReader there = message[attachment.member];
        const bool isShadow = twice && (attachment.member == "document"_L1 || attachment.member == "location"_L1);
        if (!there.isPresent() || isShadow)
            continue;
        const bool isNamed = there.isObject() && !attachment.named.isEmpty();
        media.push_back(
            {QString::fromLatin1(attachment.kind), isNamed ? there[attachment.named].textOrNothing() : QString(), {}});
    }
    return media;
}

QString pollOf(const JsonReader &message)
{
    const JsonReader poll = message["poll"_L1];
    if (!poll.isObject())
        return {};
    QStringList lines{poll["question"_L1].textOrNothing()};
    for (const JsonReader &option : poll["options"_L1].listOrNothing())
        lines.append(u"\u2022 "_s + option["text"_L1].textOrNothing());
    return lines.join(u'\n');
}

QString withScheme(const QString &shown)
{
    return shown.contains("://"_L1) ? shown : u"https://"_s + shown;
}

/// What an entity points to; nothing for those that only change how words look.
std::optional<TextLink> linkOf(const JsonReader &entity, QStringView shown, const Self &self)
{
    const QString type = entity["type"_L1].textOrNothing();
    TextLink link;
    if (type == "url"_L1) {
        link.target = withScheme(shown.toString());
    } else if (type == "text_link"_L1) {
        link.target = entity["url"_L1].textOrNothing();
    } else if (type == "hashtag"_L1 && shown.size() > 1) {
        link.kind = TextLink::Kind::Tag;
        link.target = shown.sliced(1).toString();
    } else if (type == "text_mention"_L1 && entity["user"_L1].isObject()) {
        link.kind = TextLink::Kind::Person;
        link.target = QString::number(entity["user"_L1]["id"_L1].integer());
    } else if (type == "mention"_L1 && shown.compare(QString(u'@' + self.handle), Qt::CaseInsensitive) == 0) {
        link.kind = TextLink::Kind::Person;
        link.target = QString::number(self.botId);
    }
    return link.target.isEmpty() ? std::nullopt : std::make_optional(link);
}

std::vector<TextLink> linksOf(const JsonReader &entities, const QString &text, const Self &self)
{
    std::vector<TextLink> links;
    for (const JsonReader &entity : entities.listOrNothing()) {
        const qint64 start = entity["offset"_L1].numberOrMinusOne();
        const qint64 length = entity["length"_L1].numberOrMinusOne();
        if (start < 0 || length <= 0 || start > text.size() || length > text.size() - start)
            continue;
        if (std::optional<TextLink> link = linkOf(entity, QStringView(text).sliced(start, length), self)) {
            link->start = start;
            link->length = length;
            links.push_back(std::move(*link));
        }
    }
    return links;
}

} // namespace

void readContent(const JsonReader &message, const Self &self, RemoteItem &item)
{
    const bool hasText = message["text"_L1].isPresent();
    item.text = message[hasText ? "text"_L1 : "caption"_L1].textOrNothing();
    item.links = linksOf(message[hasText ? "entities"_L1 : "caption_entities"_L1], item.text, self);
    item.media = mediaOf(message);
    const QString poll = pollOf(message);
    if (!poll.isEmpty())
        item.text += (item.text.isEmpty() ? QString() : u"\n\n"_s) + poll;
}

} // namespace indelible::channels::telegram

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/bluesky/bluesky_facets.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace indelible::channels::bluesky {

namespace {

struct Stretch
{
    qsizetype start = 0;
    qsizetype length = 0;
    QString handle; ///< of a mention
    QString uri;    ///< of a link
};

/// The UTF-16 position of every UTF-8 byte of the text, and of its end. Bytes inside a character belong to its start.
std::vector<qsizetype> utf16Positions(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::vector<qsizetype> positions;
    positions.reserve(static_cast<size_t>(bytes.size()) + 1);
    qsizetype next = 0;
    qsizetype current = 0;
    for (const char byte : bytes) {
        const auto value = static_cast<uchar>(byte);
        if ((value & 0xC0U) != 0x80U) {
            current = next;
            next += value >= 0xF0U ? 2 : 1;
        }
        positions.push_back(current);
    }
    positions.push_back(text.size());
    return positions;
}

std::optional<TextLink> readFeature(const JsonReader &feature)
{
    TextLink link;
    const QString type = feature.type();
    if (type == "link"_L1) {
        link.kind = TextLink::Kind::Web;
        link.target = feature["uri"_L1].text();
    } else if (type == "mention"_L1) {
        link.kind = TextLink::Kind::Person;
        link.target = feature["did"_L1].text();
    } else if (type == "tag"_L1) {
        link.kind = TextLink::Kind::Tag;
        link.target = feature["tag"_L1].text();
    } else {
        return std::nullopt;
    }
    return link;
}

std::optional<TextLink> readFacet(const JsonReader &facet, const std::vector<qsizetype> &positions)
{
    const auto last = static_cast<qint64>(positions.size()) - 1;
    const qint64 byteStart = facet["index"_L1]["byteStart"_L1].numberOrMinusOne();
    const qint64 byteEnd = std::min(facet["index"_L1]["byteEnd"_L1].numberOrMinusOne(), last);
    if (byteStart < 0 || byteEnd <= byteStart)
        return std::nullopt;
    for (const JsonReader &feature : facet["features"_L1].list()) {
        std::optional<TextLink> link = readFeature(feature);
        if (!link)
            continue;
        link->start = positions[static_cast<size_t>(byteStart)];
        link->length = positions[static_cast<size_t>(byteEnd)] - link->start;
        return link->length > 0 ? link : std::nullopt;
    }
    return std::nullopt;
}

/// The end of an address without the full stop or the bracket that the sentence put behind it.
QString withoutSentenceEnd(QString uri)
{
    static const QString kPunctuation = u".,;:!?"_s;
    if (kPunctuation.contains(uri.back()))
        uri.chop(1);
    if (uri.endsWith(u')') && uri.count(u')') > uri.count(u'('))
        uri.chop(1);
    return uri;
}

std::vector<Stretch> stretchesOf(const QString &text)
{
    // Handles are domain names of at least two labels, so "@5pm" is none.
    static const QRegularExpression kMention(
        uR"((?:^|\s|\()@([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+))"_s);
    static const QRegularExpression kLink(uR"((?:^|\s|\()(https?://\S+))"_s,
                                          QRegularExpression::CaseInsensitiveOption |
                                              QRegularExpression::UseUnicodePropertiesOption);
    std::vector<Stretch> stretches;
    for (auto matches = kMention.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        stretches.push_back({match.capturedStart(1) - 1, match.capturedLength(1) + 1, match.captured(1).toLower(), {}});
    }
    for (auto matches = kLink.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString uri = withoutSentenceEnd(match.captured(1));
        stretches.push_back({match.capturedStart(1), uri.size(), {}, uri});
    }
    std::sort(stretches.begin(), stretches.end(),
              [](const Stretch &left, const Stretch &right) { return left.start < right.start; });
    // An address may hold what looks like a mention, and nobody is to be told of that.
    qsizetype end = 0;
    std::erase_if(stretches, [&end](const Stretch &stretch) {
        const bool inside = stretch.start < end;
        end = inside ? end : stretch.start + stretch.length;
        return inside;
    });
    return stretches;
}

} // namespace

std::vector<TextLink> readFacets(const QString &text, const JsonReader &facets)
{
    std::vector<TextLink> links;
    const std::vector<JsonReader> entries = facets.listOrNothing();
    if (entries.empty())
        return links;
    const std::vector<qsizetype> positions = utf16Positions(text);
    for (const JsonReader &entry : entries) {
        try {
            if (std::optional<TextLink> link = readFacet(entry, positions))
                links.push_back(std::move(*link));
        } catch (const BadReply &) {
            continue; // a link that is damaged is shown as the text it stands on
        }
    }
    std::stable_sort(links.begin(), links.end(),
                     [](const TextLink &left, const TextLink &right) { return left.start < right.start; });
    qsizetype end = 0;
    std::erase_if(links, [&end](const TextLink &link) {
        const bool overlaps = link.start < end;
        end = overlaps ? end : link.start + link.length;
        return overlaps;
    });
    return links;
}

QStringList mentionedHandles(const QString &text)
{
    QStringList handles;
    for (const Stretch &stretch : stretchesOf(text)) {
        if (!stretch.handle.isEmpty())
            handles.append(stretch.handle);
    }
    handles.removeDuplicates();
    return handles;
}

QJsonArray makeFacets(const QString &text, const QHash<QString, QString> &dids)
{
    QJsonArray facets;
    for (const Stretch &stretch : stretchesOf(text)) {
        QJsonObject feature;
        if (!stretch.uri.isEmpty()) {
            feature.insert("$type"_L1, "app.bsky.richtext.facet#link"_L1);
            feature.insert("uri"_L1, stretch.uri);
        } else if (const auto did = dids.constFind(stretch.handle); did != dids.cend()) {
            feature.insert("$type"_L1, "app.bsky.richtext.facet#mention"_L1);
            feature.insert("did"_L1, did.value());
        } else {
            continue;
        }
        const qsizetype byteStart = QStringView(text).left(stretch.start).toUtf8().size();
        const qsizetype byteLength = QStringView(text).mid(stretch.start, stretch.length).toUtf8().size();
        const QJsonObject index{{"byteStart"_L1, byteStart}, {"byteEnd"_L1, byteStart + byteLength}};
        facets.append(QJsonObject{{"index"_L1, index}, {"features"_L1, QJsonArray{feature}}});
    }
    return facets;
}

} // namespace indelible::channels::bluesky

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_post.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace indelible::channels::mastodon {

namespace {

QJsonObject toJson(const Addressee &person)
{
    return {{"id"_L1, person.id}, {"name"_L1, person.name}};
}

Addressee addresseeFrom(const QJsonObject &object)
{
    return {object.value("id"_L1).toString(), object.value("name"_L1).toString()};
}

/// Everybody whom `text` names, as they are written there, lower case.
QSet<QString> namesIn(const QString &text)
{
    static const QRegularExpression mention(uR"((?<![\w/=.])@(\w+(?:[\w.-]*\w)?(?:@\w[\w.-]*\w(?::\d+)?)?))"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    QSet<QString> names;
    for (auto found = mention.globalMatch(text); found.hasNext();)
        names.insert(found.next().captured(1).toLower());
    return names;
}

bool isNamed(const QSet<QString> &names, const QString &name, const QString &ownDomain)
{
    const QString lower = name.toLower();
    return names.contains(lower) || (!name.contains(u'@') && names.contains(lower + u'@' + ownDomain.toLower()));
}

} // namespace

QJsonObject toJson(const ReplyTo &reply)
{
    QJsonArray mentions;
    for (const Addressee &person : reply.mentions)
        mentions.append(toJson(person));
    QJsonObject object{{"id"_L1, reply.id}, {"visibility"_L1, reply.visibility}, {"author"_L1, toJson(reply.author)}};
    if (!mentions.isEmpty())
        object.insert("mentions"_L1, mentions);
    return object;
}

ReplyTo replyFrom(const QJsonObject &object)
{
    ReplyTo reply{object.value("id"_L1).toString(),
                  object.value("visibility"_L1).toString(),
                  addresseeFrom(object.value("author"_L1).toObject()),
                  {}};
    const QJsonArray mentions = object.value("mentions"_L1).toArray();
    for (const auto &person : mentions)
        reply.mentions.push_back(addresseeFrom(person.toObject()));
    return reply;
}

QString mentionName(const QString &handle, const QString &ownDomain)
{
    const qsizetype at = handle.indexOf(u'@');
    const bool isOwn = at > 0 && QStringView(handle).mid(at + 1).compare(ownDomain, Qt::CaseInsensitive) == 0;
    return isOwn ? handle.first(at) : handle;
}

bool isForEverybody(const QString &visibility)
{
    return visibility == "public"_L1 || visibility == "unlisted"_L1;
}

QString visibilityFor(Audience audience, const ReplyTo &reply)
{
    return audience == Audience::Public && isForEverybody(reply.visibility) ? reply.visibility : u"direct"_s;
}

QString wordsFor(const Outgoing &outgoing, const ReplyTo &reply, const QString &visibility, const Session &session)
{
    const QSet<QString> named = namesIn(outgoing.text);
    QString front;
    const auto add = [&](const Addressee &person) {
        const bool isUs = person.id == session.accountId || person.name == mentionName(session.handle, session.domain);
        if (person.name.isEmpty() || isUs || isNamed(named, person.name, session.domain))
            return;
        front += u'@' + person.name + u' ';
    };
    add(reply.author);
    if (!isForEverybody(visibility) && !isForEverybody(reply.visibility)) {
        for (const Addressee &person : reply.mentions)
            add(person);
    }
    return front + outgoing.text;
}

std::vector<std::pair<QString, QString>> formOf(const QString &words, const ReplyTo &reply, const QString &visibility)
{
    std::vector<std::pair<QString, QString>> form{
        {u"status"_s, words}, {u"in_reply_to_id"_s, reply.id}, {u"visibility"_s, visibility}};
    if (visibility != "direct"_L1)
        return form;
    // Mastodon refuses the whole (422) where the text names anybody else, who would become a reader.
    form.emplace_back(u"allowed_mentions[]"_s, reply.author.id);
    for (const Addressee &person : reply.mentions)
        form.emplace_back(u"allowed_mentions[]"_s, person.id);
    return form;
}

Result<void> checkOutgoing(const Outgoing &outgoing, const ReplyTo &reply, const QString &words, const Session &session)
{
    if (outgoing.text.trimmed().isEmpty())
        return failure(ErrorKind::Rejected, u"An answer needs words. Nothing was sent."_s);
    if (reply.id.isEmpty() || reply.author.name.isEmpty())
        return failure(ErrorKind::Rejected, u"There is no post on Mastodon to answer. Nothing was sent."_s);
    if (!fits(session.limit, words))
        return failure(
            ErrorKind::Rejected,
            u"With the names it has to mention, the answer is longer than this server takes (%1 of %2). Nothing was sent; shorten it."_s
                .arg(lengthIn(session.limit, words))
                .arg(session.limit.maximum));
    return {};
}

QString essenceOf(const QString &text)
{
    static const QRegularExpression host(uR"((@\w+(?:[\w.-]*\w)?)@\w[\w.-]*\w(?::\d+)?)"_s,
                                         QRegularExpression::UseUnicodePropertiesOption);
    constexpr QStringView kFormatting = u"*_~`#>-\\\u2022";
    QString essence = text.normalized(QString::NormalizationForm_C);
    essence.replace(host, u"\\1"_s);
    essence.removeIf([&](QChar letter) { return letter.isSpace() || kFormatting.contains(letter); });
    return essence;
}

} // namespace indelible::channels::mastodon

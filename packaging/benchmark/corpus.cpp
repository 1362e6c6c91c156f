// SPDX-License-Identifier: GPL-3.0-or-later
#include "packaging/benchmark/corpus.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace indelible::bench {

namespace {

constexpr int kVocabulary = 20'000;
constexpr qint64 kItemsPerConversation = 4;
constexpr qint64 kLongConversations = 20;
constexpr qint64 kItemsPerLongConversation = 200;

QString inventWord(QRandomGenerator &random)
{
    static constexpr char kConsonants[] = "bcdfghklmnprstvwz";
    static constexpr char kVowels[] = "aeiou";
    QString word;
    for (int syllables = 1 + random.bounded(3); syllables > 0; --syllables) {
        word += QLatin1Char(kConsonants[random.bounded(static_cast<int>(sizeof kConsonants) - 1)]);
        word += QLatin1Char(kVowels[random.bounded(static_cast<int>(sizeof kVowels) - 1)]);
        if (random.bounded(2) == 0)
            word += QLatin1Char(kConsonants[random.bounded(static_cast<int>(sizeof kConsonants) - 1)]);
    }
    return word;
}

} // namespace

Corpus::Corpus()
{
    QRandomGenerator random(1);
    for (int i = 0; i < kVocabulary; ++i)
        m_words.append(inventWord(random));
}

QString Corpus::text(QRandomGenerator &random) const
{
    QStringList words;
    for (int left = 8 + random.bounded(32); left > 0; --left) {
        // Rank r comes up about as often as 1/r.
        const double rank = std::pow(static_cast<double>(kVocabulary), random.generateDouble()) - 1;
        words.append(m_words.at(static_cast<int>(rank)));
    }
    return words.join(u' ');
}

RemoteItem Corpus::item(qint64 number, Instant now, qint64 total) const
{
    QRandomGenerator random(static_cast<quint32>(number + 1));
    const bool inLong = number < kLongConversations * kItemsPerLongConversation;
    const qint64 conversation = inLong ? number / kItemsPerLongConversation : number / kItemsPerConversation;
    RemoteItem item;
    item.remoteId = u"item-%1"_s.arg(number);
    item.version = u"v1"_s;
    item.threadId = u"thread-%1"_s.arg(conversation);
    const qint64 person = random.bounded(50'000);
    item.author = {u"person-%1"_s.arg(person), u"person%1.example"_s.arg(person),
                   m_words.at(static_cast<int>(person % kVocabulary)) + u' ' +
                       m_words.at(static_cast<int>(person / 3 % kVocabulary))};
    item.kind = static_cast<ItemKind>(1 + conversation % 3);
    if (item.kind == ItemKind::Review)
        item.stars = 1 + random.bounded(5);
    item.audience = conversation % 5 == 0 ? Audience::Private : Audience::Public;
    if (number % kItemsPerConversation == 1) {
        item.direction = Direction::Outgoing;
        item.author = {u"us"_s, u"us.example"_s, u"Us"_s};
    }
    item.text = text(random);
    item.createdAt = now - std::chrono::seconds((total - number) * 5);
    return item;
}

} // namespace indelible::bench

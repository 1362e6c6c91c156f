// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/item.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

// One table a word list, read in both directions: the words are stored and printed, so they never change.
template<typename Enum, size_t N>
QString wordOf(const std::array<std::pair<Enum, QLatin1StringView>, N> &table, Enum value)
{
    for (const auto &[candidate, word] : table) {
        if (candidate == value)
            return word;
    }
    Q_UNREACHABLE();
}

template<typename Enum, size_t N>
std::optional<Enum> valueOf(const std::array<std::pair<Enum, QLatin1StringView>, N> &table, const QString &text)
{
    for (const auto &[candidate, word] : table) {
        if (text == word)
            return candidate;
    }
    return std::nullopt;
}

constexpr std::array kKinds{std::pair{ItemKind::Mention, "mention"_L1}, std::pair{ItemKind::Review, "review"_L1},
                            std::pair{ItemKind::Comment, "comment"_L1}, std::pair{ItemKind::Message, "message"_L1}};
constexpr std::array kDirections{std::pair{Direction::Incoming, "in"_L1}, std::pair{Direction::Outgoing, "out"_L1}};
constexpr std::array kAudiences{std::pair{Audience::Public, "public"_L1}, std::pair{Audience::Private, "private"_L1}};

} // namespace

QString toString(ItemKind kind)
{
    return wordOf(kKinds, kind);
}

QString toString(Direction direction)
{
    return wordOf(kDirections, direction);
}

QString toString(Audience audience)
{
    return wordOf(kAudiences, audience);
}

std::optional<ItemKind> itemKindFrom(const QString &text)
{
    return valueOf(kKinds, text);
}

std::optional<Direction> directionFrom(const QString &text)
{
    return valueOf(kDirections, text);
}

std::optional<Audience> audienceFrom(const QString &text)
{
    return valueOf(kAudiences, text);
}

} // namespace indelible

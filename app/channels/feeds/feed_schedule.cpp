// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feed_schedule.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

std::chrono::milliseconds pauseAfter(const Rhythm &rhythm, double spread)
{
    using namespace std::chrono_literals;
    constexpr std::chrono::minutes kDay = 24h;
    const std::chrono::minutes usual = rhythm.isGoogleAlerts ? 30min : rhythm.canSayUnchanged ? 60min : kDay;
    const std::chrono::minutes asked = std::max(rhythm.freshFor.value_or(0min), rhythm.askedFor.value_or(0min));
    const std::chrono::milliseconds pause = std::max(usual, std::min(asked, kDay));
    const double longer = static_cast<double>(pause.count()) * (1.0 + std::clamp(spread, 0.0, 1.0) / 10);
    return std::chrono::milliseconds(static_cast<qint64>(longer));
}

std::optional<std::chrono::minutes> freshnessOf(const QByteArray &cacheControl)
{
    static const QRegularExpression form(u"(?:^|[,\\s])max-age=\"?(\\d{1,9})"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(cacheControl));
    if (!match.hasMatch())
        return std::nullopt;
    return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(match.captured(1).toInt()));
}

} // namespace indelible::channels::feeds

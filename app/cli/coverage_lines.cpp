// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/coverage_lines.h"

#include "app/cli/context.h"
#include "app/coverage/coverage_service.h"
#include "app/session/account_service.h"

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

QCoro::Task<Result<std::vector<Coverage>>> coverageOf(const Context &context)
{
    const std::shared_ptr<session::Session> session = context.session;
    const Result<std::vector<Place>> places = co_await session->coverage().places();
    if (!places)
        co_return failure(places.error());
    co_return coverageMap(session->accounts().accounts(), *places, session->clock().now());
}

QString coverageSentence(const CoverageCount &count)
{
    QString text = u"Watched: %1 of %2 places"_s.arg(count.watched).arg(count.all());
    if (count.interrupted > 0)
        text += u", %1 interrupted"_s.arg(count.interrupted);
    if (count.byHand > 0)
        text += u", %1 by hand"_s.arg(count.byHand);
    if (count.lookDue > 0)
        text += u", %1 due to be looked at"_s.arg(count.lookDue);
    if (count.notWatched > 0)
        text += u", %1 not at all"_s.arg(count.notWatched);
    return text + u'.';
}

QJsonObject toJson(const CoverageCount &count)
{
    return {{u"watched"_s, count.watched},
            {u"interrupted"_s, count.interrupted},
            {u"by_hand"_s, count.byHand},
            {u"look_due"_s, count.lookDue},
            {u"not_watched"_s, count.notWatched}};
}

} // namespace indelible::cli

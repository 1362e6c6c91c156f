// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/place_body.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

QJsonObject placeBody(const Place &place)
{
    QJsonObject body{{u"place"_s, place.name}, {u"care"_s, place.care == Care::ByHand ? u"by hand"_s : u"nobody"_s}};
    if (!place.address.isEmpty())
        body.insert(u"address"_s, place.address);
    if (place.care == Care::ByHand)
        body.insert(u"everyDays"_s, place.everyDays);
    if (place.lookedAt)
        body.insert(u"lookedAt"_s, toMs(*place.lookedAt));
    if (!place.reason.isEmpty())
        body.insert(u"reason"_s, place.reason);
    return body;
}

Place placeFromBody(const QJsonObject &body)
{
    Place place;
    place.name = body.value("place"_L1).toString();
    place.care = body.value("care"_L1).toString() == "by hand"_L1 ? Care::ByHand : Care::Nobody;
    place.address = body.value("address"_L1).toString();
    place.everyDays = std::clamp(body.value("everyDays"_L1).toInt(place.everyDays), 1, kLeastOften);
    if (const QJsonValue looked = body.value("lookedAt"_L1); looked.isDouble())
        place.lookedAt = fromMs(looked.toInteger());
    place.reason = body.value("reason"_L1).toString();
    return place;
}

} // namespace indelible::record

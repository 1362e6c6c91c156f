// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/coverage_table.h"

using namespace Qt::StringLiterals;

namespace indelible::store {

std::vector<Place> readPlaces(Connection &connection)
{
    if (!connection.hasTable(u"coverage_place"_s))
        return {};
    Statement row = connection.statement(
        "SELECT id, name, address, care, every_days, looked_at_ms, reason FROM coverage_place ORDER BY id");
    std::vector<Place> places;
    while (row.step()) {
        Place place;
        place.id = row.id<PlaceId>(0);
        place.name = row.text(1);
        place.address = row.text(2);
        place.care = static_cast<Care>(row.integer(3));
        place.everyDays = static_cast<int>(row.integer(4));
        if (!row.isNull(5))
            place.lookedAt = row.instant(5);
        place.reason = row.text(6);
        places.push_back(std::move(place));
    }
    return places;
}

QByteArray placeSubject(Connection &connection, PlaceId id)
{
    Statement statement = connection.statement("SELECT subject FROM coverage_place WHERE id = ?");
    statement.bind(id);
    return statement.step() ? statement.blob(0) : QByteArray();
}

void storePlace(Connection &connection, const QByteArray &subject, const Place &place)
{
    connection
        .statement("INSERT INTO coverage_place (subject, name, address, care, every_days, looked_at_ms, reason) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET name = excluded.name, "
                   "address = excluded.address, care = excluded.care, every_days = excluded.every_days, "
                   "looked_at_ms = excluded.looked_at_ms, reason = excluded.reason")
        .bind(subject, place.name, place.address, place.care, place.everyDays, place.lookedAt, place.reason)
        .run();
}

} // namespace indelible::store

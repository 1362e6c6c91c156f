// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"
#include "app/store/connection.h"

#include <QByteArray>

#include <vector>

namespace indelible::store {

// Places that are looked after by hand or not at all. All functions belong inside a function given to Database.

/// In the order in which they were written down.
[[nodiscard]] std::vector<Place> readPlaces(Connection &connection);
/// The 16-byte subject of the place's record entries; empty where there is none.
[[nodiscard]] QByteArray placeSubject(Connection &connection, PlaceId id);
/// Writes what is known of the place of that subject now, whether it was there already or not; its id does not count.
void storePlace(Connection &connection, const QByteArray &subject, const Place &place);

} // namespace indelible::store

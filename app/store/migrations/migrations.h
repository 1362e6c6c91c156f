// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/store/connection.h"

#include <functional>

namespace indelible::store {

/// "INDL": marks the file as ours (SQLite header, application_id).
inline constexpr qint64 kApplicationId = 0x494E444C;

/// The schema this program writes.
[[nodiscard]] int newestSchema();

/// Called with the schema that the file has, before it gets a newer one; throws StoreException to keep that from
/// happening.
using BeforeMigration = std::function<void(Connection &, int schema)>;

/// Brings the database to the newest schema, each step and its number in one transaction; a new file runs them all.
/// Throws StoreException: NewerSchema, Damaged (a database of something else), Storage, what `before` throws.
void migrate(Connection &connection, const BeforeMigration &before = {});

/// The file's schema. For connections that only read: throws NewerSchema or Damaged where this program cannot read the
/// file.
int requireKnownSchema(Connection &connection);

void m0001Initial(Connection &connection);
void m0002Checkpoints(Connection &connection);
void m0003Seals(Connection &connection);
void m0004Coverage(Connection &connection);
void m0005Looks(Connection &connection);
void m0006Refresh(Connection &connection);
void m0007Trouble(Connection &connection);

} // namespace indelible::store

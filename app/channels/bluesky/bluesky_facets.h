// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/json_reader.h"
#include "app/domain/item.h"

#include <QHash>
#include <QJsonArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace indelible::channels::bluesky {

/// The marked stretches of a text, from UTF-8 bytes to UTF-16 units. Servers do not check the numbers: they are clamped
/// to the text and to whole characters, and what is empty or overlaps an earlier one is left out.
[[nodiscard]] std::vector<TextLink> readFacets(const QString &text, const JsonReader &facets);

/// The handles that a text mentions with '@', lower case, each once: they have to be resolved to ids before
/// makeFacets(). The same pattern as Bluesky's own programs (@atproto/api, rich-text/util.ts).
[[nodiscard]] QStringList mentionedHandles(const QString &text);

/// Facets, counted in UTF-8 bytes, for the web addresses of a text and for those mentions whose handle is in `dids`.
/// The visible text stays as it was written.
[[nodiscard]] QJsonArray makeFacets(const QString &text, const QHash<QString, QString> &dids);

} // namespace indelible::channels::bluesky

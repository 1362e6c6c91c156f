// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QString>
#include <QStringList>

namespace indelible::ui {

/// A Lucide icon by its name ("reply") in a token's colour, sharp at every size and pixel ratio, coloured anew when the
/// theme changes. `mirrored` turns it in right-to-left interfaces. The theme outlives the icon.
[[nodiscard]] QIcon icon(const Theme &theme, const QString &name, Token colour = Token::Text2, bool mirrored = false);

/// The same, painted into the middle of `rect`; cached by name, size, colour and ratio. `filled` fills the shape too
/// (stars). `mirrored` turns it where the painter's layoutDirection() is right to left.
void paintIcon(QPainter &painter, const QRect &rect, const QString &name, const QColor &colour, bool filled = false,
               bool mirrored = false);

/// Every icon that the program carries, by name; another name is a mistake of ours and paints nothing.
[[nodiscard]] QStringList iconNames();

/// Five stars from the start side of `rect`, the first `stars` of them filled; each as high as the rect, 1 px apart.
/// Returns the width they take.
int paintStars(QPainter &painter, const QRect &rect, int stars, const QColor &colour, Qt::LayoutDirection direction);

/// The letters of an avatar: first letters of the first and the last word; one for scripts without capitals (CJK,
/// Arabic, Hebrew); signs and emoji before a letter are passed over. "?" where there is no name.
[[nodiscard]] QString initials(const QString &name);

/// A round avatar with the letters of a name.
void paintAvatar(QPainter &painter, const QRect &rect, const Theme &theme, const QString &seed, const QString &name);

/// The network's badge at the lower end corner of an avatar, with a ring of 2 px in the colour behind both. `badge` is
/// its side in the design's pixels.
void paintCornerBadge(QPainter &painter, const QRect &avatar, const Theme &theme, const QString &networkId, int badge,
                      const QColor &ring, Qt::LayoutDirection direction);

/// The rounded two-letter mark of a network (Network::id).
void paintBadge(QPainter &painter, const QRect &rect, const QString &networkId);

} // namespace indelible::ui

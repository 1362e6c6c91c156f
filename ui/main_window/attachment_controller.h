// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"
#include "ui/main_window/inbox_parts.h"

#include <QObject>
#include <QString>

namespace indelible::ui {

/// Saves a file that came with an item: asks where to, has it fetched, says how it went. Opens nothing. Interface
/// thread; the parts outlive it.
class AttachmentController : public QObject
{
    Q_OBJECT
public:
    explicit AttachmentController(const InboxParts &parts);

private:
    /// `attachment` counts RemoteItem::media.
    void ask(ItemId item, int attachment);
    void save(ItemId item, int attachment, const QString &fileName);

    InboxParts m_parts;
};

} // namespace indelible::ui

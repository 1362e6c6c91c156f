// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/rebuild/replay.h"

namespace indelible::rebuild {

/// One entry with what it says.
struct Replay::Event
{
    qint64 idx = 0;
    record::Kind kind = record::Kind::Genesis;
    QByteArray subject;
    quint32 actor = 0;
    Instant at;
    QJsonObject body;
};

} // namespace indelible::rebuild

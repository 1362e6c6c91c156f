// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/log.h"

namespace indelible {

Q_LOGGING_CATEGORY(lcStore, "indelible.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRecord, "indelible.record", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "indelible.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcChannel, "indelible.channel", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSync, "indelible.sync", QtInfoMsg)
Q_LOGGING_CATEGORY(lcOutbox, "indelible.outbox", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSession, "indelible.session", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "indelible.ui", QtInfoMsg)

} // namespace indelible

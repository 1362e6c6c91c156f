// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/mail/imap_session.h"

#include <libetpan/libetpan.h>

namespace indelible::channels::mail {

// Between libetpan's lists and ours. What is given here stays its owner's. Lists may be null.

[[nodiscard]] SpecialFolders specialFoldersIn(clist *folders);
[[nodiscard]] std::vector<quint32> numbersIn(clist *numbers);
[[nodiscard]] std::vector<Listed> listedIn(clist *answer);
[[nodiscard]] QHash<quint32, QByteArray> bodiesIn(clist *answer);
/// "* 12 EXISTS" and "* 3 EXPUNGE": the number of mails has changed. Marks (FETCH) are nothing to us.
[[nodiscard]] bool tellsOfMail(const QByteArray &line);

// Commands whose arguments libetpan wants as trees; each gives its code.
int fetchSizes(mailimap *imap, const std::vector<quint32> &uids, clist **answer);
int fetchBodies(mailimap *imap, const std::vector<quint32> &uids, qint64 mostBytes, clist **answer);
int storeAnswered(mailimap *imap, quint32 uid);

} // namespace indelible::channels::mail

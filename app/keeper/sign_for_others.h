// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/record/signed_note.h"

#include <QCoroTask>

namespace indelible::keeper {

class RecordKeeper;

/// Signs the record because something of it is to leave the computer, and gives the key by which others check it.
/// `keeper` is null in a practice inbox. Errors: Rejected (practice), InUse (open() has not compared yet), Damaged (the
/// record is halted), Secrets (nothing to sign with), Cancelled.
QCoro::Task<Result<record::NoteKey>> signForOthers(RecordKeeper *keeper);

} // namespace indelible::keeper

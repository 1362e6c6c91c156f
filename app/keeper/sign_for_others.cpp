// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/keeper/sign_for_others.h"

#include "app/base/ending.h"
#include "app/keeper/record_keeper.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::keeper {

QCoro::Task<Result<record::NoteKey>> signForOthers(RecordKeeper *keeper)
{
    if (!keeper)
        co_return failure(
            ErrorKind::Rejected,
            u"Nobody signs the record of a practice inbox, so nothing of it is a proof. Nothing was written."_s);
    if (!keeper->isOpened())
        co_return failure(
            ErrorKind::InUse,
            u"The record is still being compared with its marks. Nothing was written; try again in a moment."_s);
    const QPointer<RecordKeeper> alive(keeper);
    // What sign() cannot keep elsewhere it says at its next call; here it matters whether there is a signature.
    QCoro::Task<Result<void>> signing = keeper->sign();
    co_await signing;
    if (!alive)
        co_return ending();
    const record::Standing standing = alive->standing();
    if (record::isHalted(standing))
        co_return failure(ErrorKind::Damaged, record::sentenceOn(standing));
    const std::optional<record::NoteKey> key = alive->publicKey();
    if (standing == record::Standing::Unsigned || !key)
        co_return failure(
            ErrorKind::Secrets,
            u"There is no key to sign with, and what is unsigned proves nothing. Nothing was written; unlock the keychain and try again."_s);
    co_return *key;
}

} // namespace indelible::keeper

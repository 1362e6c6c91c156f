// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/result.h"

using namespace Qt::StringLiterals;

namespace indelible {

QString toString(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Offline:
        return u"offline"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::RateLimited:
        return u"rate-limited"_s;
    case ErrorKind::Unauthorised:
        return u"unauthorised"_s;
    case ErrorKind::Forbidden:
        return u"forbidden"_s;
    case ErrorKind::NotFound:
        return u"not-found"_s;
    case ErrorKind::Conflict:
        return u"conflict"_s;
    case ErrorKind::Rejected:
        return u"rejected"_s;
    case ErrorKind::ServerTrouble:
        return u"server-trouble"_s;
    case ErrorKind::InvalidReply:
        return u"invalid-reply"_s;
    case ErrorKind::Storage:
        return u"storage"_s;
    case ErrorKind::DiskFull:
        return u"disk-full"_s;
    case ErrorKind::NewerSchema:
        return u"newer-schema"_s;
    case ErrorKind::InUse:
        return u"in-use"_s;
    case ErrorKind::Damaged:
        return u"damaged"_s;
    case ErrorKind::Secrets:
        return u"secrets"_s;
    case ErrorKind::Usage:
        return u"usage"_s;
    case ErrorKind::Internal:
        return u"internal"_s;
    }
    Q_UNREACHABLE();
}

} // namespace indelible

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/account.h"

#include "app/base/text.h"

using namespace Qt::StringLiterals;

namespace indelible {

QString toString(AccountState state)
{
    switch (state) {
    case AccountState::Live:
        return u"live"_s;
    case AccountState::SignedOut:
        return u"signed-out"_s;
    case AccountState::SlowedDown:
        return u"slowed-down"_s;
    case AccountState::Offline:
        return u"offline"_s;
    case AccountState::ServerTrouble:
        return u"server-trouble"_s;
    case AccountState::Limited:
        return u"limited"_s;
    case AccountState::Paused:
        return u"paused"_s;
    case AccountState::Disconnected:
        return u"disconnected"_s;
    }
    Q_UNREACHABLE();
}

qsizetype lengthIn(TextUnit unit, const QString &text)
{
    switch (unit) {
    case TextUnit::Graphemes:
        return graphemeCount(text);
    case TextUnit::Utf8Bytes:
        return text.toUtf8().size();
    case TextUnit::CodePoints:
        return text.toUcs4().size();
    case TextUnit::Utf16Units:
        return text.size();
    }
    Q_UNREACHABLE();
}

bool fits(const TextLimit &limit, const QString &text)
{
    if (limit.maximumBytes > 0 && text.toUtf8().size() > limit.maximumBytes)
        return false;
    return limit.maximum == 0 || lengthIn(limit.unit, text) <= limit.maximum;
}

} // namespace indelible

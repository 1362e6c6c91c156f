// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/account.h"

#include "app/base/text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace indelible {

namespace {

/// What Mastodon counts instead of `text` (app/validators/status_length_validator.rb of 4.x): a placeholder for each
/// address, and mentions without their host.
QString withoutLongAddresses(QString text, qsizetype linkLength)
{
    static const QRegularExpression address(uR"((?<![\w@/])https?://[^\s<>"]*[^\s<>"'.,;:!?()\[\]{}])"_s,
                                            QRegularExpression::CaseInsensitiveOption |
                                                QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression mention(uR"((?<![\w/=])(@\w+(?:[\w.-]*\w)?)@\w[\w.-]*\w(?::\d+)?)"_s);
    text.replace(address, QString(linkLength, u'x'));
    return text.replace(mention, u"\\1"_s);
}

} // namespace

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

qsizetype lengthIn(const TextLimit &limit, const QString &text)
{
    return lengthIn(limit.unit, limit.linkLength > 0 ? withoutLongAddresses(text, limit.linkLength) : text);
}

bool fits(const TextLimit &limit, const QString &text)
{
    if (limit.maximumBytes > 0 && text.toUtf8().size() > limit.maximumBytes)
        return false;
    return limit.maximum == 0 || lengthIn(limit, text) <= limit.maximum;
}

QUrl serverFrom(const QString &typed)
{
    const QString trimmed = typed.trimmed();
    const bool isBare = !trimmed.isEmpty() && !trimmed.contains("://"_L1);
    return QUrl(isBare ? u"https://"_s + trimmed.mid(trimmed.lastIndexOf(u'@') + 1) : trimmed, QUrl::StrictMode);
}

} // namespace indelible

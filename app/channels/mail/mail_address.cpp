// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_address.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kLongestAddress = 254; ///< RFC 5321, 4.5.3.1.3, without its brackets

/// What mail programs of many languages put in front of a subject when answering or passing on.
const QRegularExpression &marks()
{
    static const QRegularExpression pattern(
        u"^\\s*(?:(?:re|aw|sv|antw|odp|ynt|vs|res|rif|fwd?|wg|tr|rv|enc|doorst|vb)(?:\\[\\d{1,3}\\])?\\s*[:\uFF1A]|\\[[^\\]\\[]{1,40}\\](?=\\s*\\S))\\s*"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

} // namespace

bool isMailAddress(const QString &address)
{
    if (address.isEmpty() || address.size() > kLongestAddress || address.count(u'@') != 1)
        return false;
    const qsizetype at = address.indexOf(u'@');
    if (at == 0 || at == address.size() - 1)
        return false;
    static const QString forbidden = u"<>()[]\\,;:\""_s;
    return std::ranges::all_of(address, [](QChar unit) {
        return unit.unicode() > 0x20 && unit.unicode() < 0x7F && !forbidden.contains(unit);
    });
}

QString comparable(const QString &address)
{
    return address.trimmed().toLower();
}

bool isNobodysAddress(const QString &address)
{
    static const QRegularExpression nobody(
        u"^(?:(?:.*[._+-])?(?:no|do-?not|donot|never|nicht|ne-?pas)[._-]?(?:reply|respond|answer|antworten|repondre)(?:[._+-].*)?|mailer-daemon|bounces?(?:[._+-].*)?)@"_s,
        QRegularExpression::CaseInsensitiveOption);
    return nobody.match(address).hasMatch();
}

QString baseSubject(const QString &subject)
{
    QString base = subject.simplified();
    for (auto mark = marks().match(base); mark.hasMatch(); mark = marks().match(base))
        base.remove(0, mark.capturedEnd());
    return base;
}

bool saysItAnswers(const QString &subject)
{
    static const QRegularExpression answer(
        u"^\\s*(?:re|aw|sv|antw|odp|ynt|vs|res|rif)(?:\\[\\d{1,3}\\])?\\s*[:\uFF1A]"_s,
        QRegularExpression::CaseInsensitiveOption);
    return answer.match(subject).hasMatch();
}

} // namespace indelible::channels::mail

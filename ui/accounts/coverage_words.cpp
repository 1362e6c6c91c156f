// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/coverage_words.h"

#include "app/base/text.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct CoverageWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::CoverageWords)
};

} // namespace

CoverageLook coverageLook(Coverage::State state)
{
    switch (state) {
    case Coverage::State::Watched:
        return {u"circle-check"_s, Token::OkText};
    case Coverage::State::Interrupted:
        return {u"triangle-alert"_s, Token::WarnText};
    case Coverage::State::ByHand:
        return {u"eye"_s, Token::Text2};
    case Coverage::State::LookDue:
        return {u"alarm-clock"_s, Token::WarnText};
    case Coverage::State::NotWatched:
        return {u"eye-off"_s, Token::Text2};
    }
    Q_UNREACHABLE();
}

QString coverageStateText(const Coverage &line, const Here &here)
{
    switch (line.state) {
    case Coverage::State::Watched:
        return CoverageWords::tr("Watched");
    case Coverage::State::Interrupted:
        return CoverageWords::tr("Interrupted");
    case Coverage::State::ByHand:
        return CoverageWords::tr("Looked at, %1").arg(momentText(*line.known, here));
    case Coverage::State::LookDue:
        return line.known ? CoverageWords::tr("Due since %1").arg(momentText(*line.dueAt, here))
                          : CoverageWords::tr("Not looked at yet");
    case Coverage::State::NotWatched:
        return CoverageWords::tr("Nobody watches");
    }
    Q_UNREACHABLE();
}

QString coverageCareText(const Coverage &line)
{
    if (line.everyDays == 1)
        return CoverageWords::tr("Somebody looks every day");
    if (line.everyDays > 1)
        return CoverageWords::tr("Somebody looks every %n days", nullptr, line.everyDays);
    return line.detail.isEmpty() ? CoverageWords::tr("What is said there does not arrive here.")
                                 : displayText(line.detail);
}

QString coverageSummary(const CoverageCount &count)
{
    QStringList parts{CoverageWords::tr("%1 of %n places are watched", nullptr, count.all()).arg(count.watched)};
    if (const int hand = count.byHand + count.lookDue; hand > 0)
        parts.append(CoverageWords::tr("%n by hand", nullptr, hand));
    if (count.interrupted > 0)
        parts.append(CoverageWords::tr("%n interrupted", nullptr, count.interrupted));
    QString text = parts.join(u", "_s) + u'.';
    if (count.notWatched > 0)
        text += u' ' + CoverageWords::tr("%n are not watched: silence there says nothing.", nullptr, count.notWatched);
    return text;
}

QString blindSpotText(const CoverageCount &count)
{
    QStringList parts;
    if (count.interrupted > 0)
        parts.append(CoverageWords::tr("%n interrupted", nullptr, count.interrupted));
    if (count.lookDue > 0)
        parts.append(CoverageWords::tr("%n to look at", nullptr, count.lookDue));
    if (count.notWatched > 0)
        parts.append(CoverageWords::tr("%n not watched", nullptr, count.notWatched));
    return parts.join(u", "_s);
}

} // namespace indelible::ui

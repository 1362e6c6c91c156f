// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/standing.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

/// How the tree compares with what was once signed of it: Open = it begins with it.
Standing compared(const Checkpoint &signedOnce, const Evidence &evidence, const SubtreeSource &subtree)
{
    if (signedOnce.size > evidence.size)
        return Standing::RolledBack;
    return rootOf(signedOnce.size, subtree) == signedOnce.root ? Standing::Open : Standing::Forked;
}

} // namespace

QString toString(Standing standing)
{
    switch (standing) {
    case Standing::Open:
        return u"open"_s;
    case Standing::Unanchored:
        return u"unanchored"_s;
    case Standing::Unsigned:
        return u"unsigned"_s;
    case Standing::RolledBack:
        return u"rolled-back"_s;
    case Standing::Forked:
        return u"forked"_s;
    case Standing::Damaged:
        return u"damaged"_s;
    }
    Q_UNREACHABLE();
}

Standing standingOf(const Evidence &evidence, const SubtreeSource &subtree)
{
    // The stored frontier is what new entries are added to: it must be that of the rows.
    if (evidence.lastIsFalse || rootOf(evidence.size, subtree) != evidence.root)
        return Standing::Damaged;
    Standing worst = Standing::Open;
    for (const Checkpoint &mark : evidence.marks)
        worst = std::max(worst, compared(mark, evidence, subtree));
    if (isHalted(worst))
        return worst;
    if (evidence.last) {
        const Standing own = compared(*evidence.last, evidence, subtree);
        if (own == Standing::RolledBack)
            return own;
        // Its own checkpoint speaks against the rows, and nothing outside says that the rows are right.
        if (own == Standing::Forked)
            return Standing::Damaged;
    }
    if (!evidence.hasKey)
        return Standing::Unsigned;
    return evidence.marks.empty() ? Standing::Unanchored : Standing::Open;
}

} // namespace indelible::record

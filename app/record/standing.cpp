// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/standing.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::record {

namespace {

/// How the tree compares with what was once signed of it: Open = it begins with it.
Standing compared(const Checkpoint &signedOnce, const Evidence &evidence, const SubtreeSource &subtree)
{
    if (signedOnce.origin != evidence.origin)
        return Standing::Forked;
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

QString sentenceOn(Standing standing)
{
    switch (standing) {
    case Standing::Open:
        return {};
    case Standing::Unanchored:
        return u"There is no mark of this record outside the workspace (a new computer, or it was removed), so that a missing end could not be noticed. The next signature leaves one."_s;
    case Standing::Unsigned:
        return u"The key that signs the record cannot be read now. Everything goes on the record and is signed once the keychain gives the key out."_s;
    case Standing::RolledBack:
        return u"The record is shorter than it once was: this is an old copy of the workspace, or its end was cut off. It can be read and exported; nothing is fetched or sent. Bring the newer copy back, or go on from a backup with 'indelible restore'."_s;
    case Standing::Forked:
        return u"The record holds another history than the one that was signed: an old copy went on by itself, or it was rewritten. It can be read and exported; nothing is fetched or sent. Bring the true copy back, or go on from a backup with 'indelible restore'."_s;
    case Standing::Damaged:
        return u"The record does not fit its own signature or its own rows. It can be read and exported; nothing is fetched or sent. Run 'indelible record verify' and put a backup in place with 'indelible restore'."_s;
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

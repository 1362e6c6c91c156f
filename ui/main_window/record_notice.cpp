// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/record_notice.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace indelible::ui {

using record::Standing;

namespace {

struct RecordNotice
{
    Q_DECLARE_TR_FUNCTIONS(RecordNotice)
};

BannerContent hint(const QString &iconName, const QString &strong, const QString &text)
{
    return {Tone::Accent, iconName, strong, text, {}, {}, 0};
}

BannerContent halt(const QString &strong, const QString &text)
{
    return {Tone::Danger, u"shield-alert"_s, strong, text, {}, {}, 0};
}

} // namespace

std::optional<BannerContent> recordBanner(Standing standing)
{
    switch (standing) {
    case Standing::Open:
        return std::nullopt;
    case Standing::Unanchored:
        return hint(u"stamp"_s, RecordNotice::tr("The record has no mark outside the workspace."),
                    RecordNotice::tr("That is so on a new computer. The next signature leaves one; compare the record "
                                     "with a root you wrote down, if you have one."));
    case Standing::Unsigned:
        return hint(u"key-round"_s, RecordNotice::tr("The record is not being signed."),
                    RecordNotice::tr("The keychain does not give the key out. Everything goes on the record and is "
                                     "signed later."));
    case Standing::RolledBack:
        return halt(RecordNotice::tr("This is an old copy of the workspace, or its end was cut off."),
                    RecordNotice::tr("It can be read and exported; nothing is fetched or sent. Bring the newer copy "
                                     "back, or go on from a backup with 'indelible restore'."));
    case Standing::Forked:
        return halt(RecordNotice::tr("The record holds another history than the one that was signed."),
                    RecordNotice::tr("An old copy went on by itself, or it was rewritten. It can be read and "
                                     "exported; nothing is fetched or sent. Bring the true copy back, or go on from "
                                     "a backup with 'indelible restore'."));
    case Standing::Damaged:
        return halt(RecordNotice::tr("The record does not match its own signature."),
                    RecordNotice::tr("It can be read and exported; nothing is fetched or sent. Run 'indelible record "
                                     "verify' and put a backup in place with 'indelible restore'."));
    }
    Q_UNREACHABLE();
}

QString recordStateText(Standing standing)
{
    switch (standing) {
    case Standing::Open:
        return RecordNotice::tr("Record unbroken");
    case Standing::Unanchored:
    case Standing::Unsigned:
        return RecordNotice::tr("Record");
    case Standing::RolledBack:
    case Standing::Forked:
    case Standing::Damaged:
        return RecordNotice::tr("Record broken");
    }
    Q_UNREACHABLE();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/record_notice.h"

using namespace Qt::StringLiterals;

namespace indelible::ui {

using record::Standing;

std::optional<BannerContent> recordBanner(Standing standing)
{
    switch (standing) {
    case Standing::Open:
        return std::nullopt;
    case Standing::Unanchored:
        return BannerContent{
            Tone::Accent,
            u"stamp"_s,
            RecordNotice::tr("The record has no mark outside the workspace."),
            RecordNotice::tr("That is so on a new computer. The next signature leaves one; compare the "
                             "record with a root you wrote down, if you have one."),
            {},
            {},
            0};
    case Standing::Unsigned:
        return BannerContent{
            Tone::Accent,
            u"key-round"_s,
            RecordNotice::tr("The record is not being signed."),
            RecordNotice::tr("The keychain does not give the key out. Everything goes on the record and "
                             "is signed later."),
            {},
            {},
            0};
    case Standing::RolledBack:
        return BannerContent{
            Tone::Danger,
            u"shield-alert"_s,
            RecordNotice::tr("This is an old copy of the workspace, or its end was cut off."),
            RecordNotice::tr("It can be read and exported; nothing is fetched or sent. Bring the newer "
                             "copy back and start Indelible again."),
            {},
            {},
            0};
    case Standing::Forked:
        return BannerContent{Tone::Danger,
                             u"shield-alert"_s,
                             RecordNotice::tr("The record holds another history than the one that was signed."),
                             RecordNotice::tr("An old copy went on by itself, or it was rewritten. It can be read and "
                                              "exported; nothing is fetched or sent."),
                             {},
                             {},
                             0};
    case Standing::Damaged:
        return BannerContent{
            Tone::Danger,
            u"shield-alert"_s,
            RecordNotice::tr("The record does not match its own signature."),
            RecordNotice::tr("It can be read and exported; nothing is fetched or sent. Restore a backup, "
                             "and keep this copy."),
            {},
            {},
            0};
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/context/case_words.h"

#include <QCoreApplication>

namespace indelible::ui {

QString caseStatusText(CaseStatus status)
{
    switch (status) {
    case CaseStatus::Heard:
        return QCoreApplication::translate("CaseStatus", "Heard");
    case CaseStatus::Owned:
        return QCoreApplication::translate("CaseStatus", "Owned");
    case CaseStatus::Promised:
        return QCoreApplication::translate("CaseStatus", "Promised");
    case CaseStatus::PutRight:
        return QCoreApplication::translate("CaseStatus", "Put right");
    case CaseStatus::Closed:
        return QCoreApplication::translate("CaseStatus", "Closed");
    }
    Q_UNREACHABLE();
}

Tone caseStatusTone(CaseStatus status)
{
    switch (status) {
    case CaseStatus::Heard:
        return Tone::Neutral;
    case CaseStatus::Owned:
        return Tone::Accent;
    case CaseStatus::Promised:
        return Tone::Warn;
    case CaseStatus::PutRight:
    case CaseStatus::Closed:
        return Tone::Ok;
    }
    Q_UNREACHABLE();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/seal_words.h"

#include "app/seal/erasure_list.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

struct SealWords
{
    Q_DECLARE_TR_FUNCTIONS(indelible::ui::SealWords)
};

QString dayText(Instant instant, const Here &here)
{
    return here.locale.toString(here.local(instant).date(), u"d MMMM yyyy"_s);
}

} // namespace

QString sealReasonText(const QString &code)
{
    if (code == "no-longer-needed"_L1)
        return SealWords::tr("No longer needed for what it was kept for (GDPR 17(1)(a))");
    if (code == "consent-withdrawn"_L1)
        return SealWords::tr("Consent was withdrawn (GDPR 17(1)(b))");
    if (code == "objection"_L1)
        return SealWords::tr("The person objects, and nothing outweighs it (GDPR 17(1)(c))");
    if (code == "unlawful"_L1)
        return SealWords::tr("It was unlawful to keep it (GDPR 17(1)(d))");
    if (code == "legal-duty"_L1)
        return SealWords::tr("A law orders its erasure (GDPR 17(1)(e))");
    if (code == "child"_L1)
        return SealWords::tr("It was collected from a child (GDPR 17(1)(f))");
    if (code == "order"_L1)
        return SealWords::tr("A court or an authority ordered it");
    if (code == "network-rule"_L1)
        return SealWords::tr("The network's terms demand it");
    return code;
}

QString planText(const seal::Plan &plan, const Here &here)
{
    if (plan.entries.isEmpty())
        return SealWords::tr("There is nothing left to erase.");
    QStringList sentences{SealWords::tr("%L1 entries lose their words, in %L2 conversations: messages %L3, notes %L4.")
                              .arg(plan.entries.size())
                              .arg(plan.conversations.size())
                              .arg(plan.items)
                              .arg(plan.notes)};
    if (plan.first && plan.last)
        sentences.append(
            SealWords::tr("Received from %1 to %2.").arg(dayText(*plan.first, here), dayText(*plan.last, here)));
    if (plan.staying > 0)
        sentences.append(SealWords::tr("What others said there stays."));
    return sentences.join(u' ');
}

QString sealStageText(seal::SealService::Stage stage)
{
    switch (stage) {
    case seal::SealService::Stage::Sealing:
        return SealWords::tr("Destroying the words…");
    case seal::SealService::Stage::Rewriting:
        return SealWords::tr("Writing the file anew, so that no trace stays in it. This can take a minute…");
    case seal::SealService::Stage::EmptyingLog:
        return SealWords::tr("Emptying the file's log…");
    }
    Q_UNREACHABLE();
}

QString sealedSentence(const seal::SealReport &report, const Here &here)
{
    const QString done = SealWords::tr("The words of %L1 entries are destroyed; entry № %L2 says so.")
                             .arg(report.sealed)
                             .arg(report.entry);
    if (!report.traceless)
        return done + u' ' +
               SealWords::tr("Traces are left in the workspace's files; they go when Indelible starts the next time.");
    return done + u' ' +
           SealWords::tr("Backups from before are removed after %1.")
               .arg(dayText(here.now + seal::kKeptAfterSeal, here));
}

} // namespace indelible::ui

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

QString periodText(Instant first, Instant last, const Here &here)
{
    const QString from = dayText(first, here);
    const QString to = dayText(last, here);
    return from == to ? SealWords::tr("Received on %1.").arg(from)
                      : SealWords::tr("Received from %1 to %2.").arg(from, to);
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
    const qsizetype entries = plan.entries.size();
    QStringList sentences{entries == 1 ? SealWords::tr("One entry loses its words.")
                                       : SealWords::tr("%L1 entries lose their words.").arg(entries)};
    QStringList parts{plan.items == 1 ? SealWords::tr("1 message with all its versions")
                                      : SealWords::tr("%L1 messages with all their versions").arg(plan.items)};
    if (plan.notes > 0)
        parts.append(plan.notes == 1 ? SealWords::tr("1 note") : SealWords::tr("%L1 notes").arg(plan.notes));
    if (plan.conversations.size() > 1)
        parts.append(SealWords::tr("in %L1 conversations").arg(plan.conversations.size()));
    sentences.append(SealWords::tr("It is %1.", "a list of what goes").arg(here.locale.createSeparatedList(parts)));
    if (plan.first && plan.last)
        sentences.append(periodText(*plan.first, *plan.last, here));
    if (plan.staying > 0)
        sentences.append(SealWords::tr("What else was said there stays."));
    return sentences.join(u' ');
}

QString sealStageText(seal::SealService::Stage stage)
{
    switch (stage) {
    case seal::SealService::Stage::BackingUp:
        return SealWords::tr("Making a backup first. Nothing is destroyed yet…");
    case seal::SealService::Stage::Sealing:
        return SealWords::tr("Destroying the words…");
    case seal::SealService::Stage::Rewriting:
        return SealWords::tr("Writing the file anew, so that no trace stays in it. This can take a minute…");
    case seal::SealService::Stage::EmptyingLog:
        return SealWords::tr("Emptying the file's log…");
    }
    Q_UNREACHABLE();
}

QString sealedSentence(const seal::SealReport &report)
{
    if (!report.traceless)
        return SealWords::tr("The words are destroyed. Traces in the workspace's files go at the next start.");
    return report.sealed == 1
               ? SealWords::tr("The words of one entry are destroyed; entry № %L1 says so.").arg(report.entry)
               : SealWords::tr("The words of %L1 entries are destroyed; entry № %L2 says so.")
                     .arg(report.sealed)
                     .arg(report.entry);
}

QString backupsText(const Here &here)
{
    return SealWords::tr("Daily backups from before still hold them; Indelible removes those after %1.")
        .arg(dayText(here.now + seal::kKeptAfterSeal, here));
}

} // namespace indelible::ui

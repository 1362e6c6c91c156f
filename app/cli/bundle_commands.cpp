// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundle_service.h"
#include "app/bundle/check.h"
#include "app/bundle/zip.h"
#include "app/cli/context.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

CommandTask write(Context context)
{
    const CaseId id(numberArgument(context, 0));
    const QString file = context.options->value(u"out"_s);
    if (!id.isValid() || file.isEmpty())
        co_return failUsage(context, u"Say which case and where to: indelible record bundle N --out F.zip."_s);
    QCoro::Task<Result<bundle::BundleReport>> writing = context.session->bundles().write(id, file);
    const Result<bundle::BundleReport> report = co_await writing;
    if (!report)
        co_return fail(context, report.error());
    const QString key = QString::fromUtf8(report->key);
    print(context, {{u"entries"_s, report->entries}, {u"file"_s, file}, {u"key"_s, key}},
          {u"Case %1 with %2 entries and their proofs is in %3."_s.arg(id.toString()).arg(report->entries).arg(file),
           u"Its reader can check it with verify.html or verify.py inside. Give them this key another way:"_s, key});
    co_return kDone;
}

Result<bundle::Files> readBundle(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, u"The file %1 cannot be read (%2)."_s.arg(name, file.errorString()));
    return bundle::unpacked(file.read(bundle::kMostZipBytes + 1));
}

CommandTask check(Context context)
{
    const QString name = context.arguments.value(0);
    if (name.isEmpty())
        co_return failUsage(context, u"Say which file: indelible record check F.zip [--key KEY]."_s);
    const QByteArray expectedKey = context.options->value(u"key"_s).trimmed().toUtf8();
    if (context.options->isSet(u"key"_s) && expectedKey.isEmpty())
        co_return failUsage(
            context,
            u"The key after --key is empty, so there is nothing to compare. Give the key, or leave --key out."_s);
    const Result<bundle::Files> files = readBundle(name);
    if (!files)
        co_return fail(context, files.error());
    const bundle::Checked checked = bundle::check(*files, expectedKey);
    const bool good = checked.verdict.isGood();
    QJsonObject document{{u"good"_s, good},
                         {u"reason"_s, bundle::toString(checked.verdict.fault)},
                         {u"line"_s, checked.verdict.line},
                         {u"problem"_s, bundle::sentenceOn(checked.verdict)}};
    if (!good) {
        print(context, document, {});
        printError(u"This bundle is refused. "_s + bundle::sentenceOn(checked.verdict));
        co_return kFailed;
    }
    const bundle::Proven &proven = checked.proven;
    const QString key = QString::fromUtf8(files->key).trimmed();
    document.insert("case"_L1, proven.caseNumber);
    document.insert("entries"_L1, proven.entries);
    document.insert("sealed"_L1, proven.sealed);
    document.insert("hides_links"_L1, proven.hidesLinks);
    document.insert("record_size"_L1, QString::number(proven.checkpoint.size));
    document.insert("exported"_L1, toRfc3339(fromMs(proven.exportedMs)));
    document.insert("key"_L1, key);
    QStringList lines{
        (expectedKey.isEmpty() ? u"This bundle fits itself; no key was compared yet. "_s
                               : u"This bundle is whole, and signed by the key you gave. "_s) +
        u"Case %1, %2 entries, none missing and none changed since they were signed with the key below, exported %3 from a record of %4 entries."_s
            .arg(proven.caseNumber)
            .arg(proven.entries)
            .arg(toRfc3339(fromMs(proven.exportedMs)))
            .arg(proven.checkpoint.size)};
    if (proven.sealed > 0)
        lines.append(u"The words of %1 of them were destroyed, as the record says."_s.arg(proven.sealed));
    if (proven.hidesLinks)
        lines.append(
            u"Words were destroyed that may have named a conversation of the case: whether a conversation is missing cannot be told."_s);
    lines.append(
        u"This cannot show that the business did not write its record anew before it signed: only a checkpoint or a bundle that you got earlier does."_s);
    lines.append(!expectedKey.isEmpty()
                     ? u"It is signed by the key you gave."_s
                     : u"It is signed by the key below: compare it with one that you got another way."_s);
    lines.append(key);
    print(context, document, lines);
    co_return kDone;
}

void writeOptions(QCommandLineParser &parser)
{
    parser.addOption({u"out"_s, u"The file to write."_s, u"file"_s});
}

void checkOptions(QCommandLineParser &parser)
{
    parser.addOption({u"key"_s, u"The key that must have signed it, as 'record head' prints it."_s, u"key"_s});
}

} // namespace

std::vector<Command> bundleCommands()
{
    return {
        {u"record bundle"_s, u"N --out F.zip"_s, u"Writes a case with its proofs, for anybody to check."_s,
         Access::Write, &writeOptions, &write},
        {u"record check"_s, u"F.zip [--key KEY]"_s, u"Checks such a bundle, from whomever it comes."_s, Access::None,
         &checkOptions, &check},
    };
}

} // namespace indelible::cli

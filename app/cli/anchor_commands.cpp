// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_service.h"
#include "app/anchor/time_stamp.h"
#include "app/cli/context.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::cli {

namespace {

constexpr qint64 kMostBytes = 1024 * 1024; // more is not read, and refused as too large

QJsonObject documentOf(const anchor::AnchorReport &report, const QString &file)
{
    return {{u"file"_s, file},
            {u"entry"_s, QString::number(report.entry)},
            {u"entries"_s, QString::number(report.checkpoint.size)},
            {u"root"_s, QString::fromLatin1(report.checkpoint.root.toBase64())},
            {u"digest"_s, QString::fromLatin1(report.digest.toHex())}};
}

CommandTask writeText(Context context, QString file)
{
    QCoro::Task<Result<anchor::AnchorReport>> writing =
        context.session->anchors().writeText(context.options->value(u"to"_s), file);
    const Result<anchor::AnchorReport> report = co_await writing;
    if (!report)
        co_return fail(context, report.error());
    print(context, documentOf(*report, file),
          {u"The signed checkpoint over %1 entries is in %2, and the record says so (entry %3)."_s
               .arg(report->checkpoint.size)
               .arg(file)
               .arg(report->entry),
           u"Give the file away: whoever keeps it can prove that none of these entries was changed since."_s});
    co_return kDone;
}

CommandTask stamp(Context context, QString file)
{
    anchor::StampOrder order{QUrl(context.options->value(u"tsa"_s), QUrl::StrictMode),
                             context.options->value(u"tsa-ca"_s), file};
    const QString server = order.server.host();
    if (!context.json)
        printLine(
            u"Only the SHA-256 of the checkpoint (32 bytes) and a random number go to %1; nothing that anybody said."_s
                .arg(server));
    QCoro::Task<Result<anchor::AnchorReport>> stamping = context.session->anchors().stamp(std::move(order));
    const Result<anchor::AnchorReport> report = co_await stamping;
    if (!report)
        co_return fail(context, report.error());
    QJsonObject document = documentOf(*report, file);
    document.insert("stamped"_L1, toRfc3339(*report->stamped));
    print(
        context, document,
        {u"%1 says that it saw the checkpoint over %2 entries at %3. Its time stamp is in %4 and on the record (entry %5)."_s
             .arg(server)
             .arg(report->checkpoint.size)
             .arg(toRfc3339(*report->stamped), file)
             .arg(report->entry),
         u"Anybody checks it with: openssl ts -verify -in %1 -digest %2 -CAfile CA.pem"_s.arg(
             file, QString::fromLatin1(report->digest.toHex()))});
    co_return kDone;
}

CommandTask anchorRecord(Context context)
{
    const QString out = context.options->value(u"out"_s);
    if (out.isEmpty() || context.options->isSet(u"to"_s) == context.options->isSet(u"tsa"_s))
        co_return failUsage(
            context,
            u"Say to whom and where: indelible record anchor --to TEXT --out F.txt, or --tsa URL --out F.tsr."_s);
    const QString file = QFileInfo(out).absoluteFilePath();
    CommandTask anchoring = context.options->isSet(u"to"_s) ? writeText(context, file) : stamp(context, file);
    co_return co_await anchoring;
}

QJsonObject documentOf(const anchor::StoredAnchor &stored)
{
    QJsonObject document{{u"entry"_s, QString::number(stored.entry)},
                         {u"at"_s, toRfc3339(stored.at)},
                         {u"to"_s, stored.anchor.to},
                         {u"how"_s, anchor::toString(stored.anchor.how)},
                         {u"checkpoint"_s, QString::fromUtf8(stored.anchor.note)}};
    if (stored.checkpoint)
        document.insert("entries"_L1, QString::number(stored.checkpoint->size));
    if (const std::optional<Instant> stamped = anchor::stampTime(stored.anchor.receipt)) {
        document.insert("stamped"_L1, toRfc3339(*stamped));
        document.insert("receipt"_L1, QString::fromLatin1(stored.anchor.receipt.toBase64()));
    }
    return document;
}

CommandTask list(Context context)
{
    const Result<std::vector<anchor::StoredAnchor>> anchors = co_await context.session->anchors().anchors();
    if (!anchors)
        co_return fail(context, anchors.error());
    QJsonArray documents;
    QStringList lines;
    for (const anchor::StoredAnchor &stored : *anchors) {
        documents.append(documentOf(stored));
        const std::optional<Instant> stamped = anchor::stampTime(stored.anchor.receipt);
        lines.append(u"entry %1, %2: %3 entries, to %4%5"_s.arg(
            QString::number(stored.entry), toRfc3339(stored.at),
            stored.checkpoint ? QString::number(stored.checkpoint->size) : u"unknown"_s, stored.anchor.to,
            stamped ? u", stamped "_s + toRfc3339(*stamped) : QString()));
    }
    if (lines.isEmpty())
        lines.append(u"Nothing of this record is kept elsewhere yet; 'indelible record anchor' makes what can be."_s);
    print(context, {{u"anchors"_s, documents}}, lines);
    co_return kDone;
}

CommandTask check(Context context)
{
    const QString name = context.arguments.value(0);
    if (name.isEmpty())
        co_return failUsage(context, u"Say which file: indelible record check-anchor F.txt."_s);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        co_return fail(context, ErrorKind::NotFound,
                       u"The file %1 cannot be read (%2)."_s.arg(name, file.errorString()));
    auto checking = context.session->anchors().check(file.read(kMostBytes));
    const Result<anchor::AnchorProof> proof = co_await checking;
    if (!proof)
        co_return fail(context, proof.error());
    QJsonArray hashes;
    for (const QByteArray &hash : proof->proof)
        hashes.append(QString::fromLatin1(hash.toBase64()));
    print(
        context,
        {{u"good"_s, true},
         {u"anchored_entries"_s, QString::number(proof->anchored.size)},
         {u"anchored_root"_s, QString::fromLatin1(proof->anchored.root.toBase64())},
         {u"entries"_s, QString::number(proof->now.size)},
         {u"root"_s, QString::fromLatin1(proof->now.root.toBase64())},
         {u"consistency"_s, hashes}},
        {u"The record of %1 entries begins with exactly the %2 that this checkpoint was signed over; none of them was changed or taken away."_s
             .arg(proof->now.size)
             .arg(proof->anchored.size)});
    co_return kDone;
}

void anchorOptions(QCommandLineParser &parser)
{
    parser.addOption({u"to"_s, u"Who is going to keep it, in a few words; it goes on the record."_s, u"text"_s});
    parser.addOption({u"tsa"_s, u"A time server (RFC 3161) that stamps it."_s, u"url"_s});
    parser.addOption(
        {u"tsa-ca"_s, u"Certificates (PEM) that the server's must lead to; else the system's."_s, u"file"_s});
    parser.addOption({u"out"_s, u"The file to write."_s, u"file"_s});
}

} // namespace

std::vector<Command> anchorCommands()
{
    return {
        {u"record anchor"_s, u"--to TEXT --out F.txt | --tsa URL [--tsa-ca F.pem] --out F.tsr"_s,
         u"Writes the signed checkpoint for somebody else to keep, or has a time server stamp it."_s, Access::Write,
         &anchorOptions, &anchorRecord},
        {u"record anchors"_s, {}, u"Lists what others keep of the record."_s, Access::Read, nullptr, &list},
        {u"record check-anchor"_s, u"F.txt"_s,
         u"Proves that the record as it is now begins with what such a file was signed over."_s, Access::Read, nullptr,
         &check},
    };
}

} // namespace indelible::cli

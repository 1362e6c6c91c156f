// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_service.h"
#include "app/anchor/time_stamp.h"
#include "app/cli/context.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <array>

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

/// Which of the options names the file, and in which form it then is.
struct Form
{
    QLatin1StringView option;
    anchor::How how;
};
constexpr std::array kForms{Form{"out"_L1, anchor::How::Text}, Form{"text"_L1, anchor::How::Text},
                            Form{"page"_L1, anchor::How::Page}, Form{"mail"_L1, anchor::How::Mail}};

/// What was written, and what to do with it.
QStringList sentencesFor(anchor::How how, const anchor::AnchorReport &report, const QString &file)
{
    const auto written = [&](const QString &what) {
        return u"%1 over %2 entries is in %3, and the record says so (entry %4)."_s.arg(
            what, QString::number(report.checkpoint.size), file, QString::number(report.entry));
    };
    switch (how) {
    case anchor::How::Page:
        return {
            written(u"The page with the signed checkpoint"_s),
            u"Open it in a browser, print it, sign it and give it away: what its QR code says proves that none of these entries was changed since."_s};
    case anchor::How::Mail:
        return {
            written(u"The draft of a mail with the signed checkpoint"_s),
            u"Open it in your mail program and send it: whoever keeps the mail can prove that none of these entries was changed since."_s};
    case anchor::How::Text:
    case anchor::How::Rfc3161:
        return {written(u"The signed checkpoint"_s),
                u"Give the file away: whoever keeps it can prove that none of these entries was changed since."_s};
    }
    Q_UNREACHABLE();
}

CommandTask write(Context context, anchor::How how, QString file)
{
    QCoro::Task<Result<anchor::AnchorReport>> writing =
        context.session->anchors().write(how, context.options->value(u"to"_s), file);
    const Result<anchor::AnchorReport> report = co_await writing;
    if (!report)
        co_return fail(context, report.error());
    QJsonObject document = documentOf(*report, file);
    document.insert("how"_L1, anchor::toString(how));
    print(context, document, sentencesFor(how, *report, file));
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
    QStringList files;
    std::optional<anchor::How> how;
    for (const Form &form : kForms) {
        if (!context.options->isSet(form.option))
            continue;
        files.append(context.options->value(form.option));
        how = form.how;
    }
    const bool stamped = context.options->isSet(u"tsa"_s);
    const bool fits = !stamped || context.options->isSet(u"out"_s);
    if (files.size() != 1 || files.front().isEmpty() || context.options->isSet(u"to"_s) == stamped || !fits)
        co_return failUsage(
            context,
            u"Say to whom and where: indelible record anchor --to TEXT with one of --text F.txt, --page F.html, --mail F.eml, or --tsa URL --out F.tsr."_s);
    const QString file = QFileInfo(files.front()).absoluteFilePath();
    CommandTask anchoring = stamped ? stamp(context, file) : write(context, *how, file);
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
        lines.append(u"entry %1, %2: %3 entries, to %4 (%5)%6"_s.arg(
            QString::number(stored.entry), toRfc3339(stored.at),
            stored.checkpoint ? QString::number(stored.checkpoint->size) : u"unknown"_s, stored.anchor.to,
            anchor::toString(stored.anchor.how), stamped ? u", stamped "_s + toRfc3339(*stamped) : QString()));
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
    parser.addOption({u"to"_s,
                      u"Who is going to keep it, in a few words or by e-mail address; it goes on the record."_s,
                      u"text"_s});
    parser.addOption({u"tsa"_s, u"A time server (RFC 3161) that stamps it."_s, u"url"_s});
    parser.addOption(
        {u"tsa-ca"_s, u"Certificates (PEM) that the server's must lead to; else the system's."_s, u"file"_s});
    parser.addOption({u"text"_s, u"Writes it as a text (.txt)."_s, u"file"_s});
    parser.addOption({u"page"_s, u"Writes it as a page with a QR code (.html), to print, sign and file."_s, u"file"_s});
    parser.addOption({u"mail"_s, u"Writes it as the draft of an e-mail (.eml), to open and send."_s, u"file"_s});
    parser.addOption({u"out"_s, u"The file to write: the time stamp, or with --to the same as --text."_s, u"file"_s});
}

} // namespace

std::vector<Command> anchorCommands()
{
    return {
        {u"record anchor"_s,
         u"--to TEXT --text F.txt | --page F.html | --mail F.eml; or --tsa URL [--tsa-ca F.pem] --out F.tsr"_s,
         u"Writes the signed checkpoint for somebody else to keep, or has a time server stamp it."_s, Access::Write,
         &anchorOptions, &anchorRecord},
        {u"record anchors"_s, {}, u"Lists what others keep of the record."_s, Access::Read, nullptr, &list},
        {u"record check-anchor"_s, u"F.txt"_s,
         u"Proves that the record as it is now begins with what such a file was signed over."_s, Access::Read, nullptr,
         &check},
    };
}

} // namespace indelible::cli

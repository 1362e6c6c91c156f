// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/anchor_service.h"

#include "app/anchor/handout.h"
#include "app/anchor/time_stamp.h"
#include "app/base/ending.h"
#include "app/base/output_file.h"
#include "app/base/random.h"
#include "app/keeper/record_keeper.h"
#include "app/keeper/sign_for_others.h"
#include "app/net/http_client.h"
#include "app/record/hash.h"
#include "app/record/log.h"
#include "app/record/stored_tree.h"
#include "app/record/verified_checkpoint.h"
#include "app/record/verify.h"
#include "app/store/database.h"
#include "app/store/record_table.h"

#include <QFileInfo>
#include <QPointer>

#include <QCoroFuture>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr qsizetype kNonceBytes = 16;
constexpr qint64 kMostAnswerBytes = 128 * 1024; // some servers send a long chain of certificates

Result<OutputFile> openedFile(const QString &name, const QString &ending)
{
    INDELIBLE_TRY(requireReplaceable(name, ending));
    return openOutput(name);
}

Result<void> save(QSaveFile &file, const QByteArray &bytes)
{
    return file.write(bytes) == bytes.size() && file.commit() ? Result<void>() : failure(notWritten(file));
}

net::HttpRequest requestFor(const QUrl &server, const StampRequest &asking)
{
    net::HttpRequest request;
    request.method = net::Method::Post;
    request.url = server;
    request.headers = {{"Accept", "application/timestamp-reply"}};
    request.body = asking.der;
    request.contentType = "application/timestamp-query";
    request.maximumBytes = kMostAnswerBytes;
    return request;
}

/// The answer, once it is one.
Result<Instant> believed(const net::HttpResponse &response, const StampRequest &asking, const TrustStore &trust)
{
    if (response.status == 200 && !response.contentType.startsWith("text/"))
        return verifyStamp(response.body, asking, trust);
    return failure(
        ErrorKind::InvalidReply,
        u"The server answered with status %1 and %2, not with a time stamp. Nothing was put on the record; is the address that of a time server (RFC 3161)?"_s
            .arg(response.status)
            .arg(response.contentType.isEmpty() ? u"no type"_s : QString::fromLatin1(response.contentType)));
}

Result<AnchorProof> checkAgainst(store::Connection &connection, const AnchorText &anchor)
{
    const record::Verification whole = record::verify(connection);
    if (!whole.isGood())
        return failure(ErrorKind::Damaged,
                       u"The record does not match. %1 Nothing was changed; keep this file and restore a backup."_s.arg(
                           whole.problem));
    const record::Head head = record::readHead(connection);
    const RecordNow now{record::originOf(head.logId), store::recordKeys(connection), head.size, head.root};
    return proveAnchor(anchor, now, record::storedSubtrees(connection));
}

} // namespace

AnchorService::AnchorService(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
}

QCoro::Task<Result<AnchorText>> AnchorService::readyToLeave()
{
    const QPointer<AnchorService> alive(this);
    QCoro::Task<Result<record::NoteKey>> signing = keeper::signForOthers(m_parts.keeper);
    const Result<record::NoteKey> key = co_await signing;
    if (!alive || !key)
        co_return alive ? failure(key.error()) : ending();
    auto verifying = m_parts.database->scan([key = *key](store::Connection &connection) {
        return AnchorText{record::verifiedCheckpoint(connection, key).note, key};
    });
    const Result<AnchorText> ready = co_await verifying;
    co_return ready;
}

QCoro::Task<Result<AnchorReport>> AnchorService::putOnRecord(Anchor anchor)
{
    const QPointer<AnchorService> alive(this);
    auto writing = m_parts.database->write(
        [clock = m_parts.clock, member = m_parts.member, anchor](store::Connection &connection) {
            record::Log log(connection, *clock);
            return log.append({record::Kind::Anchor, record::systemSubject(), member, true, bodyOf(anchor)});
        });
    const Result<qint64> entry = co_await writing;
    if (!entry)
        co_return failure(entry.error().kind,
                          u"The file was written, but the record does not say so: %1"_s.arg(entry.error().detail));
    if (alive)
        Q_EMIT recorded();
    AnchorReport report;
    report.checkpoint = *record::soleCheckpoint(anchor.note);
    report.entry = *entry;
    report.digest = record::sha256({anchor.note});
    co_return report;
}

QCoro::Task<Result<AnchorReport>> AnchorService::write(How form, QString to, QString fileName)
{
    const Result<QString> keeper = keeperFrom(form, to);
    if (!keeper)
        co_return failure(keeper.error());
    const QPointer<AnchorService> alive(this);
    QCoro::Task<Result<AnchorText>> making = readyToLeave();
    const Result<AnchorText> ready = co_await making;
    if (!alive || !ready)
        co_return alive ? failure(ready.error()) : ending();
    const Result<QByteArray> bytes = fileOf(form, {*ready, m_parts.clock->now(), m_parts.business, *keeper});
    if (!bytes)
        co_return failure(bytes.error());
    const Result<OutputFile> file = openedFile(fileName, endingOf(form));
    if (!file)
        co_return failure(file.error());
    if (const Result<void> saved = save(**file, *bytes); !saved)
        co_return failure(saved.error());
    QCoro::Task<Result<AnchorReport>> recording = putOnRecord({ready->note, *keeper, form, {}});
    const Result<AnchorReport> report = co_await recording;
    co_return report;
}

QCoro::Task<Result<AnchorReport>> AnchorService::stamp(StampOrder order)
{
    // What can be refused is refused before anything leaves.
    const Result<TrustStore> trust = trustStore(order.certificates);
    if (!trust)
        co_return failure(trust.error());
    if (const Result<void> allowed = m_parts.http->allowOrigin(order.server); !allowed)
        co_return failure(allowed.error());
    const QPointer<AnchorService> alive(this);
    QCoro::Task<Result<AnchorText>> making = readyToLeave();
    const Result<AnchorText> ready = co_await making;
    if (!alive || !ready)
        co_return alive ? failure(ready.error()) : ending();
    const Result<OutputFile> file = openedFile(order.fileName, endingOf(How::Rfc3161));
    if (!file)
        co_return failure(file.error());
    const StampRequest asking = stampRequest(ready->note, randomBytes(kNonceBytes));
    QCoro::Task<Result<net::HttpResponse>> sending = m_parts.http->send(requestFor(order.server, asking));
    const Result<net::HttpResponse> response = co_await sending;
    if (!alive || !response)
        co_return alive ? failure(response.error()) : ending();
    const Result<Instant> when = believed(*response, asking, *trust);
    if (!when)
        co_return failure(when.error());
    if (const Result<void> saved = save(**file, response->body); !saved)
        co_return failure(saved.error());
    const QString to = order.server.toString(QUrl::RemoveQuery | QUrl::RemoveFragment);
    QCoro::Task<Result<AnchorReport>> recording = putOnRecord({ready->note, to, How::Rfc3161, response->body});
    Result<AnchorReport> report = co_await recording;
    if (report)
        report->stamped = *when;
    co_return report;
}

QFuture<Result<std::vector<StoredAnchor>>> AnchorService::anchors()
{
    return m_parts.database->read(&readAnchors);
}

QFuture<Result<AnchorProof>> AnchorService::check(QByteArray text)
{
    return m_parts.database->scan([text](store::Connection &connection) {
        const Result<AnchorText> anchor = anchorFromText(text);
        const Result<AnchorProof> proof = anchor ? checkAgainst(connection, *anchor) : failure(anchor.error());
        if (!proof)
            throw store::StoreException(proof.error());
        return *proof;
    });
}

} // namespace indelible::anchor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/transfer.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkRequest>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace indelible::net {

namespace {

constexpr qint64 kBlock = 64 * 1024;
constexpr qint64 kReadBuffer = 256 * 1024;

QByteArray hostHeader(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    const QByteArray name = host.contains(u':') ? '[' + host.toLatin1() + ']' : host.toLatin1();
    return url.port() < 0 ? name : name + ':' + QByteArray::number(url.port());
}

QNetworkRequest toQt(const HttpRequest &request, const QHostAddress &address, bool follows)
{
    QUrl url = request.url;
    url.setHost(address.toString());
    url.setFragment({});
    QNetworkRequest result(url);
    for (const auto &[name, value] : request.headers)
        result.setRawHeader(name, value);
    result.setRawHeader("Host", hostHeader(request.url));
    result.setHeader(QNetworkRequest::UserAgentHeader, u"Indelible/" INDELIBLE_VERSION ""_s);
    // What is packed comes late: packing waits for more.
    result.setRawHeader("Accept-Encoding", follows ? "identity" : BodyDecoder::acceptedEncoding());
    result.setPeerVerifyName(request.url.host(QUrl::FullyEncoded));
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    result.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    if (request.method == Method::Post) {
        result.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        result.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        if (!request.contentType.isEmpty())
            result.setRawHeader("Content-Type", request.contentType);
        else if (!request.body.isEmpty())
            result.setRawHeader("Content-Type", "application/octet-stream");
    }
    return result;
}

// Qt reports statuses from 400 as errors too, and a 307 or 308 as a body that it could not send again by itself.
bool isAnswer(QNetworkReply::NetworkError code, int status)
{
    switch (code) {
    case QNetworkReply::NoError:
        return true;
    case QNetworkReply::ContentReSendError:
        return status == 307 || status == 308;
    case QNetworkReply::ProtocolInvalidOperationError:    // 400 and 418
    case QNetworkReply::ProxyAuthenticationRequiredError: // 407, although no proxy is used
        return status >= 400;
    default:
        return status >= 400 &&
               ((code >= QNetworkReply::ContentAccessDenied && code <= QNetworkReply::UnknownContentError) ||
                (code >= QNetworkReply::InternalServerError && code <= QNetworkReply::UnknownServerError));
    }
}

} // namespace

qint64 BodyOnce::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_body.size() - m_taken);
    if (count <= 0)
        return -1;
    std::memcpy(data, m_body.constData() + m_taken, static_cast<std::size_t>(count));
    m_taken += count;
    return count;
}

Transfer::Transfer(Operations &operations, QNetworkAccessManager &manager, const HttpRequest &request,
                   const QHostAddress &address, const TransferLimits &limits, const Following *following)
    : OperationFor(operations)
    , m_host(request.url.host(QUrl::FullyEncoded))
    , m_maximumHeaderBytes(limits.maximumHeaderBytes)
    , m_following(following)
    , m_kind(request.method == Method::Get ? Kind::Get
             : request.body.isEmpty()      ? Kind::EmptyPost
                                           : Kind::Post)
    , m_body(new BodyOnce(request.body))
    , m_decoder(m_host, request.maximumBytes)
{
    const QNetworkRequest prepared = toQt(request, address, following != nullptr);
    // As a custom verb, because Qt moves the query of a POST without a body into the body.
    m_reply.reset(m_kind == Kind::Get ? manager.get(prepared) : manager.sendCustomRequest(prepared, "POST", m_body));
    // Qt may ask for the body as long as the reply exists, and that is longer than this.
    m_body->setParent(m_reply.get());
    m_reply->setReadBufferSize(kReadBuffer);
    connect(m_reply.get(), &QNetworkReply::requestSent, this, [this] { m_onItsWay = true; });
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, &Transfer::onMetaData);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &Transfer::onReadyRead);
    connect(m_reply.get(), &QNetworkReply::finished, this, &Transfer::onFinished);
    for (QTimer *timer : {&m_deadline, &m_connectDeadline})
        timer->setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(QNetworkReply::TimeoutError); });
    connect(&m_connectDeadline, &QTimer::timeout, this, [this] {
        if (sentSoFar() == Sent::Nothing)
            fail(QNetworkReply::TimeoutError);
    });
    m_deadline.start(limits.deadline);
    m_connectDeadline.start(std::min(limits.connectDeadline, limits.deadline));
    if (m_following) {
        connect(&m_stopped, &QFutureWatcherBase::finished, this, &Transfer::cancel);
        m_stopped.setFuture(m_following->stopped);
    }
}

Transfer::~Transfer()
{
    if (m_reply)
        m_reply->disconnect(this);
}

void Transfer::cancel()
{
    fail(QNetworkReply::OperationCanceledError);
}

void Transfer::onMetaData()
{
    qint64 size = 0;
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        size += name.size() + value.size() + 4;
    if (size > m_maximumHeaderBytes) {
        stop(failure(ErrorKind::InvalidReply,
                     u"%1 sent more than %2 bytes of headers. The answer was thrown away."_s.arg(m_host).arg(
                         m_maximumHeaderBytes)));
        return;
    }
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding");
    if (Result<void> known = m_decoder.setEncoding(encoding); !known) {
        stop(failure(std::move(known.error())));
        return;
    }
    const bool isRight = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 200;
    const QByteArray type = m_reply->rawHeader("Content-Type").toLower();
    if (!m_following || !isRight || m_isStream || type.split(';').constFirst().trimmed() != "text/event-stream")
        return;
    if (encoding.isEmpty() || encoding.toLower() == "identity")
        openStream();
    else
        stop(failure(ErrorKind::InvalidReply,
                     u"%1 packed what it tells as it happens. It is not listened to."_s.arg(m_host)));
}

void Transfer::openStream()
{
    m_isStream = true;
    m_deadline.start(m_following->silence);
    if (m_following->opened)
        m_following->opened();
}

Result<void> Transfer::take(const QByteArray &block)
{
    if (!m_isStream)
        return m_decoder.feed(block);
    m_deadline.start(m_following->silence);
    return m_following->came(block);
}

void Transfer::onReadyRead()
{
    while (!isOver() && m_reply->bytesAvailable() > 0) {
        const QByteArray block = m_reply->read(kBlock);
        if (block.isEmpty())
            return;
        m_received += block.size();
        if (Result<void> taken = take(block); !taken)
            stop(failure(std::move(taken.error())));
    }
}

void Transfer::onFinished()
{
    if (isOver())
        return;
    onReadyRead();
    if (isOver())
        return;
    const QNetworkReply::NetworkError code = m_reply->error();
    m_response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_response.status == 0 || !isAnswer(code, m_response.status)) {
        stop(failure(errorFor(code, sentIfBroken(code), m_host)));
        return;
    }
    if (isCut()) {
        stop(failure(errorFor(QNetworkReply::RemoteHostClosedError, sentSoFar(), m_host)));
        return;
    }
    Result<QByteArray> body = m_decoder.finish();
    if (!body) {
        stop(failure(std::move(body.error())));
        return;
    }
    m_response.body = std::move(*body);
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        m_response.headers.emplace_back(name.toLower(), value);
    const QByteArray type = valueOf(m_response.headers, "content-type").toLower();
    m_response.contentType = type.split(';').constFirst().trimmed();
    stop(std::move(m_response));
}

// Where the connection has ended before Qt looks at it again, Qt 6.4.2 takes what had come for the whole body, whatever
// length was announced (seen about once in 20 answers that break off over plain HTTP). RFC 9112, 6.3: a length says
// nothing beside chunks, nor with a status that has no body.
bool Transfer::isCut() const
{
    const int status = m_response.status;
    if (status == 204 || status == 304 || m_reply->hasRawHeader("Transfer-Encoding"))
        return false;
    bool isNumber = false;
    const qint64 announced = m_reply->rawHeader("Content-Length").toLongLong(&isNumber);
    return isNumber && m_received < announced;
}

void Transfer::fail(QNetworkReply::NetworkError code)
{
    stop(failure(errorFor(code, sentSoFar(), m_host)));
}

void Transfer::stop(Result<HttpResponse> result)
{
    if (isOver())
        return;
    m_deadline.stop();
    m_connectDeadline.stop();
    m_reply->disconnect(this);
    end(std::move(result));
    // What its thread had still to say comes too late, and Qt 6.4.2 warns of an error after the one of abort().
    if (!m_reply->isFinished())
        m_reply->abort();
    QCoreApplication::removePostedEvents(m_reply.get(), QEvent::MetaCall);
    m_reply.release()->deleteLater();
}

// While it runs. A body is pulled from us, so what was not taken has not left and cannot leave after abort(). For a GET
// a signal tells it, which may come late; that does no harm, since a GET may be asked again. For a POST without a body
// Qt tells nothing.
Sent Transfer::sentSoFar() const
{
    switch (m_kind) {
    case Kind::Get:
        return m_onItsWay ? Sent::Perhaps : Sent::Nothing;
    case Kind::Post:
        return m_body->wasTaken() ? Sent::Perhaps : Sent::Nothing;
    case Kind::EmptyPost:
        return Sent::Perhaps;
    }
    return Sent::Perhaps;
}

// After its end, where the reason may prove more.
Sent Transfer::sentIfBroken(QNetworkReply::NetworkError code) const
{
    const bool neverConnected =
        code == QNetworkReply::ConnectionRefusedError || code == QNetworkReply::HostNotFoundError;
    return m_kind == Kind::EmptyPost && neverConnected ? Sent::Nothing : sentSoFar();
}

} // namespace indelible::net

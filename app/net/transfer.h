// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/body_decoder.h"
#include "app/net/http_client.h"
#include "app/net/operation.h"
#include "app/net/retry_policy.h"

#include <QFutureWatcher>
#include <QHostAddress>
#include <QIODevice>
#include <QNetworkReply>
#include <QTimer>

#include <chrono>
#include <memory>

class QNetworkAccessManager;

namespace indelible::net {

/// A request body that can be read once. Qt sends a request again by itself, up to three times and POST too, when the
/// connection ends before the answer begins; a body that cannot be rewound makes it give up instead (measured with
/// Qt 6.4.2), even an empty one. It also knows whether a byte was taken, and so whether the server can have acted.
class BodyOnce final : public QIODevice
{
public:
    explicit BodyOnce(QByteArray body)
        : m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    [[nodiscard]] bool wasTaken() const { return m_taken > 0; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_taken >= m_body.size(); }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_body.size() - m_taken; }
    bool reset() override { return false; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_taken = 0;
};

/// Limits of one transfer.
struct TransferLimits
{
    std::chrono::milliseconds deadline{};
    std::chrono::milliseconds connectDeadline{}; ///< until the request is on its way
    qint64 maximumHeaderBytes = 0;
};

/// One request to one address and its whole answer; no redirect, no repetition. The connection goes to `address`, which
/// was checked, so that a second look-up cannot lead elsewhere; name and certificate are those of the URL.
///
/// With `following`, which outlives it, an answer that has no end is handed on while it comes; HttpClient::follow()
/// says how that ends.
///
/// Ends with the answer, whatever its status, or with: Offline, Timeout, Cancelled, ServerTrouble (broke off, or the
/// certificate is wrong), InvalidReply (over a limit, or no HTTP). HTTP/1.1 only: with HTTP/2 Qt multiplexes requests
/// over one connection, whose end cannot be told apart for each. An answer in chunks that breaks off is noticed over
/// TLS; over plain HTTP, which goes to this computer only, Qt 6.4.2 now and then takes it for a whole one, so whoever
/// reads it must notice (JSON and XML that end early do not parse).
class Transfer final : public OperationFor<Result<HttpResponse>>
{
public:
    Transfer(Operations &operations, QNetworkAccessManager &manager, const HttpRequest &request,
             const QHostAddress &address, const TransferLimits &limits, const Following *following = nullptr);
    ~Transfer() override;

    void cancel() override;

private:
    enum class Kind { Get, Post, EmptyPost };

    void onMetaData();
    void openStream();
    Result<void> take(const QByteArray &block);
    void onReadyRead();
    void onFinished();
    [[nodiscard]] bool isCut() const;
    void fail(QNetworkReply::NetworkError code);
    void stop(Result<HttpResponse> result);
    [[nodiscard]] Sent sentSoFar() const;
    [[nodiscard]] Sent sentIfBroken(QNetworkReply::NetworkError code) const;

    QString m_host;
    qint64 m_maximumHeaderBytes;
    const Following *m_following;
    bool m_isStream = false; ///< an answer without an end has begun
    QFutureWatcher<void> m_stopped;
    Kind m_kind;
    bool m_onItsWay = false; ///< of a GET: it has left
    BodyOnce *m_body;        ///< the reply's child
    qint64 m_received = 0;   ///< bytes of the body as they came, packed or not
    BodyDecoder m_decoder;
    HttpResponse m_response;
    QTimer m_deadline;
    QTimer m_connectDeadline;
    std::unique_ptr<QNetworkReply> m_reply;
};

} // namespace indelible::net

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/anchor/time_stamp.h"

#include "app/base/text.h"
#include "app/record/hash.h"

#include <QDateTime>
#include <QFile>

#include <ctime>

#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/tserr.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;

namespace indelible::anchor {

namespace {

constexpr int kMostWords = 200; // of a server's own reason

template<auto function>
struct Deleter
{
    template<typename T>
    void operator()(T *object) const
    {
        function(object);
    }
};
using Request = std::unique_ptr<TS_REQ, Deleter<TS_REQ_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, Deleter<TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Deleter<X509_ALGOR_free>>;
using Answer = std::unique_ptr<TS_RESP, Deleter<TS_RESP_free>>;
using Verifying = std::unique_ptr<TS_VERIFY_CTX, Deleter<TS_VERIFY_CTX_free>>;
using Number = std::unique_ptr<ASN1_INTEGER, Deleter<ASN1_INTEGER_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

const uchar *start(const QByteArray &bytes)
{
    return reinterpret_cast<const uchar *>(bytes.constData());
}

Answer answerFrom(const QByteArray &der)
{
    const uchar *at = start(der);
    Answer answer(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
    return at == start(der) + der.size() ? std::move(answer) : Answer();
}

Request requestFrom(const QByteArray &der)
{
    const uchar *at = start(der);
    return Request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
}

/// What the server gave as its reason, fit to be shown.
QString wordsOf(const TS_STATUS_INFO *status)
{
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(status);
    if (!texts || sk_ASN1_UTF8STRING_num(texts) == 0)
        return u"it gave no reason"_s;
    const ASN1_UTF8STRING *text = sk_ASN1_UTF8STRING_value(texts, 0);
    return snippetOf(
        QString::fromUtf8(reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)), ASN1_STRING_length(text)),
        kMostWords);
}

tl::unexpected<Error> invalid(const QString &what)
{
    return failure(ErrorKind::InvalidReply, what + u" It is not believed, and nothing was put on the record."_s);
}

/// Why OpenSSL refused. The last error of its list says what, the ones before it where.
tl::unexpected<Error> refusal()
{
    const int reason = ERR_GET_REASON(ERR_peek_last_error());
    ERR_clear_error();
    switch (reason) {
    case TS_R_MESSAGE_IMPRINT_MISMATCH:
        return invalid(u"The time stamp is for something else."_s);
    case TS_R_NONCE_MISMATCH:
    case TS_R_NONCE_NOT_RETURNED:
        return invalid(u"The time stamp is an answer to another question, perhaps an old one."_s);
    case TS_R_CERTIFICATE_VERIFY_ERROR:
        return failure(
            ErrorKind::Rejected,
            u"The time server's certificate does not lead to one that is trusted. Nothing was put on the record; if you trust the server, give its authority's certificate to 'indelible record anchor' with --tsa-ca."_s);
    default:
        return invalid(u"The time stamp is not signed as it must be."_s);
    }
}

std::optional<Instant> timeOf(TS_RESP *answer)
{
    const TS_TST_INFO *info = TS_RESP_get_tst_info(answer);
    std::tm when{};
    if (!info || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &when) != 1)
        return std::nullopt;
    const QDateTime utc(QDate(when.tm_year + 1900, when.tm_mon + 1, when.tm_mday),
                        QTime(when.tm_hour, when.tm_min, when.tm_sec), Qt::UTC);
    return utc.isValid() ? std::optional(fromMs(utc.toMSecsSinceEpoch())) : std::nullopt;
}

} // namespace

Result<TrustStore> trustStore(const QString &fileName)
{
    TrustStore store(X509_STORE_new(), &X509_STORE_free);
    const QByteArray path = QFile::encodeName(fileName);
    const bool good = fileName.isEmpty() ? X509_STORE_set_default_paths(store.get()) == 1
                                         : X509_STORE_load_file(store.get(), path.constData()) == 1;
    ERR_clear_error();
    if (good)
        return store;
    return failure(ErrorKind::Rejected, u"The file %1 holds no certificates (PEM). Nothing was sent."_s.arg(
                                            fileName.isEmpty() ? u"of the system"_s : fileName));
}

StampRequest stampRequest(const QByteArray &note, const QByteArray &nonce)
{
    StampRequest request{record::sha256({note}), {}};
    const Algorithm algorithm(X509_ALGOR_new());
    X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
    const Imprint imprint(TS_MSG_IMPRINT_new());
    TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get());
    TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<uchar *>(request.digest.data()),
                           static_cast<int>(request.digest.size()));
    const BigNumber big(BN_bin2bn(start(nonce), static_cast<int>(nonce.size()), nullptr));
    const Number number(BN_to_ASN1_INTEGER(big.get(), nullptr));
    const Request asking(TS_REQ_new());
    TS_REQ_set_version(asking.get(), 1);
    TS_REQ_set_msg_imprint(asking.get(), imprint.get());
    TS_REQ_set_nonce(asking.get(), number.get());
    TS_REQ_set_cert_req(asking.get(), 1);
    uchar *bytes = nullptr;
    const int length = i2d_TS_REQ(asking.get(), &bytes);
    request.der = QByteArray(reinterpret_cast<const char *>(bytes), length);
    OPENSSL_free(bytes);
    return request;
}

Result<Instant> verifyStamp(const QByteArray &answer, const StampRequest &request, const TrustStore &trust)
{
    const Answer read = answerFrom(answer);
    const Request asked = requestFrom(request.der);
    ERR_clear_error();
    if (!read || !asked)
        return invalid(u"The answer is no time stamp, or it is not whole."_s);
    const TS_STATUS_INFO *status = TS_RESP_get_status_info(read.get());
    const long code = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    if (code != TS_STATUS_GRANTED && code != TS_STATUS_GRANTED_WITH_MODS)
        return failure(
            ErrorKind::Rejected,
            u"The time server refused to stamp it (%1). Nothing was put on the record."_s.arg(wordsOf(status)));
    const Verifying verifying(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
    TS_VERIFY_CTX_add_flags(verifying.get(), TS_VFY_SIGNATURE);
    X509_STORE_up_ref(trust.get());
    TS_VERIFY_CTX_set_store(verifying.get(), trust.get());
    if (TS_RESP_verify_response(verifying.get(), read.get()) != 1)
        return refusal();
    const std::optional<Instant> when = timeOf(read.get());
    return when ? Result<Instant>(*when) : invalid(u"The time stamp names no time."_s);
}

std::optional<Instant> stampTime(const QByteArray &answer)
{
    const Answer read = answerFrom(answer);
    ERR_clear_error();
    return read ? timeOf(read.get()) : std::nullopt;
}

} // namespace indelible::anchor

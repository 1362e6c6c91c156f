// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_authority.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace indelible::test {

namespace {

struct Free
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;

void check(bool isDone)
{
    if (!isDone)
        throw std::runtime_error("OpenSSL refused to make a test certificate");
}

Key makeKey()
{
    Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    check(key != nullptr);
    return key;
}

void add(X509 *certificate, X509 *issuer, int kind, const QByteArray &value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData()));
    check(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

Certificate makeCertificate(EVP_PKEY *key, const QByteArray &name, const QDateTime &until, X509 *issuer)
{
    static long serial = 0;
    Certificate made(X509_new());
    X509 *certificate = made.get();
    check(X509_set_version(certificate, 2) == 1 && X509_set_pubkey(certificate, key) == 1);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    ASN1_TIME_set(X509_getm_notBefore(certificate), until.addYears(-1).toSecsSinceEpoch());
    ASN1_TIME_set(X509_getm_notAfter(certificate), until.toSecsSinceEpoch());
    X509_NAME *subject = X509_get_subject_name(certificate);
    check(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                     reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0) == 1);
    X509_set_issuer_name(certificate, issuer != nullptr ? X509_get_subject_name(issuer) : subject);
    return made;
}

template<typename Write>
QByteArray pem(Write write)
{
    const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
    check(write(bio.get()) == 1);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, size};
}

QSslCertificate toQt(X509 *certificate)
{
    return QSslCertificate(pem([=](BIO *bio) { return PEM_write_bio_X509(bio, certificate); }));
}

} // namespace

class TestAuthority::Private
{
public:
    Key key = makeKey();
    Certificate certificate =
        makeCertificate(key.get(), "Test authority", QDateTime::currentDateTimeUtc().addDays(30), nullptr);
};

TestAuthority::TestAuthority()
    : d(std::make_unique<Private>())
{
    add(d->certificate.get(), d->certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add(d->certificate.get(), d->certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    check(X509_sign(d->certificate.get(), d->key.get(), EVP_sha256()) > 0);
}

TestAuthority::~TestAuthority() = default;

QSslCertificate TestAuthority::certificate() const
{
    return toQt(d->certificate.get());
}

QSslConfiguration TestAuthority::serverFor(const QString &name, const QDateTime &until) const
{
    const Key key = makeKey();
    const Certificate made = makeCertificate(key.get(), name.toUtf8(), until, d->certificate.get());
    add(made.get(), d->certificate.get(), NID_subject_alt_name, "DNS:" + name.toUtf8());
    add(made.get(), d->certificate.get(), NID_ext_key_usage, "serverAuth");
    check(X509_sign(made.get(), d->key.get(), EVP_sha256()) > 0);
    const QByteArray keyText =
        pem([&](BIO *bio) { return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(toQt(made.get()));
    configuration.setPrivateKey(QSslKey(keyText, QSsl::Ec));
    return configuration;
}

QSslConfiguration TestAuthority::serverFor(const QString &name) const
{
    return serverFor(name, QDateTime::currentDateTimeUtc().addDays(30));
}

} // namespace indelible::test

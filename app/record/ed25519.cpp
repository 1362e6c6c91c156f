// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/ed25519.h"

#include "app/base/random.h"

#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace indelible::record {

namespace {

struct KeyDeleter
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct ContextDeleter
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using Context = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

size_t length(QByteArrayView view)
{
    return static_cast<size_t>(view.size());
}

Key privateKey(const QByteArray &seed)
{
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes(seed), length(seed)));
    if (!key)
        throw std::runtime_error("OpenSSL cannot make an Ed25519 key");
    return key;
}

QByteArray publicKeyOf(const QByteArray &seed)
{
    QByteArray result(kKeyBytes, Qt::Uninitialized);
    size_t size = kKeyBytes;
    if (EVP_PKEY_get_raw_public_key(privateKey(seed).get(), reinterpret_cast<unsigned char *>(result.data()), &size) !=
            1 ||
        size != kKeyBytes)
        throw std::runtime_error("OpenSSL cannot compute an Ed25519 public key");
    return result;
}

} // namespace

SigningKey::SigningKey(QByteArray seed, QByteArray publicKey)
    : m_seed(std::move(seed))
    , m_publicKey(std::move(publicKey))
{
}

SigningKey::~SigningKey()
{
    // Shared bytes belong to another value still; the last one overwrites them.
    if (m_seed.isDetached() && !m_seed.isEmpty())
        OPENSSL_cleanse(m_seed.data(), length(m_seed));
}

SigningKey SigningKey::generate()
{
    QByteArray seed = randomBytes(kKeyBytes);
    QByteArray publicKey = publicKeyOf(seed);
    return {std::move(seed), std::move(publicKey)};
}

std::optional<SigningKey> SigningKey::fromSeed(const QByteArray &seed)
{
    if (seed.size() != kKeyBytes)
        return std::nullopt;
    return SigningKey(seed, publicKeyOf(seed));
}

QByteArray SigningKey::sign(QByteArrayView message) const
{
    const Key key = privateKey(m_seed);
    const Context context(EVP_MD_CTX_new());
    QByteArray signature(kSignatureBytes, Qt::Uninitialized);
    size_t size = kSignatureBytes;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, bytes(message),
                       length(message)) != 1)
        throw std::runtime_error("OpenSSL cannot sign with Ed25519");
    return signature;
}

bool verifySignature(const QByteArray &publicKey, QByteArrayView message, const QByteArray &signature)
{
    if (publicKey.size() != kKeyBytes || signature.size() != kSignatureBytes)
        return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(publicKey), length(publicKey)));
    const Context context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), length(signature), bytes(message), length(message)) == 1;
}

} // namespace indelible::record

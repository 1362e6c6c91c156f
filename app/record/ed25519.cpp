// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/ed25519.h"

#include "app/base/random.h"

#include <algorithm>
#include <array>
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

/// Whether the bytes are a point that every implementation reads alike. Libraries differ over a y that is not below the
/// prime 2^255 - 19 and over the points of small order, under which a signature can fit more than one text.
bool isSoundPoint(QByteArray point)
{
    static const std::array<QByteArray, 5> smallOrder{
        QByteArray(kKeyBytes, '\0'), QByteArray(1, '\1') + QByteArray(kKeyBytes - 1, '\0'),
        QByteArray::fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        QByteArray::fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        QByteArray::fromHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")};
    static const QByteArray prime =
        QByteArray::fromHex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    point[kKeyBytes - 1] = static_cast<char>(point.at(kKeyBytes - 1) & 0x7f);
    if (std::ranges::find(smallOrder, point) != smallOrder.end())
        return false;
    std::ranges::reverse(point); // big-endian, to be compared as bytes are
    return point < prime;
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
    if (publicKey.size() != kKeyBytes || signature.size() != kSignatureBytes || !isSoundPoint(publicKey) ||
        !isSoundPoint(signature.left(kKeyBytes)))
        return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(publicKey), length(publicKey)));
    const Context context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), length(signature), bytes(message), length(message)) == 1;
}

} // namespace indelible::record

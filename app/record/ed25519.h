// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace indelible::record {

inline constexpr qsizetype kKeyBytes = 32; ///< of a public key, and of a private key's seed
inline constexpr qsizetype kSignatureBytes = 64;

/// A private Ed25519 key (RFC 8032), by OpenSSL. A value; its bytes are overwritten at its end. Thread-safe to use.
class SigningKey
{
public:
    [[nodiscard]] static SigningKey generate();
    /// Nothing where the bytes are no seed.
    [[nodiscard]] static std::optional<SigningKey> fromSeed(const QByteArray &seed);
    ~SigningKey();
    SigningKey(const SigningKey &) = default;
    SigningKey(SigningKey &&) noexcept = default;
    SigningKey &operator=(const SigningKey &) = default;
    SigningKey &operator=(SigningKey &&) noexcept = default;

    /// A secret: for the keychain and nowhere else.
    [[nodiscard]] const QByteArray &seed() const { return m_seed; }
    [[nodiscard]] const QByteArray &publicKey() const { return m_publicKey; }
    [[nodiscard]] QByteArray sign(QByteArrayView message) const;

private:
    SigningKey(QByteArray seed, QByteArray publicKey);

    QByteArray m_seed;
    QByteArray m_publicKey;
};

/// Never true for a key or a signature of the wrong length, nor for points over which implementations differ (not in
/// their shortest form, or of small order): the verifiers in a bundle must agree with this one.
[[nodiscard]] bool verifySignature(const QByteArray &publicKey, QByteArrayView message, const QByteArray &signature);

} // namespace indelible::record

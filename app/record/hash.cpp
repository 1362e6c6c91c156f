// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/record/hash.h"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace indelible::record {

namespace {

struct ContextDeleter
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

/// Looking the algorithm up by name at each hash costs more than hashing a short entry does (OpenSSL 3).
const EVP_MD *algorithm()
{
    static const EVP_MD *const fetched = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    return fetched;
}

} // namespace

QByteArray sha256(std::initializer_list<QByteArrayView> parts)
{
    static thread_local const std::unique_ptr<EVP_MD_CTX, ContextDeleter> context(EVP_MD_CTX_new());
    QByteArray digest(kHashBytes, Qt::Uninitialized);
    bool good = context && EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) == 1;
    for (const QByteArrayView part : parts)
        good = good && EVP_DigestUpdate(context.get(), part.data(), static_cast<size_t>(part.size())) == 1;
    good = good && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(digest.data()), nullptr) == 1;
    if (!good)
        throw std::runtime_error("OpenSSL cannot compute SHA-256");
    return digest;
}

} // namespace indelible::record

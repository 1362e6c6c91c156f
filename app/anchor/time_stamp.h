// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

struct x509_store_st;

namespace indelible::anchor {

// Time stamps of RFC 3161 over SHA-256, by OpenSSL. Pure but for reading certificates; any thread.

/// The certificates in which a chain must end. May be used on one thread at a time.
using TrustStore = std::shared_ptr<x509_store_st>;

/// Those of a PEM file, or with an empty name those of the system. Rejected where the file holds none.
[[nodiscard]] Result<TrustStore> trustStore(const QString &fileName);

/// Everything that a server is told: `digest` and a random number.
struct StampRequest
{
    QByteArray digest; ///< SHA-256 of the note, 32 bytes
    QByteArray der;    ///< a TimeStampReq that asks for the certificates too
};

/// `nonce`: random bytes, at least 8, at most 20.
[[nodiscard]] StampRequest stampRequest(const QByteArray &note, const QByteArray &nonce);

/// When the server says that it saw the digest, once its answer (a TimeStampResp and nothing behind it) was found to be
/// granted, for this very request, and signed by a server of time stamps whose certificates lead to `trust` and are
/// valid now. Errors: InvalidReply, Rejected (the server refused, or its certificate is not trusted).
[[nodiscard]] Result<Instant> verifyStamp(const QByteArray &answer, const StampRequest &request,
                                          const TrustStore &trust);

/// What an answer that was verified once says; nothing where it is no answer with a time stamp.
[[nodiscard]] std::optional<Instant> stampTime(const QByteArray &answer);

} // namespace indelible::anchor

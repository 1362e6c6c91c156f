// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace indelible::net {

/// Collects the body of an answer, unpacks it and counts it while it comes. Unpacking is our own because that of Qt
/// 6.4.2 takes a packed body that is cut off or damaged for a whole one, and lets 11 MB of zeros through as if empty.
///
/// Errors: InvalidReply for a body over the limit, damaged, or packed in a way that was not asked for; ServerTrouble
/// for a packed body that ends too early. After an error nothing more may be fed.
class BodyDecoder
{
public:
    /// `host` is named in errors; `maximum` counts unpacked bytes.
    BodyDecoder(QString host, qint64 maximum);
    ~BodyDecoder();
    Q_DISABLE_COPY_MOVE(BodyDecoder)

    /// What is asked for with Accept-Encoding.
    static QByteArray acceptedEncoding() { return "gzip"; }

    /// The answer's Content-Encoding; before the first byte.
    Result<void> setEncoding(const QByteArray &encoding);
    Result<void> feed(const QByteArray &bytes);
    /// The whole body.
    Result<QByteArray> finish();

private:
    struct Stream;

    Result<void> unpack(const QByteArray &bytes);
    [[nodiscard]] tl::unexpected<Error> tooLarge() const;

    QString m_host;
    qint64 m_maximum;
    QByteArray m_body;
    std::unique_ptr<Stream> m_stream; ///< only where the body is packed
};

} // namespace indelible::net

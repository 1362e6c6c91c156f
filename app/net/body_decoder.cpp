// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/body_decoder.h"

#include <zlib.h>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::net {

namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::size_t kBlock = 64 * 1024;

} // namespace

struct BodyDecoder::Stream
{
    Stream() { isReady = inflateInit2(&state, kGzipOnly) == Z_OK; }
    ~Stream() { inflateEnd(&state); }
    Q_DISABLE_COPY_MOVE(Stream)

    z_stream state{};
    bool isReady = false;
    bool isWhole = false; ///< the last member has come to its end, its checksum included
};

BodyDecoder::BodyDecoder(QString host, qint64 maximum)
    : m_host(std::move(host))
    , m_maximum(maximum)
{
}

BodyDecoder::~BodyDecoder() = default;

Result<void> BodyDecoder::setEncoding(const QByteArray &encoding)
{
    const QByteArray name = encoding.trimmed().toLower();
    if (name.isEmpty() || name == "identity")
        return {};
    if (name != "gzip" && name != "x-gzip")
        return failure(ErrorKind::InvalidReply, u"%1 packed its answer in a way that was not asked for."_s.arg(m_host));
    m_stream = std::make_unique<Stream>();
    if (!m_stream->isReady)
        return failure(ErrorKind::Internal, u"There is no memory to unpack an answer of %1."_s.arg(m_host));
    return {};
}

Result<void> BodyDecoder::feed(const QByteArray &bytes)
{
    if (m_stream)
        return unpack(bytes);
    if (m_body.size() + bytes.size() > m_maximum)
        return tooLarge();
    m_body += bytes;
    return {};
}

Result<QByteArray> BodyDecoder::finish()
{
    if (m_stream && !m_stream->isWhole)
        return failure(ErrorKind::ServerTrouble,
                       u"%1 sent only the beginning of its answer. It was thrown away."_s.arg(m_host));
    return std::exchange(m_body, {});
}

Result<void> BodyDecoder::unpack(const QByteArray &bytes)
{
    z_stream &state = m_stream->state;
    std::array<char, kBlock> block{};
    // zlib takes no pointer to const, and does not write through it.
    state.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    state.avail_in = static_cast<uInt>(bytes.size());
    do {
        // A gzip file may consist of several members (RFC 1952, 2.2).
        if (m_stream->isWhole && state.avail_in > 0) {
            inflateReset(&state);
            m_stream->isWhole = false;
        }
        state.next_out = reinterpret_cast<Bytef *>(block.data());
        state.avail_out = static_cast<uInt>(block.size());
        const int result = inflate(&state, Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            return failure(ErrorKind::InvalidReply,
                           u"%1 sent a packed answer that is damaged. It was thrown away."_s.arg(m_host));
        const qsizetype unpacked = static_cast<qsizetype>(block.size()) - state.avail_out;
        if (m_body.size() + unpacked > m_maximum)
            return tooLarge();
        m_body.append(block.data(), unpacked);
        m_stream->isWhole = result == Z_STREAM_END || (m_stream->isWhole && state.avail_in == 0);
    } while (state.avail_in > 0 || state.avail_out == 0);
    return {};
}

tl::unexpected<Error> BodyDecoder::tooLarge() const
{
    return failure(ErrorKind::InvalidReply, u"%1 sent more than %2 bytes. The answer was thrown away; what is stored "
                                            "here is unharmed."_s.arg(m_host)
                                                .arg(m_maximum));
}

} // namespace indelible::net

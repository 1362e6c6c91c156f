// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/case_lines.h"

#include "app/record/canonical_json.h"
#include "app/record/hash.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace indelible::bundle {

namespace {

constexpr int kDeepest = 64;
constexpr qsizetype kMostDigits = 15; // whole numbers up to here are exact in every language

/// Reads one line from left to right; once something does not fit, nothing fits any more.
class LineReader
{
public:
    explicit LineReader(const QByteArray &line)
        : m_line(line)
    {
    }

    bool accept(QByteArrayView text)
    {
        if (!QByteArrayView(m_line).sliced(m_at).startsWith(text))
            return false;
        m_at += text.size();
        return true;
    }
    void expect(QByteArrayView text) { m_good = accept(text) && m_good; }

    /// A string of base64 in its one spelling; `size` < 0 = any.
    QByteArray base64(qsizetype size)
    {
        expect("\"");
        const qsizetype end = m_line.indexOf('"', m_at);
        const QByteArray text = m_line.mid(m_at, std::max<qsizetype>(0, end - m_at));
        m_at += text.size();
        expect("\"");
        const auto read = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
        m_good =
            m_good && end >= 0 && read && (size < 0 || read.decoded.size() == size) && read.decoded.toBase64() == text;
        return m_good ? read.decoded : QByteArray();
    }

    qint64 number()
    {
        const qsizetype begin = m_at;
        while (m_at < m_line.size() && m_line.at(m_at) >= '0' && m_line.at(m_at) <= '9')
            ++m_at;
        const QByteArray digits = m_line.mid(begin, m_at - begin);
        m_good = m_good && !digits.isEmpty() && digits.size() <= kMostDigits &&
                 (digits.size() == 1 || digits.front() != '0');
        return digits.toLongLong();
    }

    /// What stands between brackets: hashes in base64.
    std::vector<QByteArray> hashes()
    {
        std::vector<QByteArray> list;
        expect("[");
        if (accept("]"))
            return list;
        do
            list.push_back(base64(record::kHashBytes));
        while (m_good && accept(","));
        expect("]");
        return list;
    }

    [[nodiscard]] bool isAtEnd() const { return m_good && m_at == m_line.size(); }

private:
    const QByteArray &m_line;
    qsizetype m_at = 0;
    bool m_good = true;
};

QByteArray quoted(const QByteArray &bytes)
{
    return '"' + bytes.toBase64() + '"';
}

RowText readRow(LineReader &reader)
{
    RowText row;
    reader.expect("{");
    const bool hasBody = reader.accept("\"body\":");
    if (hasBody) {
        row.body = reader.base64(-1);
        reader.expect(",");
    }
    reader.expect("\"entry\":");
    row.entry = reader.base64(record::kEntryBytes);
    reader.expect(",\"idx\":");
    row.idx = reader.number();
    reader.expect(",\"proof\":");
    row.proof = reader.hashes();
    if (hasBody) {
        reader.expect(",\"salt\":");
        row.salt = reader.base64(record::kSaltBytes);
    }
    reader.expect("}");
    return row;
}

QByteArray listed(const std::vector<QByteArray> &hashes)
{
    QByteArray list = "[";
    for (const QByteArray &hash : hashes)
        list += (list.size() > 1 ? "," : "") + quoted(hash);
    return list + ']';
}

bool isDeeper(const QJsonValue &value, int levels)
{
    if (!value.isArray() && !value.isObject())
        return false;
    if (levels == 0)
        return true;
    const auto below = [levels](const QJsonValue &part) { return isDeeper(part, levels - 1); };
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), below);
    }
    const QJsonObject object = value.toObject();
    return std::any_of(object.begin(), object.end(), below);
}

} // namespace

QByteArray headerLine(const QByteArray &checkpoint, qint64 count)
{
    QByteArray note = checkpoint;
    note.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return "{\"checkpoint\":\"" + note + "\",\"count\":" + QByteArray::number(count) + ",\"format\":\"si-case/1\"}";
}

QByteArray rowLine(const Row &row)
{
    QByteArray line = "{";
    if (row.body)
        line += "\"body\":" + quoted(*row.body) + ',';
    line += "\"entry\":" + quoted(row.entry.toBytes()) + ",\"idx\":" + QByteArray::number(row.entry.idx) +
            ",\"proof\":" + listed(row.proof);
    if (row.salt)
        line += ",\"salt\":" + quoted(*row.salt);
    return line + '}';
}

std::optional<RowText> rowTextFromLine(const QByteArray &line)
{
    LineReader reader(line);
    RowText row = readRow(reader);
    return reader.isAtEnd() ? std::optional(std::move(row)) : std::nullopt;
}

QByteArray anchorLine(const AnchorRow &anchor)
{
    return "{\"anchor\":" + rowLine(anchor.row) + ",\"consistency\":" + listed(anchor.consistency) + '}';
}

std::optional<AnchorRowText> anchorRowTextFromLine(const QByteArray &line)
{
    LineReader reader(line);
    AnchorRowText anchor;
    reader.expect("{\"anchor\":");
    anchor.row = readRow(reader);
    reader.expect(",\"consistency\":");
    anchor.consistency = reader.hashes();
    reader.expect("}");
    return reader.isAtEnd() ? std::optional(std::move(anchor)) : std::nullopt;
}

std::optional<QJsonObject> objectFromBody(const QByteArray &body)
{
    // Qt drops a byte order mark at the beginning of a string; written as an escape it stays.
    QByteArray readable = body;
    const QJsonDocument document = QJsonDocument::fromJson(readable.replace("\xEF\xBB\xBF", "\\ufeff"));
    if (!document.isObject() || isDeeper(document.object(), kDeepest))
        return std::nullopt;
    const Result<QByteArray> written = record::canonicalJson(document.object());
    return written && *written == body ? std::optional(document.object()) : std::nullopt;
}

} // namespace indelible::bundle

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/html/text_writer.h"

#include "app/base/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace indelible::html {

namespace {

// HTML's own white space; a no-break space is a letter to it.
bool isSpace(QChar letter)
{
    return letter == u' ' || letter == u'\n' || letter == u'\t' || letter == u'\r' || letter == u'\f';
}

// Deeper ones are shown like these: a thousand signs before each line would say nothing more.
constexpr int kDeepestQuote = 8;

} // namespace

void TextWriter::append(QStringView text)
{
    for (const QChar letter : text) {
        if (isSpace(letter))
            m_space = true;
        else
            put(letter);
    }
}

void TextWriter::appendVerbatim(QStringView text)
{
    for (const QChar letter : text) {
        if (letter == u'\n')
            breakLine();
        else if (letter != u'\r')
            put(letter);
    }
}

void TextWriter::separate(int lines)
{
    if (!m_isBehindMark)
        m_lines = std::max(m_lines, lines);
}

void TextWriter::beginItem(QStringView mark)
{
    m_isBehindMark = false;
    separate(1);
    append(mark);
    m_space = true;
    m_isBehindMark = true;
}

void TextWriter::put(QChar letter)
{
    QString &text = m_written.text;
    const bool atStart = text.isEmpty();
    if (!atStart && m_lines > 0)
        text.append(QString(m_lines, u'\n'));
    else if (!atStart && m_space)
        text.append(u' ');
    if (atStart || m_lines > 0)
        text.append(u"> "_s.repeated(std::min(m_quotes, kDeepestQuote)));
    m_lines = 0;
    m_space = false;
    m_isBehindMark = false;
    if (m_linkStart < 0 && !m_target.isEmpty())
        m_linkStart = text.size();
    text.append(letter);
}

void TextWriter::openLink(const QString &target)
{
    m_target = target;
    m_linkStart = -1;
}

void TextWriter::closeLink()
{
    if (m_linkStart >= 0)
        m_written.links.push_back({m_linkStart, m_written.text.size() - m_linkStart, TextLink::Kind::Web, m_target});
    m_target.clear();
    m_linkStart = -1;
}

HtmlText TextWriter::finish()
{
    m_written.text = wellFormed(std::move(m_written.text));
    return std::move(m_written);
}

} // namespace indelible::html

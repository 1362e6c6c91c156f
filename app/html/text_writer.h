// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/html/html_text.h"

#include <QString>
#include <QStringView>

namespace indelible::html {

/// Puts a text together as HTML flows: runs of white space are one space, and space and lines are only written once
/// something follows them. A value; any thread.
class TextWriter
{
public:
    void append(QStringView text);
    /// As it is, white space included (`pre`).
    void appendVerbatim(QStringView text);
    /// A new line wherever the text stands (`br`).
    void breakLine() { ++m_lines; }
    /// At least so many ends of line before what follows.
    void separate(int lines);
    /// A new line with a mark; what follows stands behind it, also where it is a block of its own.
    void beginItem(QStringView mark);

    void openQuote() { ++m_quotes; }
    void closeQuote() { --m_quotes; }

    /// What is written until closeLink() is a link. A link in a link belongs to the outer one.
    void openLink(const QString &target);
    void closeLink();

    [[nodiscard]] HtmlText finish();

private:
    void put(QChar letter);

    HtmlText m_written;
    int m_lines = 0;
    bool m_space = false;
    bool m_isBehindMark = false;
    int m_quotes = 0;
    QString m_target;
    qsizetype m_linkStart = -1;
};

} // namespace indelible::html

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conversation/bubble_reader.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QTextDocument>

namespace indelible::ui {

namespace {

constexpr qsizetype kLongestParagraph = 20'000;

/// A paragraph of 100,000 letters stops the editor for most of a second, one of a million for good: break it up.
QString broken(const QString &text)
{
    QString result;
    result.reserve(text.size());
    qsizetype run = 0;
    for (const QChar letter : text) {
        run = letter == u'\n' ? 0 : run + 1;
        if (run > kLongestParagraph && !letter.isLowSurrogate()) {
            result += u'\n';
            run = 1;
        }
        result += letter;
    }
    return result;
}

} // namespace

BubbleReader::BubbleReader(const Theme &theme, const Bubble &bubble, const QColor &fill, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameStyle(NoFrame);
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setAccessibleName(tr("Text of the message"));
    setFont(messageStyle(bubble, theme).font);
    QPalette colours = palette();
    colours.setColor(QPalette::Base, fill);
    setPalette(colours);
    document()->setDocumentMargin(0);
    setPlainText(broken(bubble.fullText));
}

void BubbleReader::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        event->accept();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void BubbleReader::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    // Its own copy menu takes the focus only for a moment; so does another program.
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        Q_EMIT closed();
}

} // namespace indelible::ui

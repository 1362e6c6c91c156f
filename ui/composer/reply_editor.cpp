// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/reply_editor.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMimeData>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextEdit>
#include <QTextLayout>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace indelible::ui {

namespace {

constexpr int kLeastLines = 3;
constexpr int kMostLines = 12;
constexpr int kMarginX = 8;
constexpr int kMarginY = 6;

} // namespace

ReplyEditor::ReplyEditor(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(kMarginX, kMarginY, kMarginX, kMarginY);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &ReplyEditor::updateGeometry);
    connect(&theme, &Theme::changed, this, &ReplyEditor::applyTheme);
    applyTheme();
}

void ReplyEditor::applyTheme()
{
    setFont(m_theme.font(TextRole::Message));
    updateGeometry();
    const qsizetype from = m_excessFrom;
    m_excessFrom = -1;
    markExcess(from);
}

QSize ReplyEditor::sizeHint() const
{
    // The layout of a QPlainTextEdit measures its height in lines.
    const int lines = qBound(kLeastLines, static_cast<int>(std::ceil(document()->size().height())), kMostLines);
    const QTextLayout *first = document()->firstBlock().layout();
    const qreal line = first->lineCount() > 0 ? first->lineAt(0).height() : QFontMetricsF(font()).lineSpacing();
    const qreal text = (lines + 0.3) * line + 2 * document()->documentMargin();
    const int least = static_cast<int>(kLeastLines * line);
    const int most = qMax(least, window()->height() / 3);
    return {200, qMin(static_cast<int>(std::ceil(text)), most) + 2 * kMarginY};
}

void ReplyEditor::markExcess(qsizetype from)
{
    if (from == m_excessFrom && from < 0)
        return;
    m_excessFrom = from;
    QList<QTextEdit::ExtraSelection> marks;
    if (from >= 0 && from < document()->characterCount() - 1) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(static_cast<int>(from));
        mark.cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_theme.colour(Token::Danger));
        mark.format.setBackground(m_theme.colour(Token::DangerSoft));
        marks.append(mark);
    }
    setExtraSelections(marks);
}

void ReplyEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo) && !document()->isUndoAvailable()) {
        Q_EMIT undoSendRequested();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void ReplyEditor::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void ReplyEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

void ReplyEditor::insertFromMimeData(const QMimeData *source)
{
    // A dropped file would come as its path on this computer, which is nobody else's business.
    const QList<QUrl> urls = source->urls();
    if (std::ranges::none_of(urls, &QUrl::isLocalFile))
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace indelible::ui

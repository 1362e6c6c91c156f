// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composer.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/composer/reply_editor.h"
#include "ui/composer/undo_strip.h"
#include "ui/main_window/action_registry.h"
#include "ui/widgets/button.h"
#include "ui/widgets/counter_label.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

/// The rounded frame; its line turns to the accent while the words have the focus.
class ComposerBox : public QWidget
{
    Q_OBJECT
public:
    ComposerBox(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    void setOn(bool on)
    {
        m_on = on;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal pen = m_on ? 2.0 : 1.0;
        painter.setPen(QPen(m_theme.colour(m_on ? Token::Accent : Token::Control), pen));
        painter.setBrush(m_theme.colour(Token::Content));
        painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), 10, 10);
    }

private:
    const Theme &m_theme;
    bool m_on = false;
};

namespace {

constexpr int kWordyWidth = 470;

QWidget *hairLine(const Theme &theme, QWidget *parent)
{
    auto *line = new Surface(theme, Token::Line, {}, parent);
    line->setFixedHeight(1);
    return line;
}

} // namespace

Composer::Composer(const Theme &theme, const ActionRegistry &actions, QWidget *parent)
    : Surface(theme, Token::Content, Qt::TopEdge, parent)
    , m_theme(theme)
    , m_box(new ComposerBox(theme, this))
    , m_undo(new UndoStrip(theme, m_box))
    , m_writing(new QWidget(m_box))
    , m_segments(new SegmentedControl(theme, m_writing))
    , m_badge(new IconLabel(theme, {}, 16, Token::Text2, m_writing))
    , m_account(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Medium, m_writing))
    , m_strip(new Surface(theme, Token::AccentSoft, Qt::BottomEdge, m_writing))
    , m_stripIcon(new IconLabel(theme, u"globe"_s, 13, Token::AccentText, m_strip))
    , m_stripText(new PlainLabel(theme, TextRole::Small, Token::AccentText, QFont::Normal, m_strip))
    , m_problem(new PlainLabel(theme, TextRole::Small, Token::DangerText, QFont::Medium, m_writing))
    , m_editor(new ReplyEditor(theme, m_writing))
    , m_hint(new PlainLabel(theme, TextRole::Meta, Token::Text3, QFont::Normal, m_writing))
    , m_counter(new CounterLabel(theme, m_writing))
    , m_openPage(
          new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Open the page"), u"globe"_s, m_writing))
    , m_send(new Button(theme, Button::Kind::Primary, Button::Size::Small, tr("Reply"), u"send"_s, m_writing))
    , m_sendMenu(new Button(theme, Button::Kind::Primary, Button::Size::Small, {}, u"chevron-down"_s, m_writing))
{
    setAccessibleName(tr("Answer"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(16, 11, 12, 12);
    outer->addWidget(m_box);
    auto *inside = new QVBoxLayout(m_box);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(0);
    inside->addWidget(m_undo);
    inside->addWidget(m_writing);
    auto *column = new QVBoxLayout(m_writing);
    column->setContentsMargins(1, 0, 1, 6);
    column->setSpacing(0);
    buildTop(column);
    buildTools(column, actions);
    m_undo->hide();

    connect(m_editor, &QPlainTextEdit::textChanged, this, &Composer::onChanged);
    connect(m_editor, &ReplyEditor::focusChanged, m_box, &ComposerBox::setOn);
    connect(m_editor, &ReplyEditor::undoSendRequested, actions.action(Command::UndoSend), &QAction::trigger);
    connect(m_undo, &UndoStrip::undoRequested, this, &Composer::undoRequested);
    connect(m_undo, &UndoStrip::sendNowRequested, this, &Composer::sendNowRequested);
    refresh();
}

void Composer::buildTop(QVBoxLayout *column)
{
    m_segments->addSegment(tr("Public reply"), u"globe"_s, SegmentedControl::Look::Public);
    m_segments->addSegment(tr("Private"), u"lock"_s, SegmentedControl::Look::Private);
    m_segments->addSegment(tr("Note"), u"sticky-note"_s, SegmentedControl::Look::Note);
    m_segments->setAccessibleName(tr("Who will see it"));
    connect(m_segments, &SegmentedControl::currentChanged, this, [this] {
        onChanged();
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    auto *row = new QHBoxLayout;
    row->setContentsMargins(5, 5, 10, 6);
    row->setSpacing(6);
    row->addWidget(m_segments);
    row->addStretch(1);
    row->addWidget(m_badge);
    m_account->setElided(true);
    m_account->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    row->addWidget(m_account);
    auto *strip = new QHBoxLayout(m_strip);
    strip->setContentsMargins(12, 6, 12, 7);
    strip->setSpacing(8);
    strip->addWidget(m_stripIcon);
    m_stripText->setWordWrap(true);
    strip->addWidget(m_stripText, 1);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(12, 6, 12, 0);
    m_problem->hide();
    column->addLayout(row);
    column->addWidget(hairLine(m_theme, m_writing));
    column->addWidget(m_strip);
    column->addWidget(m_problem);
    column->addWidget(m_editor);
}

void Composer::buildTools(QVBoxLayout *column, const ActionRegistry &actions)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 6, 5, 0);
    row->setSpacing(8);
    m_hint->setElided(true);
    row->addWidget(m_hint, 1);
    row->addWidget(m_counter);
    row->addWidget(m_openPage);
    auto *split = new QHBoxLayout;
    split->setSpacing(1);
    split->addWidget(m_send);
    split->addWidget(m_sendMenu);
    row->addLayout(split);
    column->addWidget(hairLine(m_theme, m_writing));
    column->addLayout(row);
    const QAction *page = actions.action(Command::OpenOnNetwork);
    connect(m_openPage, &QAbstractButton::clicked, page, &QAction::trigger);
    connect(page, &QAction::enabledChanged, m_openPage, &QWidget::setEnabled);
    m_send->setToolTip(actions.toolTip(Command::Send));
    m_sendMenu->setName(tr("More ways to send"));
    connect(m_send, &QAbstractButton::clicked, actions.action(Command::Send), &QAction::trigger);
    connect(m_sendMenu, &QAbstractButton::clicked, this, [this, &actions] { openSendMenu(actions); });
}

void Composer::openSendMenu(const ActionRegistry &actions)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(actions.action(Command::Send));
    menu->addAction(actions.action(Command::SendAndDone));
    menu->popup(m_sendMenu->mapToGlobal(QPoint(0, m_sendMenu->height())));
}

void Composer::setTarget(const ComposerTarget &target)
{
    m_target = target;
    for (const WriteAs as : {WriteAs::Public, WriteAs::Private, WriteAs::Note}) {
        const int segment = static_cast<int>(as);
        m_segments->setSegmentVisible(segment, target.allows(as));
        m_segments->setSegmentEnabled(segment, as == WriteAs::Note || target.answerOff.isEmpty(), target.answerOff);
    }
    m_badge->setNetwork(target.network);
    m_account->setText(target.accountName);
    m_account->setToolTip(
        plainToolTip(tr("Answers as %1 on %2").arg(target.accountName, network(target.network).name)));
    if (!target.allows(writeAs()) || (writeAs() != WriteAs::Note && !target.answerOff.isEmpty()))
        setWriteAs(target.usual());
    refresh();
}

void Composer::setDraft(const Draft &draft)
{
    const QScopedValueRollback quiet(m_quiet, true);
    m_problem->hide();
    m_editor->setPlainText(draft.text);
    m_editor->moveCursor(QTextCursor::End);
    setWriteAs(writeAsOf(draft, m_target));
    refresh();
}

Draft Composer::draft() const
{
    return draftOf(text(), writeAs());
}

QString Composer::text() const
{
    return m_editor->toPlainText();
}

WriteAs Composer::writeAs() const
{
    return static_cast<WriteAs>(m_segments->current());
}

void Composer::setWriteAs(WriteAs as)
{
    m_segments->setCurrent(static_cast<int>(as));
}

void Composer::startReply()
{
    if (writeAs() == WriteAs::Note && m_target.usual() != WriteAs::Note) {
        setWriteAs(m_target.usual());
        onChanged();
    }
    m_editor->setFocus(Qt::ShortcutFocusReason);
}

void Composer::startNote()
{
    if (writeAs() != WriteAs::Note) {
        setWriteAs(WriteAs::Note);
        onChanged();
    }
    m_editor->setFocus(Qt::ShortcutFocusReason);
}

void Composer::focusInside()
{
    if (m_pending)
        m_undo->focusUndo();
    else
        m_editor->setFocus(Qt::OtherFocusReason);
}

void Composer::switchAudience()
{
    constexpr int kSegments = 3;
    for (int step = 1; step <= kSegments; ++step) {
        const auto next = static_cast<WriteAs>((m_segments->current() + step) % kSegments);
        if (!m_target.allows(next) || (next != WriteAs::Note && !m_target.answerOff.isEmpty()))
            continue;
        setWriteAs(next);
        onChanged();
        return;
    }
}

void Composer::onChanged()
{
    m_problem->hide();
    refresh();
    if (!m_quiet)
        Q_EMIT draftChanged();
}

void Composer::showStrip()
{
    m_strip->setVisible(!text().isEmpty());
    switch (writeAs()) {
    case WriteAs::Public:
        m_strip->setFill(Token::AccentSoft);
        m_stripIcon->setIcon(u"globe"_s, Token::AccentText);
        m_stripText->setColour(Token::AccentText);
        m_stripText->setText(tr("Everyone can read this answer, not only %1.").arg(isolated(m_target.personName)));
        return;
    case WriteAs::Private:
        m_strip->setFill(Token::PlumSoft);
        m_stripIcon->setIcon(u"lock"_s, Token::PlumText);
        m_stripText->setColour(Token::PlumText);
        m_stripText->setText(tr("Only %1 will see this message.").arg(isolated(m_target.personName)));
        return;
    case WriteAs::Note:
        m_strip->setFill(Token::NoteBackground);
        m_stripIcon->setIcon(u"sticky-note"_s, Token::NoteText);
        m_stripText->setColour(Token::NoteText);
        m_stripText->setText(tr("Only your team can see this note."));
        return;
    }
}

QString Composer::hint() const
{
    if (!m_target.answerOff.isEmpty())
        return m_target.answerOff;
    if (writeAs() == WriteAs::Note)
        return tr("Ctrl+Enter adds it");
    return width() < m_theme.scaled(kWordyWidth) ? tr("Ctrl+Enter sends")
                                                 : tr("Ctrl+Enter sends; you can undo for 10 s");
}

void Composer::refresh()
{
    const WriteAs as = writeAs();
    const Meter now = meter(m_target.limit(as), text());
    m_counter->setVisible(as != WriteAs::Note);
    m_counter->setCount(now.used, now.maximum);
    m_editor->markExcess(now.over ? now.fitsUntil : -1);
    showStrip();
    const QString name = isolated(m_target.personName);
    m_editor->setPlaceholderText(as == WriteAs::Note ? tr("Write a note to your team") : tr("Write to %1").arg(name));
    m_editor->setAccessibleName(as == WriteAs::Note      ? tr("Note to the team")
                                : as == WriteAs::Private ? tr("Private answer to %1").arg(name)
                                                         : tr("Public answer to %1").arg(name));
    m_send->setText(as == WriteAs::Note ? tr("Add note") : as == WriteAs::Private ? tr("Send privately") : tr("Reply"));
    m_send->setIconName(as == WriteAs::Note ? u"sticky-note"_s : u"send"_s);
    m_send->updateGeometry();
    m_openPage->setVisible(m_target.capabilities.isReadOnly());
    m_hint->setText(hint());
    m_hint->setColour(m_target.answerOff.isEmpty() ? Token::Text3 : Token::WarnText);
    m_send->setEnabled(canSend());
    m_sendMenu->setEnabled(canSend());
}

bool Composer::canSend() const
{
    const WriteAs as = writeAs();
    const bool possible = as == WriteAs::Note || (m_target.allows(as) && m_target.answerOff.isEmpty());
    return m_target.conversation.isValid() && possible && !m_busy && !m_pending && !text().trimmed().isEmpty() &&
           !meter(m_target.limit(as), text()).over;
}

void Composer::showPending(const std::optional<OutboxView> &answer, Instant now)
{
    const bool was = std::exchange(m_pending, answer.has_value());
    if (answer)
        m_undo->show(*answer, network(m_target.network).name, now);
    if (was == m_pending)
        return;
    const bool focused = hasFocusInside();
    m_undo->setVisible(m_pending);
    m_writing->setVisible(!m_pending);
    if (focused && m_pending)
        m_undo->focusUndo();
    else if (focused)
        m_editor->setFocus(Qt::OtherFocusReason);
    refresh();
}

void Composer::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void Composer::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
}

void Composer::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    refresh();
}

bool Composer::hasFocusInside() const
{
    const QWidget *focus = focusWidget();
    return focus && focus->hasFocus() && isAncestorOf(focus);
}

} // namespace indelible::ui

#include "composer.moc"

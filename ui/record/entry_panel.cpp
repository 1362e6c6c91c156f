// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/entry_panel.h"

#include "app/base/text.h"
#include "ui/record/changed_text.h"
#include "ui/record/record_columns.h"
#include "ui/record/record_line.h"
#include "ui/record/seal_words.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/segmented_control.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 360;
constexpr int kMargin = 14;
constexpr int kHashGroups = 8;

PlainLabel *heading(const Theme &theme, const QString &text, QWidget *parent)
{
    auto *label = new PlainLabel(theme, TextRole::Small, Token::Text, QFont::DemiBold, parent);
    label->setText(text);
    return label;
}

/// A hash with what it is of; the whole of it is the tool tip.
void addHash(const Theme &theme, QVBoxLayout *column, const QString &what, const QByteArray &hash, QWidget *parent)
{
    auto *name = new PlainLabel(theme, TextRole::Meta, Token::Text2, QFont::Normal, parent);
    name->setText(what);
    name->setWordWrap(true);
    auto *value = new PlainLabel(theme, TextRole::Small, Token::Text, QFont::Normal, parent);
    value->setFont(sealFont(theme));
    value->setText(shortHash(hash, kHashGroups / 2) + u" … "_s + QString::fromLatin1(hash.toHex().right(4)));
    value->setToolTip(plainToolTip(QString::fromLatin1(hash.toHex())));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(name);
    column->addWidget(value);
    column->addSpacing(8);
}

} // namespace

EntryPanel::EntryPanel(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Nav, Qt::LeftEdge, parent)
    , m_theme(theme)
    , m_title(new PlainLabel(theme, TextRole::PaneTitle, Token::Text, QFont::DemiBold, this))
    , m_copy(new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"copy"_s, this))
    , m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Entry of the record"));
    setFixedWidth(theme.scaled(kWidth));
    connect(&theme, &Theme::changed, this, [this] { setFixedWidth(m_theme.scaled(kWidth)); });
    m_copy->setName(tr("Copy this entry"));
    auto *close = new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"x"_s, this);
    close->setName(tr("Close"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(kMargin, 8, 8, 8);
    head->addWidget(m_title, 1);
    head->addWidget(m_copy);
    head->addWidget(close);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameStyle(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    connect(close, &Button::clicked, this, &EntryPanel::closeRequested);
    connect(m_copy, &Button::clicked, this, [this] { Q_EMIT copyRequested(m_text); });
}

void EntryPanel::focusFirst()
{
    m_copy->setFocus(Qt::OtherFocusReason);
}

void EntryPanel::setEntry(const record::EntryDetail &detail, const Here &here)
{
    m_title->setText(tr("Entry № %1").arg(here.locale.toString(detail.view.idx)));
    m_text.clear();
    m_entry = detail.view.idx;
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, 4, kMargin, kMargin);
    column->setSpacing(6);
    addFacts(column, detail, here);
    addText(column, detail, here);
    addSeal(column, detail, here);
    addErasure(column, detail);
    column->addStretch(1);
    m_scroll->setWidget(content);
    content->setAutoFillBackground(false); // the scroll area has just set it
}

void EntryPanel::addFacts(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here)
{
    const RecordLine line = recordLine(detail.view, here);
    const Instant at = fromMs(static_cast<qint64>(detail.view.entry.timeMs));
    std::vector<std::pair<QString, QString>> facts{
        {tr("What"), line.what}, {tr("When"), fullMoment(at, here)}, {tr("Who"), line.who}};
    if (!line.about.isEmpty())
        facts.emplace_back(tr("About"), line.about);
    if (detail.view.entry.flags & record::kFlagClockBackwards)
        facts.emplace_back(tr("Clock"), tr("It had been put back since the entry before."));
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(7);
    grid->setHorizontalSpacing(10);
    grid->setColumnMinimumWidth(0, m_theme.scaled(64));
    grid->setColumnStretch(1, 1);
    m_text = m_title->text() + u'\n';
    for (const auto &[name, value] : facts) {
        auto *label = new PlainLabel(m_theme, TextRole::Small, Token::Text3, QFont::Normal);
        label->setText(name);
        auto *words =
            new PlainLabel(m_theme, TextRole::Small, Token::Text, grid->count() == 0 ? QFont::DemiBold : QFont::Normal);
        words->setWordWrap(true);
        words->setText(value);
        const int row = grid->rowCount();
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(words, row, 1);
        m_text += u"%1: %2\n"_s.arg(name, value);
    }
    column->addLayout(grid);
    if (const std::optional<ConversationId> id = detail.view.about.conversation) {
        auto *open = new Button(m_theme, Button::Kind::Normal, Button::Size::Small, tr("Open the conversation"),
                                u"message-square"_s);
        connect(open, &Button::clicked, this, [this, id] { Q_EMIT conversationRequested(*id); });
        column->addWidget(open, 0, Qt::AlignLeft);
    }
    column->addSpacing(8);
}

/// Where words are gone, the seal that says so; or that none does.
void EntryPanel::addLoss(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here)
{
    const std::optional<record::Seal> &seal = detail.view.sealedBy;
    auto *words = new PlainLabel(m_theme, TextRole::Small, seal ? Token::Text : Token::WarnText, QFont::Normal);
    words->setWordWrap(true);
    words->setText(seal ? tr("Its words were erased as a law requires, on %1, by %2. %3. Entry № %4 says so.")
                              .arg(fullMoment(seal->at, here),
                                   seal->member.isEmpty() ? tr("Indelible") : isolated(displayText(seal->member)),
                                   sealReasonText(seal->reason), here.locale.toString(seal->by))
                        : tr("What this entry held is not there any more."));
    m_text += words->text() + u'\n';
    column->addWidget(words);
    column->addSpacing(8);
}

void EntryPanel::addText(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here)
{
    const QString text = detail.view.body.value("text"_L1).toString();
    if (!detail.view.hasBody) {
        addLoss(column, detail, here);
        return;
    }
    if (text.isEmpty() && !detail.textBefore)
        return;
    auto *head = new QHBoxLayout;
    head->addWidget(heading(m_theme, detail.textBefore ? tr("What changed") : tr("What it says"), nullptr), 1);
    auto *card = new Card(m_theme);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 10, 12, 10);
    auto *words = new ChangedText(m_theme, card);
    words->setTexts(detail.textBefore, text);
    inside->addWidget(words);
    if (detail.textBefore) {
        auto *modes = new SegmentedControl(m_theme);
        modes->setAccessibleName(tr("What changed"));
        for (const QString &name : {tr("Changes"), tr("Before"), tr("After")})
            modes->addSegment(name);
        connect(modes, &SegmentedControl::currentChanged, words,
                [words](int mode) { words->setMode(static_cast<ChangedText::Mode>(mode)); });
        head->addWidget(modes);
        m_text += tr("Before: %1").arg(*detail.textBefore) + u'\n';
    }
    m_text += tr("Text: %1").arg(text) + u'\n';
    column->addLayout(head);
    column->addWidget(card);
    column->addSpacing(8);
}

void EntryPanel::addSeal(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here)
{
    const bool good = detail.isGood();
    auto *head = new QHBoxLayout;
    head->addWidget(heading(m_theme, tr("How it is sealed"), nullptr), 1);
    auto *state = new PlainLabel(m_theme, TextRole::Small, good ? Token::OkText : Token::DangerText, QFont::DemiBold);
    state->setText(good ? tr("Matches") : tr("Does not match"));
    head->addWidget(state);
    column->addLayout(head);
    auto *card = new Card(m_theme);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 10, 12, 4);
    inside->setSpacing(2);
    const QString bytes = here.locale.toString(detail.bodyBytes);
    const QString held =
        detail.view.hasBody ? tr("What this entry holds, %1 bytes").arg(bytes) : tr("What this entry held");
    addHash(m_theme, inside, held, detail.view.entry.commitment, card);
    addHash(m_theme, inside, tr("Seal of this entry"), detail.view.seal, card);
    addHash(m_theme, inside, tr("Root of all %1 entries").arg(here.locale.toString(detail.size)), detail.root, card);
    column->addWidget(card);
    auto *why = new PlainLabel(m_theme, TextRole::Small, Token::Text2, QFont::Normal);
    why->setWordWrap(true);
    why->setText(good ? tr("The root is made of all seals. A change here would change this seal, the root, and every "
                           "root after it.")
                      : tr("This entry is not what was recorded. Nothing was changed now; keep this file, and restore "
                           "a backup."));
    column->addWidget(why);
    m_text += u"%1: %2\n%3: %4\n%5: %6\n"_s.arg(
        tr("What it holds"), QString::fromLatin1(detail.view.entry.commitment.toHex()), tr("Seal"),
        QString::fromLatin1(detail.view.seal.toHex()), tr("Root"), QString::fromLatin1(detail.root.toHex()));
}

void EntryPanel::addErasure(QVBoxLayout *column, const record::EntryDetail &detail)
{
    const auto kind = static_cast<record::Kind>(detail.view.entry.kind);
    if (!detail.view.hasBody || (kind != record::Kind::ItemSeen && kind != record::Kind::ItemEdit))
        return;
    auto *card = new Card(m_theme, Token::AccentSoft, Token::Accent);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 10, 12, 10);
    auto *words = new PlainLabel(m_theme, TextRole::Small, Token::Text, QFont::Normal, card);
    words->setWordWrap(true);
    words->setText(tr("Personal data that a law makes you erase is replaced by a notice. The record stays whole."));
    auto *erase = new Button(m_theme, Button::Kind::Normal, Button::Size::Small, tr("Erase as a law requires…"));
    connect(erase, &Button::clicked, this, [this, entry = detail.view.idx] { Q_EMIT eraseRequested(entry); });
    inside->addWidget(words);
    inside->addWidget(erase, 0, Qt::AlignLeft);
    column->addSpacing(8);
    column->addWidget(card);
}

} // namespace indelible::ui

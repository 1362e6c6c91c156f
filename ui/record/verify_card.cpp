// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/verify_card.h"

#include "ui/record/record_columns.h"
#include "ui/record/record_line.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kDisc = 34;
constexpr int kRadius = 9;
constexpr int kRootGroups = 4;
constexpr std::chrono::milliseconds kWorthSaying(100);

/// How a state is coloured.
struct Look
{
    Token soft = Token::Sunken;
    Token strong = Token::Text3;
    Token letters = Token::Text;
    QString iconName;
};

Look lookOf(CheckState::Kind kind)
{
    switch (kind) {
    case CheckState::Kind::NotChecked:
    case CheckState::Kind::NotFinished:
        return {Token::Sunken, Token::Text3, Token::Text, u"stamp"_s};
    case CheckState::Kind::Checking:
        return {Token::AccentSoft, Token::Accent, Token::AccentText, u"refresh-cw"_s};
    case CheckState::Kind::Whole:
        return {Token::OkSoft, Token::Ok, Token::OkText, u"stamp"_s};
    case CheckState::Kind::Broken:
        return {Token::DangerSoft, Token::Danger, Token::DangerText, u"shield-alert"_s};
    }
    Q_UNREACHABLE();
}

QString titleOf(const CheckState &state, const Here &here)
{
    switch (state.kind) {
    case CheckState::Kind::NotChecked:
        return VerifyCard::tr("Not checked yet");
    case CheckState::Kind::NotFinished:
        return VerifyCard::tr("The check could not be finished");
    case CheckState::Kind::Checking:
        return VerifyCard::tr("Checking…");
    case CheckState::Kind::Whole:
        return VerifyCard::tr("The record is unbroken");
    case CheckState::Kind::Broken:
        return state.badEntry
                   ? VerifyCard::tr("The record does not match at № %1").arg(here.locale.toString(*state.badEntry))
                   : VerifyCard::tr("The record does not match");
    }
    Q_UNREACHABLE();
}

QString wholeWords(const CheckState &state, const Here &here)
{
    const QString at = state.at ? momentText(*state.at, here) : QString();
    QString all = VerifyCard::tr("All %1 entries match their seals.").arg(here.locale.toString(state.entries));
    if (!state.note.isEmpty())
        all += u' ' + state.note;
    if (state.took < kWorthSaying)
        return all + u' ' + VerifyCard::tr("Checked at %1.").arg(at);
    const double seconds = static_cast<double>(state.took.count()) / 1000.0;
    return all + u' ' + VerifyCard::tr("Checked at %1 in %2 seconds.").arg(at, here.locale.toString(seconds, 'f', 1));
}

QString wordsOf(const CheckState &state, const Here &here)
{
    const QString entries = here.locale.toString(state.entries);
    switch (state.kind) {
    case CheckState::Kind::NotChecked:
        return VerifyCard::tr("A check reads every entry and computes its seal anew.");
    case CheckState::Kind::NotFinished:
        return state.problem + u' ' + VerifyCard::tr("This says nothing about the record; check again.");
    case CheckState::Kind::Checking:
        return VerifyCard::tr("%1 of %2 entries match so far. You can go on working.")
            .arg(entries, here.locale.toString(state.total));
    case CheckState::Kind::Whole:
        return wholeWords(state, here);
    case CheckState::Kind::Broken:
        return state.problem + u' ' +
               VerifyCard::tr("Nothing was changed. Keep this file as it is, and restore a backup.");
    }
    Q_UNREACHABLE();
}

} // namespace

VerifyCard::VerifyCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_disc(new QWidget(this))
    , m_title(new PlainLabel(theme, TextRole::Section, Token::Text, QFont::DemiBold, this))
    , m_words(new PlainLabel(theme, TextRole::Small, Token::Text, QFont::Normal, this))
    , m_rootName(new PlainLabel(theme, TextRole::Meta, Token::Text2, QFont::Normal, this))
    , m_root(new PlainLabel(theme, TextRole::Small, Token::Text, QFont::Normal, this))
    , m_copy(new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Copy root"), u"copy"_s, this))
    , m_show(new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Show me"), u"eye"_s, this))
{
    m_words->setWordWrap(true);
    m_rootName->setText(tr("Root"));
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_words);
    auto *root = new QVBoxLayout;
    root->setSpacing(2);
    root->addWidget(m_rootName, 0, Qt::AlignRight);
    root->addWidget(m_root);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 11, 14, 12);
    row->setSpacing(12);
    row->addWidget(m_disc);
    row->addLayout(words, 1);
    row->addLayout(root);
    row->addWidget(m_copy);
    row->addWidget(m_show);
    connect(m_copy, &Button::clicked, this, &VerifyCard::copyRequested);
    connect(m_show, &Button::clicked, this, &VerifyCard::showRequested);
    connect(&theme, &Theme::changed, this, &VerifyCard::applyTheme);
    applyTheme();
}

void VerifyCard::setState(const CheckState &state, const Here &here)
{
    m_state = state;
    m_title->setText(titleOf(state, here));
    m_words->setText(wordsOf(state, here));
    m_root->setText(shortHash(state.root, kRootGroups));
    const bool whole = state.kind == CheckState::Kind::Whole;
    for (QWidget *part : std::initializer_list<QWidget *>{m_rootName, m_root, m_copy})
        part->setVisible(whole);
    m_show->setVisible(state.kind == CheckState::Kind::Broken && state.badEntry);
    setAccessibleName(m_title->text() + u". "_s + m_words->text());
    applyTheme();
}

void VerifyCard::applyTheme()
{
    const Look look = lookOf(m_state.kind);
    m_title->setColour(look.letters);
    m_words->setColour(look.letters);
    m_root->setFont(sealFont(m_theme));
    m_disc->setFixedSize(m_theme.scaled(kDisc), m_theme.scaled(kDisc));
    update();
}

void VerifyCard::paintEvent(QPaintEvent *)
{
    const Look look = lookOf(m_state.kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colour(look.strong), 1));
    painter.setBrush(m_theme.colour(look.soft));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    const QRect disc = m_disc->geometry();
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colour(look.strong));
    painter.drawEllipse(disc);
    const int inset = disc.width() / 4;
    paintIcon(painter, disc.adjusted(inset, inset, -inset, -inset), look.iconName, m_theme.colour(look.soft));
    if (m_state.kind != CheckState::Kind::Checking || m_state.total <= 0)
        return;
    // How far it is, along the lower edge.
    const double part = std::min(1.0, static_cast<double>(m_state.entries) / static_cast<double>(m_state.total));
    const QRect bar(kRadius, height() - 4, static_cast<int>((width() - 2 * kRadius) * part), 2);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), bar), m_theme.colour(look.strong));
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/first_run_page.h"

#include "ui/accounts/connect_facts.h"
#include "ui/accounts/welcome_panel.h"
#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

PlainLabel *words(const Theme &theme, TextRole role, Token colour, QFont::Weight weight, const QString &text,
                  QWidget *parent)
{
    auto *label = new PlainLabel(theme, role, colour, weight, parent);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

} // namespace

FirstRunPage::FirstRunPage(const Theme &theme, QWidget *parent)
    : Surface(theme, Token::Content, {}, parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(new WelcomePanel(theme, this));
    auto *column = new QVBoxLayout;
    column->setContentsMargins(56, 56, 56, 24);
    column->setSpacing(0);
    row->addLayout(column, 1);
    column->addStretch(1);
    column->addWidget(
        words(theme, TextRole::PageTitle, Token::Text, QFont::DemiBold, tr("Where do people talk to you?"), this));
    column->addSpacing(6);
    column->addWidget(words(theme, TextRole::Message, Token::Text2, QFont::Normal,
                            tr("Connect one account now and add the rest whenever you like."), this));
    column->addSpacing(24);
    buildChoices(theme, column);
    column->addSpacing(34);
    column->addWidget(new ConnectFacts(theme, ConnectFacts::Shape::Columns, connectFacts(SourceKind::Account), this));
    column->addStretch(2);
}

void FirstRunPage::buildChoices(const Theme &theme, QVBoxLayout *column)
{
    const auto choice = [&](QWidget *mark, const QString &title, const QString &text, Button *button, Token fill) {
        auto *card = new Card(theme, fill, Token::Line2, this);
        auto *row = new QHBoxLayout(card);
        row->setContentsMargins(18, 16, 18, 16);
        row->setSpacing(16);
        row->addWidget(mark, 0, Qt::AlignVCenter);
        auto *lines = new QVBoxLayout;
        lines->setSpacing(2);
        lines->addWidget(words(theme, TextRole::Section, Token::Text, QFont::DemiBold, title, card));
        lines->addWidget(words(theme, TextRole::Body, Token::Text2, QFont::Normal, text, card));
        row->addLayout(lines, 1);
        row->addWidget(button);
        column->addWidget(card);
    };
    const auto network = [&](const QString &channel, const QString &title, const QString &call, const QString &text) {
        auto *badge = new IconLabel(theme, {}, 36, Token::Text2, this);
        badge->setNetwork(channel);
        auto *button = new Button(theme, Button::Kind::Primary, Button::Size::Normal, call, {}, this);
        connect(button, &QAbstractButton::clicked, this, [this, channel] { Q_EMIT connectRequested(channel); });
        choice(badge, title, text, button, Token::Raised);
    };
    network(u"bluesky"_s, tr("Bluesky"), tr("Connect Bluesky"),
            tr("Mentions, replies and direct messages, with an app password."));
    column->addSpacing(12);
    network(u"mastodon"_s, tr("Mastodon"), tr("Connect Mastodon"),
            tr("Mentions, replies and private mentions, allowed in the browser."));

    auto *between = new QHBoxLayout;
    between->setSpacing(12);
    for (const bool first : {true, false}) {
        auto *line = new Surface(theme, Token::Line, {}, this);
        line->setFixedHeight(1);
        between->addWidget(line, 1, Qt::AlignVCenter);
        if (first)
            between->addWidget(
                words(theme, TextRole::Small, Token::Text3, QFont::Normal, tr("or look around first"), this));
    }
    column->addSpacing(26);
    column->addLayout(between);
    column->addSpacing(24);

    auto *practice =
        new Button(theme, Button::Kind::Normal, Button::Size::Normal, tr("Try the practice inbox"), {}, this);
    choice(new IconLabel(theme, u"graduation-cap"_s, 28, Token::WarnText, this), tr("The practice inbox"),
           tr("Invented conversations for a pretend bakery: a slid wedding cake, a kind word, a fake giveaway. Nothing "
              "you write leaves this computer."),
           practice, Token::Nav);
    connect(practice, &QAbstractButton::clicked, this, &FirstRunPage::practiceRequested);
}

} // namespace indelible::ui

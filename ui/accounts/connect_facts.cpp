// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/connect_facts.h"

#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

QString readsText(ConnectFacts::Of of)
{
    switch (of) {
    case ConnectFacts::Of::Account:
        return ConnectFacts::tr(
            "Only what is addressed to you: mentions, replies and messages, with the posts they belong to.");
    case ConnectFacts::Of::Bot:
        return ConnectFacts::tr("What people write to the bot, and in groups what names or answers it; all that is "
                                "said there, where its privacy mode is off. Telegram can read these chats, too.");
    case ConnectFacts::Of::Feed:
        return ConnectFacts::tr(
            "Everything in that feed, or only what mentions one of your words. About once an hour.");
    case ConnectFacts::Of::Mailbox:
        return ConnectFacts::tr("The inbox and the sent mails of this mailbox, from thirty days ago on. Nothing there "
                                "is marked as read, moved or deleted.");
    }
    Q_UNREACHABLE();
}

} // namespace

ConnectFacts::ConnectFacts(const Theme &theme, Shape shape, QWidget *parent)
    : ConnectFacts(theme, shape, Of::Account, parent)
{
}

ConnectFacts::ConnectFacts(const Theme &theme, Shape shape, Of of, QWidget *parent)
    : QWidget(parent)
{
    auto *box = new QBoxLayout(shape == Shape::Rows ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(shape == Shape::Rows ? 10 : 24);
    const auto add = [&](const QString &iconName, const QString &title, const QString &text) {
        auto *row = new QHBoxLayout;
        row->setSpacing(12);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        auto *head = new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this);
        head->setText(title);
        auto *line = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this);
        line->setText(text);
        line->setWordWrap(true);
        words->addWidget(head);
        words->addWidget(line);
        words->addStretch(1);
        row->addWidget(new IconLabel(theme, iconName, 18, Token::AccentText, this), 0, Qt::AlignTop);
        row->addLayout(words, 1);
        box->addLayout(row, shape == Shape::Rows ? 0 : 1);
    };
    add(u"eye"_s, tr("What it reads"), readsText(of));
    const bool isFeed = of == Of::Feed;
    add(u"send"_s, tr("What it sends"),
        isFeed ? tr("Nothing, ever. You answer on the page itself.")
               : tr("Only what you send, after a short pause in which you can undo."));
    add(u"plug"_s, tr("If you disconnect"),
        isFeed ? tr("Fetching stops at once and the address is forgotten. What was received stays on record.")
               : tr("Fetching stops at once and the sign-in is forgotten. What was received stays on record."));
}

} // namespace indelible::ui

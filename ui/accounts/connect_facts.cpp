// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/connect_facts.h"

#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

QString readsText(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Account:
        return ConnectFacts::tr(
            "Only what is addressed to you: mentions, replies and messages, with the posts they belong to.");
    case SourceKind::Bot:
        return ConnectFacts::tr("What people write to the bot, and in groups what names or answers it; all that is "
                                "said there, where its privacy mode is off. Telegram can read these chats, too.");
    case SourceKind::Feed:
        return ConnectFacts::tr(
            "Everything in that feed, or only what mentions one of your words. It is looked at about once an hour.");
    case SourceKind::Mailbox:
        return ConnectFacts::tr("The inbox and the sent mails of this mailbox, from thirty days ago on. Nothing there "
                                "is marked as read, moved or deleted.");
    }
    Q_UNREACHABLE();
}

QString missesText(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Account:
        return ConnectFacts::tr("Posts that speak of you without naming this account. A feed with your name as a watch "
                                "word finds some of them.");
    case SourceKind::Bot:
        return ConnectFacts::tr("Groups in which the bot is not, and what was written more than a day before the "
                                "program asked: Telegram keeps it no longer.");
    case SourceKind::Feed:
        return ConnectFacts::tr("What the feed no longer lists when it is fetched, and what is said below a post.");
    case SourceKind::Mailbox:
        return ConnectFacts::tr("Other folders, unwanted mail among them, and what was moved out of the inbox before "
                                "it was fetched.");
    }
    Q_UNREACHABLE();
}

/// What the terms of the networks say of stored copies (as known in November 2026).
QString termsText(const QString &channel)
{
    if (channel == "bluesky"_L1)
        return ConnectFacts::tr("Bluesky expects that what a person asks you to delete can be deleted.");
    if (channel == "mastodon"_L1)
        return ConnectFacts::tr("There are no terms for all servers; it is expected that deletions and the chosen "
                                "audience are respected.");
    if (channel == "telegram"_L1)
        return ConnectFacts::tr("Telegram expects that a person’s messages are deleted when they ask for it, or when "
                                "they are no longer needed.");
    if (channel == "feed"_L1)
        return ConnectFacts::tr("Keeping what a feed offers for your own reading is the usual case.");
    if (channel == "mail"_L1)
        return ConnectFacts::tr("Your mail is yours to keep; a person may still ask for erasure.");
    return {};
}

} // namespace

SourceKind sourceKind(const QString &channel)
{
    if (channel == "telegram"_L1)
        return SourceKind::Bot;
    if (channel == "feed"_L1)
        return SourceKind::Feed;
    return channel == "mail"_L1 ? SourceKind::Mailbox : SourceKind::Account;
}

QList<AccountFact> connectFacts(SourceKind kind)
{
    const bool isFeed = kind == SourceKind::Feed;
    return {{u"eye"_s, ConnectFacts::tr("What it reads"), readsText(kind)},
            {u"send"_s, ConnectFacts::tr("What it sends"),
             isFeed ? ConnectFacts::tr("Nothing, ever. You answer on the page itself.")
                    : ConnectFacts::tr("Only what you send, after a short pause in which you can undo.")},
            {u"plug"_s, ConnectFacts::tr("If you disconnect"),
             isFeed ? ConnectFacts::tr("Fetching stops at once and the address is forgotten. What was received stays "
                                       "on record, also where its author deletes it.")
                    : ConnectFacts::tr("Fetching stops at once and the sign-in is forgotten. What was received stays "
                                       "on record, also where its author deletes it.")}};
}

QList<AccountFact> keepingFacts(const Account &account)
{
    const QString kept =
        account.followsStorageRule
            ? ConnectFacts::tr("What was received stays on record, but for what its author deletes there: that is "
                               "erased here within a day on which Indelible runs.")
            : ConnectFacts::tr("What was received stays on record, also where its author deletes it; erasing for a law "
                               "has a way of its own.");
    const QString terms = termsText(account.channel);
    return {{u"eye-off"_s, ConnectFacts::tr("What it does not see"), missesText(sourceKind(account.channel))},
            {u"archive"_s, ConnectFacts::tr("What is kept"), terms.isEmpty() ? kept : kept + u' ' + terms}};
}

ConnectFacts::ConnectFacts(const Theme &theme, Shape shape, const QList<AccountFact> &facts, QWidget *parent)
    : QWidget(parent)
{
    auto *box = new QBoxLayout(shape == Shape::Rows ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, this);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(shape == Shape::Rows ? 10 : 24);
    for (const AccountFact &fact : facts) {
        auto *row = new QHBoxLayout;
        row->setSpacing(12);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        auto *head = new PlainLabel(theme, TextRole::Body, Token::Text, QFont::DemiBold, this);
        head->setText(fact.title);
        auto *line = new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this);
        line->setText(fact.text);
        line->setWordWrap(true);
        words->addWidget(head);
        words->addWidget(line);
        words->addStretch(1);
        row->addWidget(new IconLabel(theme, fact.icon, 18, Token::AccentText, this), 0, Qt::AlignTop);
        row->addLayout(words, 1);
        box->addLayout(row, shape == Shape::Rows ? 0 : 1);
    }
    // Room to spare would go to the shortest fact.
    if (shape == Shape::Rows)
        box->addStretch(1);
}

} // namespace indelible::ui

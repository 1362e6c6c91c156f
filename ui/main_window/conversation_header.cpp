// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window/conversation_header.h"

#include "app/base/text.h"
#include "app/domain/network.h"
#include "ui/main_window/action_registry.h"
#include "ui/theme/icons.h"
#include "ui/widgets/avatar_widget.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kHeight = 62;
constexpr int kCompactWidth = 470;

/// "Google, Mill Lane shop"; the network only once where the account is named after it.
QString placeText(const ConversationRow &row)
{
    const QString name = network(row.network).name;
    const QString account = displayText(row.accountName);
    return account.startsWith(name) ? account : ConversationHeader::tr("%1, %2").arg(name, isolated(account));
}

} // namespace

/// The owner with their avatar, or "Assign to me".
class OwnerButton : public Button
{
    Q_OBJECT
public:
    OwnerButton(const Theme &theme, QWidget *parent)
        : Button(theme, Kind::Normal, Size::Small, {}, u"user-plus"_s, parent)
    {
    }

    void setOwner(const QString &owner)
    {
        m_owner = owner;
        fit();
    }

    /// Only the avatar or the icon; the name is in the tool tip.
    void setCompact(bool compact)
    {
        m_compact = compact;
        fit();
    }

    [[nodiscard]] int leadWidth() const override
    {
        return m_owner.isEmpty() ? Button::leadWidth() : theme().scaled(18);
    }

protected:
    void paintLead(QPainter &painter, const QRect &rect, const QColor &colour) override
    {
        if (m_owner.isEmpty())
            Button::paintLead(painter, rect, colour);
        else
            paintAvatar(painter, rect, theme(), m_owner, m_owner);
    }

private:
    void fit()
    {
        const QString words = m_owner.isEmpty() ? ConversationHeader::tr("Assign to me") : displayText(m_owner);
        setText(m_compact ? QString() : words);
        updateGeometry();
        update();
    }

    QString m_owner;
    bool m_compact = false;
};

ConversationHeader::ConversationHeader(const Theme &theme, const ActionRegistry &actions, QWidget *parent)
    : Surface(theme, Token::Content, Qt::BottomEdge, parent)
    , m_theme(theme)
    , m_actions(actions)
    , m_avatar(new AvatarWidget(theme, 36, 16, this))
    , m_name(new PlainLabel(theme, TextRole::Section, Token::Text, QFont::DemiBold, this))
    , m_place(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_dot(new PlainLabel(theme, TextRole::Small, Token::Text3, QFont::Normal, this))
    , m_audienceIcon(new IconLabel(theme, u"globe"_s, 13, Token::Text2, this))
    , m_audience(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
    , m_owner(new OwnerButton(theme, this))
    , m_done(new Button(theme, Button::Kind::Normal, Button::Size::Small, tr("Done"), u"check"_s, this))
    , m_more(new Button(theme, Button::Kind::Flat, Button::Size::Small, {}, u"ellipsis"_s, this))
{
    m_name->setElided(true);
    m_place->setElided(true);
    m_place->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    auto *second = new QHBoxLayout;
    second->setSpacing(5);
    second->addWidget(m_place);
    m_dot->setText(u"·"_s);
    second->addWidget(m_dot);
    second->addWidget(m_audienceIcon);
    second->addWidget(m_audience);
    second->addStretch(1);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch(1);
    words->addWidget(m_name);
    words->addLayout(second);
    words->addStretch(1);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 1);
    row->setSpacing(8);
    row->addWidget(m_avatar);
    row->addSpacing(4);
    row->addLayout(words, 1);
    row->addWidget(m_owner);
    row->addWidget(m_done);
    row->addWidget(m_more);

    m_more->setName(tr("More"));
    connect(m_owner, &QAbstractButton::clicked, actions.action(Command::AssignToMe), &QAction::trigger);
    connect(m_done, &QAbstractButton::clicked, actions.action(Command::Done), &QAction::trigger);
    connect(m_more, &QAbstractButton::clicked, this, &ConversationHeader::openMore);
    connect(&theme, &Theme::changed, this, &ConversationHeader::applyTheme);
    applyTheme();
}

void ConversationHeader::applyTheme()
{
    setFixedHeight(m_theme.scaled(kHeight));
}

void ConversationHeader::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    const bool compact = width() < m_theme.scaled(kCompactWidth);
    m_owner->setCompact(compact);
    m_place->setVisible(!compact);
    m_dot->setVisible(!compact);
}

void ConversationHeader::openMore()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Command command : {Command::OpenOnNetwork, Command::CopyLink, Command::OpenCase, Command::ToggleSeen})
        menu->addAction(m_actions.action(command));
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void ConversationHeader::setRow(const ConversationRow &row)
{
    const bool isPrivate = row.audience == Audience::Private;
    const QString name = displayText(row.person.displayName());
    m_avatar->setPerson(row.person.remoteId, row.person.displayName(), row.network, Token::Content);
    m_name->setText(name);
    m_place->setText(placeText(row));
    m_audienceIcon->setIcon(isPrivate ? u"lock"_s : u"globe"_s, isPrivate ? Token::PlumText : Token::Text2);
    m_audience->setText(isPrivate ? tr("Private message") : tr("Public"));
    m_audience->setColour(isPrivate ? Token::PlumText : Token::Text2);
    m_owner->setOwner(row.owner);
    const QString owner = isolated(displayText(row.owner));
    m_owner->setName(row.owner.isEmpty() ? tr("Assign to me") : tr("Owner: %1").arg(owner),
                     m_actions.toolTip(Command::AssignToMe));
    const bool done = row.turn == Turn::Done;
    m_done->setText(done ? tr("Open again") : tr("Done"));
    m_done->setIconName(done ? u"undo-2"_s : u"check"_s);
    m_done->setName(m_done->text(), m_actions.toolTip(Command::Done));
    m_done->updateGeometry();
}

void ConversationHeader::focusFirst()
{
    m_owner->setFocus(Qt::OtherFocusReason);
}

} // namespace indelible::ui

#include "conversation_header.moc"

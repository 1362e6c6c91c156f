// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/case.h"
#include "app/domain/conversation.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>

class QGridLayout;

namespace indelible::ui {

class AvatarWidget;
class Banner;
class Card;
class IconLabel;
class Pill;
class PlainLabel;
class Timeline;

/// Who one talks with: name and account there, facts, their case, the story so far. Interface thread.
class PersonPage : public QWidget
{
    Q_OBJECT
public:
    explicit PersonPage(const Theme &theme, QWidget *parent = nullptr);

    void setView(const ConversationView &view, const Here &here);
    void setCase(const std::optional<Case> &matter);

Q_SIGNALS:
    void caseRequested();

private:
    void setWarning(const std::optional<LookAlike> &other);
    void setFacts(const ConversationView &view, const Here &here);

    const Theme &m_theme;
    AvatarWidget *m_avatar;
    PlainLabel *m_name;
    PlainLabel *m_handle;
    IconLabel *m_badge;
    PlainLabel *m_network;
    Banner *m_warning;
    Card *m_factCard;
    QGridLayout *m_facts;
    Card *m_caseCard;
    PlainLabel *m_caseNumber;
    Pill *m_caseStatus;
    PlainLabel *m_caseTitle;
    Timeline *m_timeline;
};

} // namespace indelible::ui

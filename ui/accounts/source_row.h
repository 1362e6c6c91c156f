// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"

#include <QString>
#include <QWidget>

#include <optional>

class QBoxLayout;

namespace indelible::ui {

class Button;
class IconLabel;
class PlainLabel;

/// What a row says of one account or one place.
struct SourceLook
{
    QString network; ///< whose mark stands in front; of one that is not known, its name
    QString name;
    QString line; ///< what it is, under the name
    QString stateIcon;
    Token stateColour = Token::Text2;
    QString state;
    QString action; ///< caption of the one button; empty = none
    bool hasMenu = false;
    std::optional<BannerContent> banner;
};

/// One row of the accounts page: mark, name, what it is, its state, what to do about it, and more in a menu. What it
/// says can change under the person's hand: the buttons stay the same ones, so that nobody loses the keyboard's place.
/// Interface thread; theme outlives it.
class SourceRow : public QWidget
{
    Q_OBJECT
public:
    explicit SourceRow(const Theme &theme, QWidget *parent = nullptr);

    void setLook(const SourceLook &look);

Q_SIGNALS:
    void actionTriggered();
    /// A menu is to be shown at this point of the screen.
    void menuRequested(const QPoint &at);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildMiddle();
    QWidget *buildActions();
    /// Where there is little room the state stands under the name instead of beside it.
    void arrange();

    const Theme &m_theme;
    IconLabel *m_mark;
    PlainLabel *m_name;
    PlainLabel *m_line;
    IconLabel *m_stateIcon;
    PlainLabel *m_state;
    QBoxLayout *m_middle = nullptr;
    QWidget *m_actionPlace = nullptr;
    Button *m_action;
    Button *m_more;
    Banner *m_banner;
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/record/find.h"
#include "app/record/history.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace indelible::ui {

class ChoiceButton;
class PlainLabel;
class SearchField;

/// What of the record is looked for: words or a number, whose entries, what happened, since when; and how many there
/// are. Interface thread; theme and clock outlive it.
class RecordFinder : public QWidget
{
    Q_OBJECT
public:
    RecordFinder(const Theme &theme, const Clock &clock, QWidget *parent = nullptr);

    /// Whose entries can be looked for, beside the program's.
    void setActors(const std::vector<record::Actor> &actors);
    /// A time that counts from now, such as "today", is counted from now.
    [[nodiscard]] record::Find find() const;
    /// Nothing is looked for any more.
    void clear();
    void setCount(const QString &text);
    void focusField();

Q_SIGNALS:
    void changed();
    /// On to the entries.
    void left();

private:
    const Clock &m_clock;
    SearchField *m_field;
    ChoiceButton *m_who;
    ChoiceButton *m_what;
    ChoiceButton *m_when;
    PlainLabel *m_count;
    std::vector<quint32> m_actors; ///< of the choices after "Anyone"
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/conversation.h"
#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QString>

class QStackedLayout;
class QVBoxLayout;

namespace indelible::ui {

class Button;
class ChoiceButton;
class EmptyState;
class FilterPills;
class PlainLabel;
class ThreadListModel;
class ThreadListView;

/// The thread list with its header: what is listed, how many, in which order, which kinds. Says what was chosen;
/// changes nothing itself. Interface thread; theme and model outlive it.
class ThreadPane : public Surface
{
    Q_OBJECT
public:
    ThreadPane(const Theme &theme, ThreadListModel &model, QWidget *parent = nullptr);

    /// `count` may be empty ("14", "999+").
    void setTitle(const QString &title, const QString &count);
    void setOrder(Order order);
    void setFilter(KindFilter filter);
    [[nodiscard]] ThreadListView *list() const { return m_list; }

    /// What an empty list does not know of: "11 not watched"; empty = everything is watched.
    void setBlindSpots(const QString &text) { m_blindSpots = text; }
    /// Shows the list, or what `query` having no conversations means.
    void showState(const InboxQuery &query, bool anyAccount);
    /// The list could not be read.
    void showError(const QString &sentence);

Q_SIGNALS:
    void orderChosen(indelible::Order order);
    void filterChosen(indelible::KindFilter filter);
    void clearSearchRequested();
    void retryRequested();

private:
    enum class EmptyAction { None, ClearSearch, Retry };

    void buildHeader(QVBoxLayout *column);

    const Theme &m_theme;
    ThreadListModel &m_model;
    QString m_blindSpots;
    PlainLabel *m_title;
    PlainLabel *m_count;
    ChoiceButton *m_order;
    FilterPills *m_filters;
    Button *m_newAbove;
    ThreadListView *m_list;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    EmptyAction m_emptyAction = EmptyAction::None;
};

} // namespace indelible::ui

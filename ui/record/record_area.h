// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"
#include "app/record/find.h"
#include "app/record/verify.h"
#include "ui/record/record_model.h"
#include "ui/record/verify_card.h"
#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QWidget>

namespace indelible::seal {
struct SealReport;
}
namespace indelible::session {
class Session;
}

namespace indelible::ui {

class AnchorController;
class Button;
class EmptyState;
class EntryPanel;
class Prompter;
class RecordFinder;
class RecordListView;

/// The record, from the newest entry to the first: a card with the last check, the list, and one entry in full beside
/// it. The first time it is shown it checks the record by itself. Nothing here can take anything away. Interface
/// thread; session, theme and prompter outlive it.
class RecordArea : public QWidget
{
    Q_OBJECT
public:
    RecordArea(const Theme &theme, session::Session &session, Prompter &prompter, QWidget *parent = nullptr);
    ~RecordArea() override;

    [[nodiscard]] RecordModel &model() { return m_model; }
    [[nodiscard]] RecordListView *list() const { return m_list; }
    [[nodiscard]] EntryPanel *panel() const { return m_panel; }
    [[nodiscard]] const CheckState &check() const { return m_check; }
    void focusList();
    void focusFinder();
    /// Ends a search. False = there was none.
    bool showAll();
    /// Checks the whole record again, unless that is going on.
    void verify();
    /// What hands checkpoints to others. Its button is not offered in a practice inbox.
    [[nodiscard]] AnchorController &anchors() const { return *m_anchors; }
    /// Asks what of it the law wants gone, and why, and destroys it.
    void erase(qint64 entry);
    /// Asks where to, and writes the whole record as a table.
    void exportRecord();
    /// False = it was closed already.
    bool closePanel();

Q_SIGNALS:
    void conversationRequested(indelible::ConversationId id);
    /// A short sentence for the person.
    void said(const QString &text);
    /// The list shows what is looked for.
    void found();
    /// A check has ended.
    void verified();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeHead();
    void connectParts();
    void showEntry(qint64 entry);
    /// For something else, from the first entry on.
    void look();
    /// Among the entries that were not looked at yet.
    void lookOn();
    void onFound(Result<std::vector<qint64>> found, qint64 end);
    void showList(EntryList entries);
    void jumpTo(qint64 entry);
    void onVerified(const Result<record::Verification> &result);
    void compareStanding();
    void showCheck();
    void onSealed(const seal::SealReport &report);
    void copy(const QString &text, const QString &said);

    const Theme &m_theme;
    session::Session &m_session;
    Prompter &m_prompter;
    RecordModel m_model;
    AnchorController *m_anchors;
    Button *m_keep;
    Button *m_export;
    Button *m_again;
    VerifyCard *m_card;
    RecordFinder *m_finder;
    RecordListView *m_list;
    EmptyState *m_none; ///< in place of the list
    EntryPanel *m_panel;
    CheckState m_check;
    QElapsedTimer m_checking;
    qint64 m_shown = -1;  ///< the entry in the panel
    record::Find m_find;  ///< what the list shows
    qint64 m_foundTo = 0; ///< so many entries were looked at
    bool m_looking = false;
};

} // namespace indelible::ui

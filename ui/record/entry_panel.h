// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/record/history.h"
#include "ui/models/time_words.h"
#include "ui/widgets/surface.h"

class QScrollArea;
class QVBoxLayout;

namespace indelible::ui {

class Button;
class PlainLabel;

/// One entry of the record in full: the facts, what it says or changed, and whether it still is what was recorded.
/// Interface thread; theme outlives it.
class EntryPanel : public Surface
{
    Q_OBJECT
public:
    explicit EntryPanel(const Theme &theme, QWidget *parent = nullptr);

    void setEntry(const record::EntryDetail &detail, const Here &here);
    /// Its number; -1 before there was one.
    [[nodiscard]] qint64 entry() const { return m_entry; }
    void focusFirst();

Q_SIGNALS:
    void closeRequested();
    void conversationRequested(indelible::ConversationId id);
    /// A person wants its words destroyed.
    void eraseRequested(qint64 entry);
    /// Everything the panel says, as text for the clipboard.
    void copyRequested(const QString &text);

private:
    void addFacts(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here);
    void addText(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here);
    void addLoss(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here);
    void addSeal(QVBoxLayout *column, const record::EntryDetail &detail, const Here &here);
    void addErasure(QVBoxLayout *column, const record::EntryDetail &detail);

    const Theme &m_theme;
    PlainLabel *m_title;
    Button *m_copy;
    QScrollArea *m_scroll;
    QString m_text;
    qint64 m_entry = -1;
};

} // namespace indelible::ui

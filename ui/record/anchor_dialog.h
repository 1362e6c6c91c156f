// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_entry.h"
#include "ui/models/time_words.h"
#include "ui/widgets/form_dialog.h"

#include <QString>

#include <vector>

class QButtonGroup;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace indelible::ui {

class PlainLabel;

/// What the person wants to be written.
struct AnchorChoice
{
    anchor::How form = anchor::How::Text;
    QString to; ///< who keeps it; with Rfc3161 the server's address, which was looked at
};

/// Asks who is to keep the signed checkpoint and in which form, and shows who keeps one already. Says errors in one
/// sentence under the field, so that nothing that was typed is lost. Interface thread; theme outlives it.
class AnchorDialog : public FormDialog
{
    Q_OBJECT
public:
    explicit AnchorDialog(const Theme &theme, QWidget *parent = nullptr);

    /// Newest first.
    void setAnchors(const std::vector<anchor::StoredAnchor> &anchors, const Here &here);
    /// Something is being written.
    void setBusy(bool busy);
    void showError(const QString &sentence);

Q_SIGNALS:
    void chosen(const indelible::ui::AnchorChoice &choice);

private:
    void buildForms();
    void buildField();
    void buildAnchors();
    void buildButtons();
    void orderTabs();
    [[nodiscard]] anchor::How form() const;
    [[nodiscard]] QLineEdit *field() const;
    void showForm();
    void check();
    void choose();

    QButtonGroup *m_forms;
    PlainLabel *m_label;
    QLineEdit *m_to;
    QLineEdit *m_server;
    PlainLabel *m_none;
    QTreeWidget *m_anchors;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_write = nullptr;
    bool m_busy = false;
};

} // namespace indelible::ui

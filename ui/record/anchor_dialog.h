// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_entry.h"
#include "ui/models/time_words.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QString>

#include <vector>

class QButtonGroup;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace indelible::ui {

class PlainLabel;

/// What the person wants to be written.
struct AnchorChoice
{
    anchor::How form = anchor::How::Text;
    QString to; ///< who keeps it; with Rfc3161 the server's address, which was looked at
};

/// Asks who is to keep the signed checkpoint and in which form, and shows who keeps one already. Says errors in one
/// sentence under the field, so that nothing that was typed is lost. Window-modal: show it with open(). Interface
/// thread; theme outlives it.
class AnchorDialog : public QDialog
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

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildHead(QVBoxLayout *column);
    void buildForms(QVBoxLayout *column);
    void buildField(QVBoxLayout *column);
    void buildAnchors(QVBoxLayout *column);
    void buildButtons(QVBoxLayout *column);
    void orderTabs();
    [[nodiscard]] anchor::How form() const;
    [[nodiscard]] QLineEdit *field() const;
    void showForm();
    void fit();
    void check();
    void choose();

    const Theme &m_theme;
    QButtonGroup *m_forms;
    PlainLabel *m_label;
    QLineEdit *m_to;
    QLineEdit *m_server;
    PlainLabel *m_error;
    QProgressBar *m_progress;
    PlainLabel *m_none;
    QTreeWidget *m_anchors;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_write = nullptr;
    bool m_busy = false;
};

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/seal/seal_service.h"
#include "ui/models/time_words.h"
#include "ui/widgets/form_dialog.h"

#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace indelible::ui {

class PlainLabel;
class Prompter;

/// Destroys words where a law wants them gone: of one message, or of everything from whoever wrote it. Says before what
/// would go and what stands in the way; asks for the reason, for the number of entries in figures, and twice whether it
/// is meant. Cancel is the default. Interface thread; theme, service and prompter outlive it.
class SealDialog : public FormDialog
{
    Q_OBJECT
public:
    SealDialog(const Theme &theme, seal::SealService &seals, Prompter &prompter, seal::Subject subject, Here here,
               QWidget *parent = nullptr);

    [[nodiscard]] const std::optional<seal::Plan> &plan() const { return m_plan; }

Q_SIGNALS:
    /// What would go is known, or that it cannot be.
    void planned();
    void sealed(const indelible::seal::SealReport &report);

protected:
    /// What has begun is finished: until then it stays open.
    void reject() override;

private:
    void buildChoices();
    void buildPlan();
    void buildConfirmation();
    void readPlan();
    void showPlan();
    [[nodiscard]] seal::Target target() const;
    [[nodiscard]] bool isReady() const;
    void check();
    void askAgain();
    void start();
    void onSealed(const Result<seal::SealReport> &report);
    void setBusy(bool busy);
    void showStage(seal::SealService::Stage stage);
    void showError(const QString &sentence);

    seal::SealService &m_seals;
    Prompter &m_prompter;
    seal::Subject m_subject;
    Here m_here;
    QRadioButton *m_message;
    QRadioButton *m_person;
    QComboBox *m_reason;
    PlainLabel *m_words;
    PlainLabel *m_obstacles;
    PlainLabel *m_numberLabel;
    QLineEdit *m_number;
    QCheckBox *m_sure;
    PlainLabel *m_stage;
    QPushButton *m_destroy = nullptr;
    std::optional<seal::Plan> m_plan;
    bool m_busy = false;
};

} // namespace indelible::ui

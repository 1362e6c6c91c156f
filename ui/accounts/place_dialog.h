// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/coverage.h"
#include "ui/widgets/form_dialog.h"

class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace indelible::coverage {
class CoverageService;
}

namespace indelible::ui {

/// Asks how a place that is not connected is looked after. Interface thread; theme and service outlive it.
class PlaceDialog : public FormDialog
{
    Q_OBJECT
public:
    PlaceDialog(const Theme &theme, coverage::CoverageService &coverage, QWidget *parent = nullptr);

    /// One that is there already, or a usual one: its name stands fast, and somebody is to look from now on unless the
    /// place was written down as not watched.
    void setPlace(const Coverage &place);

private:
    void buildForm();
    void check();
    void start();

    coverage::CoverageService &m_coverage;
    QLineEdit *m_name;
    QLineEdit *m_address;
    QRadioButton *m_byHand;
    QSpinBox *m_days;
    QRadioButton *m_nobody;
    QLineEdit *m_reason;
    QPushButton *m_save = nullptr;
};

} // namespace indelible::ui

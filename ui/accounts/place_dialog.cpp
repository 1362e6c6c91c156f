// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/place_dialog.h"

#include "app/base/when_done.h"
#include "app/coverage/coverage_service.h"
#include "ui/accounts/account_notice.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 500;
constexpr int kLongestName = 100;
constexpr int kLongestInput = 2000;

} // namespace

PlaceDialog::PlaceDialog(const Theme &theme, coverage::CoverageService &coverage, QWidget *parent)
    : FormDialog(theme, kWidth, tr("A place to look after"), parent)
    , m_coverage(coverage)
    , m_name(new QLineEdit(this))
    , m_address(new QLineEdit(this))
    , m_byHand(new QRadioButton(tr("Somebody &looks, every so many days:"), this))
    , m_days(new QSpinBox(this))
    , m_nobody(new QRadioButton(tr("&Nobody watches it, because:"), this))
    , m_reason(new QLineEdit(this))
{
    addHead(new IconLabel(theme, u"eye"_s, 24, Token::AccentText, this),
            tr("Where people speak of you and Indelible cannot listen: a review page, a forum, the notice board at the "
               "market. Who looks there, and when, goes on the record."));
    buildForm();
    addError(column());
    addProgress(column(), tr("Writing it down"));
    m_save = addButtons(tr("Save"), [this] { start(); });
    check();
    m_name->setFocus();
}

void PlaceDialog::buildForm()
{
    m_name->setMaxLength(kLongestName);
    m_name->setPlaceholderText(tr("Google reviews, Mill Lane"));
    m_address->setMaxLength(kLongestInput);
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    m_reason->setMaxLength(kLongestInput);
    m_reason->setPlaceholderText(tr("We have no page there"));
    m_reason->setAccessibleName(tr("Why nobody watches it"));
    m_days->setRange(1, kLeastOften);
    m_days->setValue(Place().everyDays);
    m_days->setAccessibleName(tr("Days between two looks"));
    m_byHand->setChecked(true);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Place"), m_name);
    form->addRow(tr("Its &page"), m_address);
    column()->addLayout(form);
    auto *often = new QHBoxLayout;
    often->setSpacing(12);
    often->addWidget(m_byHand);
    often->addWidget(m_days);
    often->addStretch(1);
    auto *care = new QVBoxLayout;
    care->setSpacing(10);
    care->addLayout(often);
    care->addWidget(m_nobody);
    care->addWidget(m_reason);
    column()->addLayout(care);
    connect(m_name, &QLineEdit::textChanged, this, &PlaceDialog::check);
    connect(m_byHand, &QRadioButton::toggled, this, &PlaceDialog::check);
}

void PlaceDialog::setPlace(const Coverage &place)
{
    m_name->setText(place.name);
    m_name->setReadOnly(place.place.isValid());
    m_address->setText(place.address);
    const bool isLeft = place.place.isValid() && place.everyDays == 0;
    (isLeft ? m_nobody : m_byHand)->setChecked(true);
    m_reason->setText(isLeft ? place.detail : QString());
    if (place.everyDays > 0)
        m_days->setValue(place.everyDays);
    (place.place.isValid() ? m_address : m_name)->setFocus();
}

void PlaceDialog::check()
{
    m_days->setEnabled(m_byHand->isChecked());
    m_reason->setEnabled(m_nobody->isChecked());
    m_save->setEnabled(!m_name->text().trimmed().isEmpty());
}

void PlaceDialog::start()
{
    Place place;
    place.name = m_name->text();
    place.address = m_address->text();
    place.care = m_byHand->isChecked() ? Care::ByHand : Care::Nobody;
    place.everyDays = m_days->value();
    place.reason = m_reason->text();
    m_save->setEnabled(false);
    whenDone(this, m_coverage.describe(std::move(place)), [this](const Result<void> &result) {
        check();
        if (result)
            accept();
        else
            showError(errorSentence(result.error()), m_address);
    });
}

} // namespace indelible::ui

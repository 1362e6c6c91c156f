// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/record/seal_dialog.h"

#include "app/base/text.h"
#include "app/base/when_done.h"
#include "app/seal/seal.h"
#include "ui/accounts/account_notice.h"
#include "ui/prompter/prompter.h"
#include "ui/record/seal_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/plain_label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kWidth = 540;

} // namespace

SealDialog::SealDialog(const Theme &theme, seal::SealService &seals, Prompter &prompter, seal::Subject subject,
                       Here here, QWidget *parent)
    : FormDialog(theme, kWidth, tr("Erase as a law requires"), parent)
    , m_seals(seals)
    , m_prompter(prompter)
    , m_subject(std::move(subject))
    , m_here(std::move(here))
    , m_message(new QRadioButton(tr("This &message, with all its versions"), this))
    , m_person(new QRadioButton(this))
    , m_reason(new QComboBox(this))
    , m_words(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::Normal, this))
    , m_obstacles(new PlainLabel(theme, TextRole::Body, Token::DangerText, QFont::Medium, this))
    , m_numberLabel(new PlainLabel(theme, TextRole::Body, Token::Text, QFont::Normal, this))
    , m_number(new QLineEdit(this))
    , m_sure(new QCheckBox(tr("The law &asks for this, and it is written down who asked and when"), this))
    , m_stage(new PlainLabel(theme, TextRole::Small, Token::Text2, QFont::Normal, this))
{
    addHead(
        new IconLabel(theme, u"lock"_s, 28, Token::AccentText, this),
        tr("The words are destroyed for ever. The record keeps that something was there, when it went, who did it and "
           "why, and goes on proving everything else. Criticism is no reason: hiding it makes it louder."));
    buildChoices();
    buildPlan();
    buildConfirmation();
    connect(&m_seals, &seal::SealService::progressed, this, &SealDialog::showStage);
    readPlan();
}

void SealDialog::buildChoices()
{
    m_person->setText(tr("&Everything from %1").arg(isolated(displayText(m_subject.name)).replace(u'&', u"&&"_s)));
    m_person->setVisible(m_subject.person.has_value());
    m_message->setChecked(true);
    connect(m_message, &QRadioButton::toggled, this, &SealDialog::readPlan);
    m_reason->setAccessibleName(tr("Why the law wants it gone"));
    m_reason->addItem(tr("Choose the reason…"), QString());
    for (const QString &code : seal::reasonCodes())
        m_reason->addItem(sealReasonText(code), code);
    connect(m_reason, &QComboBox::currentIndexChanged, this, &SealDialog::check);
    auto *what = new QVBoxLayout;
    what->setSpacing(6);
    what->addWidget(m_message);
    what->addWidget(m_person);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(10);
    form->addRow(tr("What"), what);
    form->addRow(tr("&Why"), m_reason);
    column()->addLayout(form);
}

void SealDialog::buildPlan()
{
    auto *card = new Card(theme(), Token::Raised, Token::Line, this);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 10, 12, 10);
    inside->setSpacing(6);
    for (PlainLabel *label : {m_words, m_obstacles}) {
        label->setWordWrap(true);
        inside->addWidget(label);
    }
    column()->addWidget(card);
}

void SealDialog::buildConfirmation()
{
    m_numberLabel->setBuddy(m_number);
    m_number->setMaxLength(20);
    connect(m_number, &QLineEdit::textChanged, this, &SealDialog::check);
    connect(m_sure, &QCheckBox::toggled, this, &SealDialog::check);
    auto *row = new QHBoxLayout;
    row->addWidget(m_numberLabel, 1);
    row->addWidget(m_number);
    column()->addLayout(row);
    column()->addWidget(m_sure);
    addError(column());
    m_stage->setWordWrap(true);
    m_stage->hide();
    column()->addWidget(m_stage);
    addProgress(column(), tr("Erasing"));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_destroy = box->addButton(tr("Destroy the words…"), QDialogButtonBox::AcceptRole);
    m_destroy->setAutoDefault(false);
    box->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(box, &QDialogButtonBox::accepted, this, &SealDialog::askAgain);
    connect(box, &QDialogButtonBox::rejected, this, &SealDialog::reject);
    column()->addWidget(box);
}

seal::Target SealDialog::target() const
{
    return m_person->isChecked() ? seal::Target(*m_subject.person) : seal::Target(m_subject.item);
}

void SealDialog::readPlan()
{
    m_plan.reset();
    m_number->clear();
    m_words->setText(tr("Looking what that is…"));
    check();
    const bool person = m_person->isChecked();
    whenDone(this, m_seals.plan(target()), [this, person](const Result<seal::Plan> &plan) {
        if (person != m_person->isChecked())
            return; // chosen otherwise since
        error()->hide();
        if (plan)
            m_plan = *plan;
        else
            showError(errorSentence(plan.error()));
        showPlan();
        Q_EMIT planned();
    });
}

void SealDialog::showPlan()
{
    m_words->setText(m_plan ? planText(*m_plan, m_here) : QString());
    m_obstacles->setText(m_plan ? m_plan->obstacles.join(u'\n') : QString());
    m_obstacles->setVisible(!m_obstacles->text().isEmpty());
    const QString number = m_plan ? QString::number(m_plan->entries.size()) : QString();
    m_numberLabel->setText(tr("To confirm, type the number of entries that lose their words: %1").arg(number));
    m_numberLabel->setWordWrap(true);
    m_number->setAccessibleName(m_numberLabel->text());
    check();
}

bool SealDialog::isReady() const
{
    return !m_busy && m_plan && m_plan->obstacles.isEmpty() && !m_plan->entries.isEmpty() &&
           !m_reason->currentData().toString().isEmpty() && m_sure->isChecked() &&
           m_number->text().trimmed() == QString::number(m_plan->entries.size());
}

void SealDialog::check()
{
    const bool possible = !m_busy && m_plan && m_plan->obstacles.isEmpty();
    for (QWidget *widget : {static_cast<QWidget *>(m_number), static_cast<QWidget *>(m_sure)})
        widget->setEnabled(possible);
    if (m_destroy)
        m_destroy->setEnabled(isReady());
}

void SealDialog::askAgain()
{
    if (!isReady())
        return;
    Question question;
    question.title = tr("Destroy these words?");
    question.text =
        m_plan->entries.size() == 1
            ? tr("The words of one entry go for ever. Nobody can bring them back.")
            : tr("The words of %L1 entries go for ever. Nobody can bring them back.").arg(m_plan->entries.size());
    question.detail = tr("The record will say that you did it today, and why.") + u' ' + backupsText(m_here);
    question.accept = tr("Destroy for ever");
    m_prompter.ask(this, question, [this](bool yes) {
        if (yes)
            start();
    });
}

void SealDialog::start()
{
    if (!isReady())
        return;
    const qint64 typed = m_number->text().trimmed().toLongLong();
    setBusy(true);
    whenDone(this, m_seals.seal(*m_plan, m_reason->currentData().toString(), typed),
             [this](const Result<seal::SealReport> &report) { onSealed(report); });
}

void SealDialog::onSealed(const Result<seal::SealReport> &report)
{
    setBusy(false);
    if (!report) {
        showError(errorSentence(report.error()));
        return;
    }
    Q_EMIT sealed(*report);
    accept();
}

void SealDialog::setBusy(bool busy)
{
    m_busy = busy;
    error()->hide();
    progress()->setVisible(busy);
    m_stage->setVisible(busy);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_message), static_cast<QWidget *>(m_person), static_cast<QWidget *>(m_reason)})
        widget->setEnabled(!busy);
    check();
}

void SealDialog::showStage(seal::SealService::Stage stage)
{
    m_stage->setText(sealStageText(stage));
}

void SealDialog::showError(const QString &sentence)
{
    error()->setText(sentence);
    error()->show();
}

void SealDialog::reject()
{
    if (!m_busy)
        QDialog::reject();
}

} // namespace indelible::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompter/prompter.h"

#include "ui/widgets/primary_button.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace indelible::ui {

namespace {

constexpr int kMargin = 20;
constexpr int kSpacing = 12;
constexpr int kMinimumWidth = 380;

QDialog *makeDialog(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setWindowTitle(title);
    dialog->setMinimumWidth(kMinimumWidth);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kSpacing);
    return dialog;
}

QLabel *addText(QDialog *dialog, const QString &text)
{
    auto *label = new QLabel(text, dialog);
    // Names and addresses of strangers stand in questions: never as rich text.
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    dialog->layout()->addWidget(label);
    return label;
}

} // namespace

void DialogPrompter::ask(QWidget *parent, const Question &question, std::function<void(bool)> answer)
{
    QDialog *dialog = makeDialog(parent, question.title);
    addText(dialog, question.text);
    if (!question.detail.isEmpty())
        addText(dialog, question.detail)->setForegroundRole(QPalette::PlaceholderText);
    auto *box = new QDialogButtonBox(dialog);
    addPrimaryButton(box, question.accept)->setAutoDefault(false);
    QPushButton *decline = question.decline.isEmpty() ? box->addButton(QDialogButtonBox::Cancel)
                                                      : box->addButton(question.decline, QDialogButtonBox::RejectRole);
    decline->setDefault(true);
    dialog->layout()->addWidget(box);
    QObject::connect(box, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(box, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::finished, parent,
                     [answer = std::move(answer)](int code) { answer(code == QDialog::Accepted); });
    dialog->open();
    decline->setFocus();
}

void DialogPrompter::askLine(QWidget *parent, const LineQuestion &question,
                             std::function<void(std::optional<QString>)> answer)
{
    QDialog *dialog = makeDialog(parent, question.title);
    auto *label = addText(dialog, question.label);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    auto *field = new QLineEdit(question.text, dialog);
    field->setMaxLength(question.maximumLength);
    field->selectAll();
    label->setBuddy(field);
    dialog->layout()->addWidget(field);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton *accept = addPrimaryButton(box, question.accept);
    accept->setDefault(true);
    accept->setEnabled(!question.text.trimmed().isEmpty());
    dialog->layout()->addWidget(box);
    QObject::connect(field, &QLineEdit::textChanged, accept,
                     [accept](const QString &text) { accept->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(box, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(box, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::finished, parent, [field, answer = std::move(answer)](int code) {
        const QString text = field->text().trimmed();
        answer(code == QDialog::Accepted && !text.isEmpty() ? std::optional(text) : std::nullopt);
    });
    dialog->open();
    field->setFocus();
}

void DialogPrompter::askSaveFile(QWidget *parent, const SaveQuestion &question,
                                 std::function<void(std::optional<QString>)> answer)
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString filter = question.kind.isEmpty() ? QString() : u"%1 (*.%2)"_s.arg(question.kind, question.suffix);
    auto *dialog = new QFileDialog(parent, question.title, folder.path(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(question.suffix);
    dialog->selectFile(question.name);
    QObject::connect(dialog, &QDialog::finished, parent, [dialog, answer = std::move(answer)](int code) {
        const QStringList files = dialog->selectedFiles();
        answer(code == QDialog::Accepted && !files.isEmpty() ? std::optional(files.first()) : std::nullopt);
    });
    dialog->open();
}

void DialogPrompter::inform(QWidget *parent, const QString &title, const QString &text)
{
    QDialog *dialog = makeDialog(parent, title);
    addText(dialog, text);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    dialog->layout()->addWidget(box);
    QObject::connect(box, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    dialog->open();
}

} // namespace indelible::ui

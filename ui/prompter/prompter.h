// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <optional>

class QWidget;

namespace indelible::ui {

/// A question with two ways on. The safe one is the default and what Esc means.
struct Question
{
    QString title;
    QString text;    ///< plain text
    QString detail;  ///< a second, smaller paragraph; may be empty
    QString accept;  ///< a verb: "Open"
    QString decline; ///< "Cancel" where it is empty
};

/// Asks for one line of words.
struct LineQuestion
{
    QString title;
    QString label;  ///< what to write, shown above the field
    QString text;   ///< what stands there at first
    QString accept; ///< a verb: "Open case"
    int maximumLength = 200;
};

/// Asks where a file is to be written.
struct SaveQuestion
{
    QString title;
    QString name;   ///< suggested, without a folder
    QString kind;   ///< of file, for people: "Zip files"; empty = it may be of any kind
    QString suffix; ///< of its name, without the dot; added where the person gives none
};

/// Every question that the window asks goes through here, so that tests and commands can answer without a dialog.
/// Lives on the interface thread. No call blocks: the answer comes later, at most once, and never when `parent` has
/// gone by then.
class Prompter
{
public:
    virtual ~Prompter() = default;

    virtual void ask(QWidget *parent, const Question &question, std::function<void(bool)> answer) = 0;

    /// Nothing = the person changed their mind. The text is trimmed and not empty.
    virtual void askLine(QWidget *parent, const LineQuestion &question,
                         std::function<void(std::optional<QString>)> answer) = 0;

    /// A name with its folder; nothing = the person changed their mind. Whether a file of that name may be replaced was
    /// asked.
    virtual void askSaveFile(QWidget *parent, const SaveQuestion &question,
                             std::function<void(std::optional<QString>)> answer) = 0;

    virtual void inform(QWidget *parent, const QString &title, const QString &text) = 0;
};

/// The real one: window-modal dialogs.
class DialogPrompter final : public Prompter
{
public:
    void ask(QWidget *parent, const Question &question, std::function<void(bool)> answer) override;
    void askLine(QWidget *parent, const LineQuestion &question,
                 std::function<void(std::optional<QString>)> answer) override;
    void askSaveFile(QWidget *parent, const SaveQuestion &question,
                     std::function<void(std::optional<QString>)> answer) override;
    void inform(QWidget *parent, const QString &title, const QString &text) override;
};

} // namespace indelible::ui

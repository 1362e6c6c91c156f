// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_clock.h"
#include "ui/main_window/main_window.h"
#include "ui/prompter/prompter.h"
#include "ui/theme/theme.h"

#include "app/domain/conversation.h"
#include "app/session/session.h"

#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QWidget>

#include <memory>
#include <optional>

namespace indelible::test {

/// Answers at once and remembers what was asked.
class FakePrompter final : public ui::Prompter
{
public:
    void ask(QWidget *, const ui::Question &question, std::function<void(bool)> answer) override
    {
        asked.append(question.text);
        answer(yes);
    }
    void askLine(QWidget *, const ui::LineQuestion &question,
                 std::function<void(std::optional<QString>)> answer) override
    {
        asked.append(question.label);
        answer(line);
    }
    void askSaveFile(QWidget *, const ui::SaveQuestion &question,
                     std::function<void(std::optional<QString>)> answer) override
    {
        asked.append(question.name);
        answer(file);
    }
    void inform(QWidget *, const QString &title, const QString &) override { informed.append(title); }

    bool yes = true;
    std::optional<QString> line;
    std::optional<QString> file; ///< where to write
    QStringList asked;
    QStringList informed;
};

/// The real window on a practice workspace that has been fetched, or on an empty real one: with secrets in memory, or
/// with a keychain that is not there, as tests have no session bus.
class WindowFixture
{
public:
    enum class Workspace { Practice, Empty, EmptyWithoutKeychain };
    explicit WindowFixture(Workspace kind = Workspace::Practice);
    ~WindowFixture();

    [[nodiscard]] ui::InboxArea &inbox() const { return window->inbox(); }
    /// Shows the same workspace anew, only to look at it.
    void lookOnly();
    /// Ids of the rows that the thread list shows.
    [[nodiscard]] QList<ConversationId> listed() const;
    /// The opened conversation with its items, once it is the wanted one.
    [[nodiscard]] const ConversationView *opened() const;
    /// Opens the conversation with this person and waits for it.
    void open(const QString &person);
    /// Presses a key where the focus is.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const;
    void type(const QString &text) const;
    /// Waits until the list shows exactly the rows for which the view's condition holds now.
    void settle();
    [[nodiscard]] QString said() const;

    FakeClock clock;
    QTemporaryDir folder;
    FakePrompter prompter;
    std::unique_ptr<session::Session> session;
    std::unique_ptr<ui::Theme> theme;
    std::unique_ptr<ui::MainWindow> window;

private:
    void openSession();
    void openWindow();

    session::SessionOptions m_options;
};

} // namespace indelible::test

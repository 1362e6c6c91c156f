// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/anchor/anchor_service.h"
#include "app/cases/case_service.h"
#include "app/inbox/inbox_service.h"
#include "app/inbox/ingest.h"
#include "app/keeper/record_keeper.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "tests/support/samples.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"
#include "tests/ui/window_fixture.h"
#include "ui/widgets/button.h"

#include <QSignalSpy>

namespace indelible::test {

inline ui::Button *button(QWidget &parent, const QString &text)
{
    for (ui::Button *found : parent.findChildren<ui::Button *>()) {
        if (found->text() == text)
            return found;
    }
    return nullptr;
}

/// A real workspace with case 1 in it, signed with a key that lasts as long as the test.
struct Proofs
{
    Proofs()
        : fixture(WindowFixture::Workspace::Empty)
    {
        valueOf(wait(session().keeper()->open()));
        const auto conversation = wait(session().database().write([this](store::Connection &connection) {
            Account account = sampleAccount();
            account.id = store::insertAccount(connection, account, QByteArray(16, 'a'), fixture.clock.now());
            return inbox::ingest(connection, fixture.clock, account,
                                 {{sampleItem(QStringLiteral("1"), QStringLiteral("t1"), QStringLiteral("Cold soup"),
                                              fixture.clock.now())},
                                  {},
                                  {}})
                .changed.front();
        }));
        valueOf(wait(session().cases().open(valueOf(conversation), QStringLiteral("Soup"))));
        view = valueOf(wait(session().inbox().open(valueOf(conversation))));
    }
    void makeKey() { valueOf(wait(session().keeper()->replaceKey())); }
    [[nodiscard]] session::Session &session() const { return *fixture.session; }
    [[nodiscard]] QString path(const QString &name) const { return elsewhere.filePath(name); }
    [[nodiscard]] std::vector<anchor::StoredAnchor> anchors() const
    {
        return valueOf(wait(session().anchors().anchors()));
    }

    WindowFixture fixture;
    QTemporaryDir elsewhere;
    ConversationView view;
};

inline QString nextSaid(QSignalSpy &said)
{
    waitUntil([&said] { return !said.isEmpty(); });
    return said.takeFirst().first().toString();
}

} // namespace indelible::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/inbox/inbox_service.h"
#include "app/inbox/ingest.h"
#include "app/record/log.h"
#include "app/record/verify.h"
#include "app/store/account_table.h"
#include "app/store/settings_table.h"
#include "tests/support/samples.h"
#include "tests/support/tamper.h"
#include "tests/support/temp_store.h"

#include <QJsonObject>

namespace indelible::test {

/// A whole little workspace: record, one member ("Priya"), one account, and the inbox service on it.
class TempInbox
{
public:
    explicit TempInbox(Account watched = sampleAccount())
        : account(std::move(watched))
    {
        store.write([this](store::Connection &connection) {
            record::createLog(connection, clock,
                              QJsonObject{{QStringLiteral("format"), QStringLiteral("indelible-record/1")}});
            member = store::insertMember(connection, QStringLiteral("Priya"));
            account.id = store::insertAccount(connection, account, randomBytes(16), clock.now());
        });
        makeService();
    }

    inbox::IngestReport ingest(std::vector<RemoteItem> items, std::vector<RemoteGone> gone = {})
    {
        return ingest({std::move(items), std::move(gone), {}});
    }
    inbox::IngestReport ingest(std::vector<RemoteItem> items, std::vector<RemoteGone> gone, const QByteArray &cursor)
    {
        return ingest({std::move(items), std::move(gone), cursor});
    }
    inbox::IngestReport ingest(const inbox::Arrival &arrival)
    {
        return store.write([this, &arrival](store::Connection &connection) {
            return inbox::ingest(connection, clock, account, arrival);
        });
    }

    [[nodiscard]] std::vector<ConversationRow> list(InboxQuery query)
    {
        return valueOf(wait(service->page(std::move(query)))).rows;
    }
    [[nodiscard]] std::vector<ConversationRow> list(View view)
    {
        InboxQuery query;
        query.view = view;
        return list(query);
    }
    [[nodiscard]] ConversationView open(ConversationId id) { return valueOf(wait(service->open(id))); }
    [[nodiscard]] record::Verification verify()
    {
        return valueOf(
            wait(store.database().scan([](store::Connection &connection) { return record::verify(connection); })));
    }
    [[nodiscard]] qint64 entries()
    {
        return store.read([](store::Connection &connection) { return record::readHead(connection).size; });
    }
    void reopen()
    {
        service.reset();
        store.reopen();
        makeService();
    }

    void tamper(const QByteArray &sql)
    {
        service.reset();
        store.close();
        tamperWithFile(store.file(), sql);
        reopen();
    }

    FakeClock clock;
    TempStore store;
    Account account;
    quint32 member = 0;
    std::unique_ptr<inbox::InboxService> service;

private:
    void makeService() { service = std::make_unique<inbox::InboxService>(store.database(), clock, member); }
};

} // namespace indelible::test

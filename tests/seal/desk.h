// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backup/backup_service.h"
#include "app/backup/restore.h"
#include "app/seal/seal_service.h"
#include "tests/support/catch.h"
#include "tests/support/tamper.h"
#include "tests/support/temp_inbox.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace indelible::test {

using namespace Qt::StringLiterals;

inline const seal::Person kAna{u"bluesky"_s, u"ana.example"_s};

/// A desk where Ana said "the secret", and what a person does there about it.
struct Desk
{
    Desk()
    {
        inbox.store.write(
            [](store::Connection &connection) { store::writeSetting(connection, u"workspace_id"_s, u"w"_s); });
        bring(u"1"_s, u"the secret"_s);
    }
    inbox::IngestReport bring(const QString &id, const QString &text, const QString &version = u"v1"_s)
    {
        RemoteItem item = test::sampleItem(id, u"t"_s, text, inbox.clock.now());
        item.version = version;
        return inbox.ingest({item});
    }
    Result<seal::SealReport> seal(const seal::Target &target)
    {
        seal::SealService service = seals();
        const Result<seal::Plan> plan = wait(service.plan(target));
        if (!plan)
            return failure(plan.error());
        return wait(service.seal(*plan, u"objection"_s, plan->entries.size()));
    }
    seal::SealService seals()
    {
        return seal::SealService(inbox.store.database(), inbox.clock, inbox.member,
                                 inbox.store.folder() + u"/backups"_s);
    }
    seal::Plan plan(const seal::Target &target)
    {
        seal::SealService service = seals();
        return valueOf(wait(service.plan(target)));
    }
    QStringList texts()
    {
        QStringList all;
        for (const ItemView &item : inbox.open(ConversationId(1)).items)
            all.append(item.item.text);
        return all;
    }
    QString backUp()
    {
        const QString file = outside.filePath(u"b%1.sqlite"_s.arg(++backups));
        backup::BackupService service(inbox.store.database(), inbox.clock, inbox.store.folder());
        return valueOf(wait(service.backUpTo(file))).file;
    }
    Result<backup::Restored> restore(const QString &file)
    {
        inbox.service.reset();
        inbox.store.close();
        const auto staged = backup::StagedRestore::stage(file, inbox.store.folder());
        return staged ? (*staged)->putInPlace({}, u"disk lost"_s, inbox.clock) : failure(staged.error());
    }
    /// Any of these in any byte of any file of the workspace: database, log, backups, lists.
    QStringList filesWith(const QByteArrayList &words)
    {
        QStringList found;
        QDirIterator files(inbox.store.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            if (std::ranges::any_of(words, [&](const QByteArray &word) { return isIn(file, word); }))
                found.append(QFileInfo(file).fileName());
        }
        return found;
    }
    bool isIn(const QString &file, const QByteArray &words)
    {
        QFile opened(file);
        REQUIRE(opened.open(QIODevice::ReadOnly));
        return opened.readAll().contains(words);
    }

    TempInbox inbox;
    QTemporaryDir outside;
    int backups = 0;
};

} // namespace indelible::test

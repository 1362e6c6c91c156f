// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keeper/record_keeper.h"
#include "app/outbox/outbox_service.h"
#include "app/record/log.h"
#include "app/seal/seal_service.h"
#include "app/store/database.h"
#include "tests/faults/fault_vfs.h"
#include "tests/support/fake_channel.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_secrets.h"

#include <QHash>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <vector>

namespace indelible::test {

/// A small workspace at work through the program's own store, record, ingest, outbox, keeper and seals, and the memory
/// of what each step that succeeded has promised. What survives the workspace's end with it: the network, the keychain
/// and the mark outside the workspace.
class Workload
{
public:
    enum class Step { Receive, Send, Sign, Seal };
    static constexpr AccountId kAccount{1};
    static constexpr int kItemsOnPage = 4;
    static constexpr int kSealedItem = 2; ///< of each page, where it is sealed: neither edited nor gone

    /// A new workspace with two pages, one sent answer and a signature, closed.
    Workload();
    ~Workload();

    Result<void> open();
    void close();
    /// One page into the inbox, one answer from its intent to its result, one signature, or one item of the oldest page
    /// that has not lost it yet sealed (nothing where no page has).
    Result<void> run(Step step);
    /// Carries the log over into the database after so few pages instead of SQLite's thousand.
    void checkpointEvery(int pages);

    /// Opens the workspace and compares it with all that was promised so far; stays open where that succeeded. Empty =
    /// every promise is kept, nothing is there in part.
    QString problem();

    [[nodiscard]] int acknowledged() const { return m_acknowledged; }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString file() const { return m_folder.filePath(QStringLiteral("indelible.sqlite")); }
    /// Makes the folder of the closed workspace hold just this, as far as it is in it.
    void replaceFiles(const DiskImage &image) const;
    [[nodiscard]] DiskImage files() const;

    [[nodiscard]] store::Database &database() { return *m_database; }
    /// How the record stands against its marks.
    Result<record::Standing> standing();

private:
    struct Answer
    {
        bool intended = false;
        bool sent = false;
    };
    struct Page
    {
        int number = 0;
        record::Head head;
    };

    Result<void> make();
    Result<void> receive();
    Result<void> send();
    Result<void> sign();
    Result<void> seal();
    void promise(const record::Head &head);
    [[nodiscard]] std::unique_ptr<keeper::RecordKeeper> makeKeeper();
    Page ingestPage(store::Connection &connection);

    QString compare(store::Connection &connection) const;
    QString comparePages(store::Connection &connection) const;
    QString compareAnswers(store::Connection &connection) const;
    /// Removes what traces a fault has left, as a session does when it opens, and looks for words in the files.
    QString compareSeals();
    /// Nothing sealed on the first `pages` pages is in a byte of the workspace.
    [[nodiscard]] QString findSealed(int pages) const;

    QTemporaryDir m_folder;
    QTemporaryDir m_outside;
    FakeClock m_clock;
    TestSecrets m_secrets;
    FakeChannel m_network;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<outbox::OutboxService> m_outbox;
    std::unique_ptr<seal::SealService> m_seals;

    int m_acknowledged = 0;
    int m_pages = 0;      ///< promised
    int m_pagesTried = 0; ///< at most these are there
    int m_answersTried = 0;
    int m_sealed = 0;                 ///< on so many pages, from the first on; promised
    QHash<QString, Answer> m_answers; ///< by text
    record::Head m_head;              ///< the record begins with this
};

} // namespace indelible::test

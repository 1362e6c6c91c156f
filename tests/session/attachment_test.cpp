// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/inbox/inbox_service.h"
#include "app/session/attachment_service.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/mail_desk.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace indelible;
using namespace indelible::test;
using session::AttachmentService;
using session::Session;
using IfThere = AttachmentService::IfThere;

namespace {

/// A workspace with one mailbox, in which lies one mail with files.
struct Desk
{
    explicit Desk(const QByteArrayList &names = {"bill.pdf", "../../.profile", "cake.jpg"})
    {
        session::SessionOptions options;
        options.folder = folder.filePath(u"workspace"_s);
        options.clock = &clock;
        options.useKeychain = false;
        session = valueOf(Session::open(options));
        server.inbox.add(mailWithFiles("1", "See the files.", names, QByteArray(100'000, 'x')));
        account = connectMail(*session, server);
        InboxQuery query;
        query.view = View::Everything;
        const ConversationRow row = valueOf(wait(session->inbox().page(query))).rows.front();
        item = valueOf(wait(session->inbox().open(row.id))).items.front().id;
        REQUIRE(QDir().mkdir(place()));
    }

    [[nodiscard]] QString place(const QString &name = {}) const { return folder.filePath(u"out/"_s + name); }
    Result<AttachmentService::Saved> save(qsizetype index, const QString &where, IfThere ifThere = IfThere::Refuse)
    {
        return wait(session->attachments().save(item, index, where, ifThere));
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(place()).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }

    FakeClock clock;
    QTemporaryDir folder;
    FakeMailServer server;
    std::unique_ptr<Session> session;
    Account account;
    ItemId item;
};

QByteArray contentOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
}

} // namespace

TEST_CASE("a file of an item is saved for its owner alone, under the name that was given")
{
    Desk desk;
    const Result<AttachmentService::Saved> saved = desk.save(0, desk.place(u"bill of Ana.pdf"_s));
    REQUIRE(saved);
    CHECK(saved->fileName == desk.place(u"bill of Ana.pdf"_s));
    CHECK(saved->bytes == 100'008);
    CHECK(contentOf(saved->fileName) == "bill.pdf" + QByteArray(100'000, 'x'));
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                        QFileDevice::WriteOther | QFileDevice::ExeOwner | QFileDevice::ExeGroup | QFileDevice::ExeOther;
    CHECK((QFile::permissions(saved->fileName) & others) == 0);
}

TEST_CASE("in a folder a file is called as its sender did, made safe")
{
    Desk desk;
    CHECK(desk.save(1, desk.place()).value().fileName == desk.place(u"profile"_s));
    CHECK(desk.save(2, desk.place()).has_value());
    CHECK(desk.files() == QStringList{u"cake.jpg"_s, u"profile"_s});
}

TEST_CASE("a file that is there is replaced only where that was asked for, and nobody is asked for the other one")
{
    Desk desk;
    const QString name = desk.place(u"bill.pdf"_s);
    REQUIRE(desk.save(2, name));
    const qsizetype commands = desk.server.commands.size();
    const Result<AttachmentService::Saved> refused = desk.save(0, name);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Rejected);
    CHECK(desk.server.commands.size() == commands);
    CHECK(desk.save(0, desk.place()).error().kind == ErrorKind::Rejected);
    CHECK(contentOf(name).startsWith("cake.jpg"));
    REQUIRE(QFile::link(desk.place(u"nowhere"_s), desk.place(u"link"_s)));
    CHECK(desk.save(0, desk.place(u"link"_s)).error().kind == ErrorKind::Rejected);
    CHECK(desk.save(0, name, IfThere::Replace).has_value());
    CHECK(contentOf(name).startsWith("bill.pdf"));
}

TEST_CASE("nothing is saved into the folder of the workspace, by whatever way it is named")
{
    Desk desk;
    const QString workspace = desk.session->folder();
    const QString database = workspace + u"/indelible.sqlite"_s;
    REQUIRE(QFile::link(workspace, desk.place(u"link"_s)));
    REQUIRE(QFile::link(database, desk.place(u"file"_s)));
    for (const QString &place : {database, workspace, workspace + u"/new.pdf"_s, workspace + u"/backup/new.pdf"_s,
                                 desk.place(u"../workspace/new.pdf"_s), desk.place(u"link"_s),
                                 desk.place(u"link/new.pdf"_s), desk.place(u"file"_s)}) {
        INFO(place.toStdString());
        REQUIRE(QDir().mkpath(workspace + u"/backup"_s));
        const Result<AttachmentService::Saved> refused = desk.save(0, place, IfThere::Replace);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::Rejected);
        CHECK(refused.error().detail.contains(u"folder of the workspace"_s));
    }
    CHECK(desk.save(0, workspace + u"-beside.pdf"_s).has_value());
    CHECK(contentOf(database).startsWith("SQLite format 3"));
}

TEST_CASE("what cannot be fetched or written leaves no file")
{
    Desk desk;
    CHECK(desk.save(3, desk.place(u"a"_s)).error().kind == ErrorKind::NotFound);
    CHECK(desk.save(-1, desk.place(u"a"_s)).error().kind == ErrorKind::NotFound);
    CHECK(desk.save(0, desk.place(u"none/a"_s)).error().kind == ErrorKind::Storage);
    CHECK(wait(desk.session->attachments().save(ItemId(99), 0, desk.place(u"a"_s), IfThere::Refuse)).error().kind ==
          ErrorKind::NotFound);
    desk.server.decide = [&](const Received &command) {
        return command.path == "UID FETCH BODY" ? desk.server.answer(command).withFault(Fault::CutBody)
                                                : desk.server.answer(command);
    };
    CHECK_FALSE(desk.save(0, desk.place(u"a"_s)));
    desk.server.decide = {};
    desk.server.inbox.mails.clear();
    CHECK(desk.save(0, desk.place(u"a"_s)).error().kind == ErrorKind::NotFound);
    REQUIRE(wait(desk.session->accounts().disconnectAccount(desk.account.id)));
    CHECK(desk.save(0, desk.place(u"a"_s)).error().detail.contains(u"not connected"_s));
    CHECK(desk.files().isEmpty());
}

TEST_CASE("of one account one file is fetched at a time")
{
    Desk desk;
    auto first = desk.session->attachments().save(desk.item, 0, desk.place(), IfThere::Refuse);
    const Result<AttachmentService::Saved> second = desk.save(2, desk.place());
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ErrorKind::Conflict);
    CHECK(wait(std::move(first)).has_value());
    CHECK(desk.save(2, desk.place()).has_value());
}

TEST_CASE("a session that ends while a file is on its way leaves nothing behind")
{
    Desk desk;
    bool asked = false;
    desk.server.decide = [&](const Received &command) {
        asked = asked || command.path == "UID FETCH BODY";
        return asked ? Answer::failing(Fault::StallBeforeHeaders) : desk.server.answer(command);
    };
    auto saving = desk.session->attachments().save(desk.item, 0, desk.place(), IfThere::Refuse);
    waitUntil([&] { return asked; });
    desk.session.reset();
    CHECK(wait(std::move(saving)).error().kind == ErrorKind::Cancelled);
    CHECK(desk.files().isEmpty());
}

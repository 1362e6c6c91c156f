// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/workspace.h"

#include "app/channels/practice/practice_world.h"
#include "app/record/log.h"
#include "app/store/account_table.h"
#include "app/store/settings_table.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::session {

namespace {

constexpr auto kUnnamed = "My business"_L1;

QString ownName()
{
    const QString name = qEnvironmentVariable("USER");
    return name.isEmpty() ? u"Owner"_s : name;
}

void makePracticePeople(store::Connection &connection, const Clock &clock)
{
    const Result<channels::practice::PracticeSetup> setup = channels::practice::practiceSetup();
    if (!setup)
        throw store::StoreException(setup.error());
    store::writeSetting(connection, u"business_name"_s, setup->businessName);
    for (const QString &name : setup->team) {
        const quint32 member = store::insertMember(connection, name);
        if (name.startsWith(setup->deskName))
            store::writeSetting(connection, u"desk_member"_s, QString::number(member));
    }
    record::Log log(connection, clock);
    for (const Account &account : setup->accounts) {
        const QByteArray subject = randomBytes(record::kIdBytes);
        (void)store::insertAccount(connection, account, subject, clock.now());
        log.append({record::Kind::Account, subject, 0, false,
                    QJsonObject{
                        {u"state"_s, u"connected"_s}, {u"network"_s, account.network}, {u"handle"_s, account.handle}}});
    }
}

void makeWorkspace(store::Connection &connection, const Clock &clock, bool practice)
{
    store::writeSetting(connection, u"workspace_id"_s, QString::fromLatin1(randomBytes(8).toHex()));
    store::writeSetting(connection, u"practice"_s, practice ? u"1"_s : u"0"_s);
    record::createLog(connection, clock,
                      QJsonObject{{u"format"_s, u"indelible-record/1"_s},
                                  {u"program"_s, QStringLiteral(INDELIBLE_VERSION)},
                                  {u"practice"_s, practice}});
    if (practice) {
        makePracticePeople(connection, clock);
        return;
    }
    store::writeSetting(connection, u"business_name"_s, kUnnamed);
    store::writeSetting(connection, u"desk_member"_s, QString::number(store::insertMember(connection, ownName())));
}

} // namespace

WorkspaceInfo prepareWorkspace(store::Connection &connection, const Clock &clock, bool practice)
{
    if (!store::readSetting(connection, u"workspace_id"_s))
        makeWorkspace(connection, clock, practice);
    WorkspaceInfo info = readWorkspace(connection);
    if (practice && !info.practice)
        throw store::StoreException(
            ErrorKind::Rejected,
            u"This folder holds a real workspace, which is never mixed with practice. Nothing was changed; give another folder with --workspace."_s);
    return info;
}

WorkspaceInfo readWorkspace(store::Connection &connection)
{
    WorkspaceInfo info;
    const std::optional<QString> id = store::readSetting(connection, u"workspace_id"_s);
    if (!id)
        throw store::StoreException(
            ErrorKind::Damaged,
            u"The database in this folder is no whole workspace. Nothing was changed; choose another folder or restore a backup."_s);
    info.id = *id;
    info.businessName = store::readSetting(connection, u"business_name"_s).value_or(QString());
    info.isNamed = info.businessName != kUnnamed;
    info.practice = store::readSetting(connection, u"practice"_s) == u"1"_s;
    info.member = store::readSetting(connection, u"desk_member"_s).value_or(u"1"_s).toUInt();
    info.memberName = store::memberName(connection, info.member);
    return info;
}

} // namespace indelible::session

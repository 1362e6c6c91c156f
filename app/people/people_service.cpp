// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/people/people_service.h"

#include "app/base/output_file.h"
#include "app/bundle/zip.h"
#include "app/people/person_file.h"
#include "app/record/log.h"
#include "app/store/database.h"

#include <QFileInfo>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace indelible::people {

namespace {

constexpr const char *kReadMe =
    "What this business holds on one person, as of the time in person.json (exported).\n\n"
    "person.json  everything: who the person is here, what they said with every earlier version, what the business\n"
    "             answered them, notes and cases about them, and what was erased, when and why\n"
    "items.csv    the messages of it, for a spreadsheet. A cell that a spreadsheet could run as a formula carries one\n"
    "             apostrophe in front\n\n"
    "Other people's names and handles are replaced by [somebody else]. What others said is not in here, only how much\n"
    "(items_of_others). Times are UTC.\n";

OutputFile opened(const QString &name)
{
    if (QFileInfo::exists(name))
        throw store::StoreException(
            ErrorKind::Rejected,
            u"There is a file %1 already, which is never replaced. Nothing was written; give another name."_s.arg(
                name));
    const Result<OutputFile> file = openOutput(name);
    if (!file)
        throw store::StoreException(file.error());
    return *file;
}

struct Written
{
    OutputFile file;
    qint64 items = 0;
};

Written writeFile(store::Connection &connection, const seal::Person &person, const QString &name, Instant now)
{
    const PersonFile data = readPerson(connection, person, now);
    const Result<QByteArray> zip = bundle::packed({{u"README.txt"_s, kReadMe},
                                                   {u"items.csv"_s, data.table},
                                                   {u"person.json"_s, QJsonDocument(data.document).toJson()}},
                                                  now);
    if (!zip)
        throw store::StoreException(zip.error());
    Written written{opened(name), data.items};
    if (written.file->write(*zip) != zip->size() || !written.file->flush())
        throw store::StoreException(notWritten(*written.file));
    return written;
}

} // namespace

PeopleService::PeopleService(store::Database &database, const Clock &clock, quint32 member)
    : m_database(database)
    , m_clock(clock)
    , m_member(member)
{
}

QFuture<Result<PersonReport>> PeopleService::exportPerson(seal::Person person, QString fileName)
{
    auto read = [person, fileName, now = m_clock.now()](store::Connection &connection) {
        return writeFile(connection, person, fileName, now);
    };
    return m_database.scanThenWrite(
        std::move(read), [&clock = m_clock, member = m_member](store::Connection &connection, const Written &written) {
            record::Log log(connection, clock);
            log.append({record::Kind::Export, record::systemSubject(), member, true,
                        QJsonObject{{u"what"_s, u"person"_s}, {u"rows"_s, written.items}}});
            if (!written.file->commit())
                throw store::StoreException(notWritten(*written.file));
            return PersonReport{written.items};
        });
}

} // namespace indelible::people

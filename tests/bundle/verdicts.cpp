// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of many bundles in one run, so that tests can compare its verdicts with those of verify.py and
// of verify.html.
//   verdicts make FOLDER             writes folders with whole bundles: little, sealed
//   verdicts workspace FOLDER        makes a workspace with case 1 in it, for `record bundle`
//   verdicts check                   for each line "table lines checkpoint key" in base64, one line: reason and line,
//   and
//                                    "blind" where a conversation may be missing because words were destroyed
#include "app/bundle/check.h"
#include "app/bundle/tools.h"
#include "app/cases/case_service.h"
#include "app/inbox/ingest.h"
#include "app/session/session.h"
#include "app/store/account_table.h"
#include "app/store/database.h"
#include "tests/bundle/hand_made.h"
#include "tests/support/samples.h"
#include "tests/support/wait.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cstdio>
#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

void save(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        throw std::runtime_error("cannot write " + name.toStdString());
}

void makeBundle(const QString &folder, const bundle::Files &files)
{
    QDir().mkpath(folder);
    const QString at = folder + u'/';
    save(at + bundle::kTableName, files.table);
    save(at + bundle::kLinesName, files.lines);
    save(at + bundle::kCheckpointName, files.checkpoint);
    save(at + bundle::kKeyName, files.key);
    for (const bundle::NamedFile &tool : bundle::toolsFor(files))
        save(at + tool.name, tool.bytes);
}

void makeWorkspace(const QString &folder)
{
    const SystemClock clock;
    session::SessionOptions options;
    options.folder = folder;
    options.clock = &clock;
    options.useKeychain = false;
    auto session = session::Session::open(std::move(options));
    if (!session)
        throw std::runtime_error(session.error().detail.toStdString());
    const auto written = test::wait((*session)->database().write([&clock](store::Connection &connection) {
        Account account = test::sampleAccount();
        account.id = store::insertAccount(connection, account, QByteArray(16, 'a'), clock.now());
        return inbox::ingest(connection, clock, account,
                             {{test::sampleItem(u"1"_s, u"t1"_s, u"=cold(soup)"_s, clock.now()),
                               test::sampleItem(u"2"_s, u"t2"_s, u"Others' words"_s, clock.now())},
                              {},
                              {}})
            .changed.front();
    }));
    if (!written || !test::wait((*session)->cases().open(*written, u"Soup"_s)))
        throw std::runtime_error("cannot make the workspace");
}

void checkAll()
{
    QFile in;
    if (!in.open(stdin, QIODevice::ReadOnly))
        throw std::runtime_error("no input");
    for (QByteArray line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        const QList<QByteArray> parts = line.chopped(1).split(' ');
        const bundle::Files files{QByteArray::fromBase64(parts.value(0)), QByteArray::fromBase64(parts.value(1)),
                                  QByteArray::fromBase64(parts.value(2)), QByteArray::fromBase64(parts.value(3))};
        const bundle::Checked checked = bundle::check(files);
        std::printf("%s %lld%s\n", qPrintable(bundle::toString(checked.verdict.fault)),
                    static_cast<long long>(checked.verdict.line), checked.proven.hidesLinks ? " blind" : "");
    }
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList words = QCoreApplication::arguments().mid(1);
    try {
        if (words.value(0) == "make"_L1) {
            makeBundle(words.value(1) + u"/little"_s, test::littleBundle());
            makeBundle(words.value(1) + u"/sealed"_s, test::sealedBundle());
        } else if (words.value(0) == "workspace"_L1) {
            makeWorkspace(words.value(1));
        } else if (words.value(0) == "check"_L1) {
            checkAll();
        } else {
            std::fputs("verdicts make FOLDER | workspace FOLDER | check\n", stderr);
            return 2;
        }
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/net/http_client.h"
#include "app/outbox/outbox_service.h"
#include "app/store/account_table.h"
#include "app/sync/sync_engine.h"
#include "packaging/benchmark/helpers.h"
#include "packaging/benchmark/measures.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::bench {

namespace {

constexpr int kAccounts = 50;
constexpr int kRequestsOfAVisit = 3;
constexpr auto kPause = 30s; ///< as where people talk all the time; quiet accounts are visited every two minutes
constexpr auto kBeginning = 35s;
constexpr auto kMeasured = 60s;

/// An account of a network where nothing happens: asks as often as a real one does, and nothing has come.
class QuietChannel final : public channels::Channel
{
public:
    QuietChannel(net::HttpClient &http, QUrl server, QString group)
        : m_http(http)
        , m_server(std::move(server))
        , m_group(std::move(group))
    {
    }
    [[nodiscard]] Capabilities capabilities() const override { return {}; }
    QCoro::Task<Result<channels::Identity>> signIn(channels::SignIn) override { co_return none(); }
    QCoro::Task<Result<channels::Batch>> fetch(channels::Cursor) override
    {
        for (int i = 0; i < kRequestsOfAVisit; ++i) {
            QCoro::Task<Result<net::HttpResponse>> asking = m_http.send(request());
            const Result<net::HttpResponse> answer = co_await asking;
            if (!answer)
                co_return failure(answer.error());
        }
        channels::Batch batch;
        batch.cursor = "nothing new";
        co_return batch;
    }
    QCoro::Task<Result<channels::Batch>> context(channels::ThreadRef) override
    {
        QCoro::Task<Result<net::HttpResponse>> asking = m_http.send(request());
        const Result<net::HttpResponse> answer = co_await asking;
        if (!answer)
            co_return failure(answer.error());
        co_return channels::Batch();
    }
    [[nodiscard]] QByteArray prepareKey(Instant) override { return {}; }
    QCoro::Task<Result<channels::Receipt>> send(channels::Outgoing) override { co_return none(); }
    QCoro::Task<Result<std::optional<channels::Receipt>>> find(channels::Outgoing) override { co_return none(); }
    QCoro::Task<Result<void>> signOut() override { co_return Result<void>(); }

private:
    static tl::unexpected<Error> none() { return failure(ErrorKind::Forbidden, u"nothing is sent here"_s); }
    [[nodiscard]] net::HttpRequest request() const
    {
        net::HttpRequest request;
        request.url = m_server;
        request.pauseGroup = m_group;
        return request;
    }

    net::HttpClient &m_http;
    QUrl m_server;
    QString m_group;
};

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

void letPass(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The first is the account that has the items; the others are new.
Account account(store::Database &database, const Clock &clock, int number)
{
    return valueOf(database.write([&, number](store::Connection &connection) {
        Account made = *store::readAccount(connection, AccountId(1));
        made.state = AccountState::Live;
        if (number == 0)
            return made;
        made.remoteId = made.handle = u"shop%1.example"_s.arg(number);
        made.id = store::insertAccount(connection, made, randomBytes(16), clock.now());
        return made;
    }));
}

} // namespace

QJsonObject watch(const QString &folder, quint16 port)
{
    const SystemClock clock;
    std::unique_ptr<store::Database> database = openDatabase(folder, false);
    net::HttpClient http(clock);
    const QUrl server(u"http://127.0.0.1:%1/"_s.arg(port));
    if (!http.allowOrigin(server))
        return {};
    outbox::OutboxService outbox(*database, clock, 1);
    sync::SyncEngine engine(*database, outbox, clock);
    for (int i = 0; i < kAccounts; ++i)
        engine.addAccount(account(*database, clock, i),
                          std::make_unique<QuietChannel>(http, server, QString::number(i)));
    int visits = 0;
    QObject::connect(&engine, &sync::SyncEngine::accountChanged, [&visits] { ++visits; });
    engine.start([](const sync::Situation &, double) { return kPause; });
    letPass(kBeginning);
    visits = 0;
    const double before = cpuSeconds();
    QElapsedTimer timer;
    timer.start();
    letPass(kMeasured);
    const double used = cpuSeconds() - before;
    engine.stop();
    return {{u"percent"_s, used / (milliseconds(timer) / 1000) * 100}, {u"visits"_s, visits}};
}

} // namespace indelible::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_http_server.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <deque>
#include <optional>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

QByteArray find(const HeaderList &headers, const QByteArray &lowerCaseName)
{
    for (const auto &[name, value] : headers) {
        if (name.toLower() == lowerCaseName)
            return value;
    }
    return {};
}

bool contains(const HeaderList &headers, const QByteArray &lowerCaseName)
{
    return std::ranges::any_of(headers, [&](const auto &header) { return header.first.toLower() == lowerCaseName; });
}

std::optional<Received> parseHead(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> first = lines.at(0).trimmed().split(' ');
    if (first.size() != 3)
        return std::nullopt;
    Received request;
    request.method = first.at(0);
    request.target = first.at(1);
    const qsizetype mark = request.target.indexOf('?');
    request.path = mark < 0 ? request.target : request.target.left(mark);
    if (mark >= 0)
        request.query = QUrlQuery(QString::fromUtf8(request.target.mid(mark + 1)));
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const QByteArray line = lines.at(i).trimmed();
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers.emplace_back(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    return request;
}

QByteArray reason(int status)
{
    return status < 300 ? "OK" : status < 400 ? "Elsewhere" : status < 500 ? "Your Fault" : "Our Fault";
}

QByteArray chunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

bool closesAfter(Fault fault)
{
    return fault == Fault::CutBody || fault == Fault::CutChunked || fault == Fault::LengthTooLong ||
           fault == Fault::LengthTooShort || fault == Fault::NoLength;
}

QByteArray headOf(const Answer &answer)
{
    const qint64 whole = answer.generatedBytes > 0 ? answer.generatedBytes : answer.body.size();
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reason(answer.status) + "\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    if (answer.fault == Fault::CutChunked || answer.fault == Fault::NoEnd) {
        head += "Transfer-Encoding: chunked\r\n";
    } else if (answer.fault != Fault::NoLength && !contains(answer.headers, "content-length") && answer.status != 304) {
        const qint64 announced = answer.fault == Fault::LengthTooLong    ? whole + 10
                                 : answer.fault == Fault::LengthTooShort ? whole / 2
                                                                         : whole;
        head += "Content-Length: " + QByteArray::number(announced) + "\r\n";
    }
    if (!contains(answer.headers, "connection"))
        head += closesAfter(answer.fault) ? "Connection: close\r\n" : "Connection: keep-alive\r\n";
    return head + "\r\n";
}

/// One connection: reads requests one after the other and writes the answers.
class Connection : public QObject
{
public:
    using Decide = std::function<Answer(const Received &)>;
    using DropsUnread = std::function<bool()>;

    Connection(QTcpSocket *socket, Decide decide, DropsUnread dropsUnread, QObject *parent)
        : QObject(parent)
        , m_socket(socket)
        , m_decide(std::move(decide))
        , m_dropsUnread(std::move(dropsUnread))
    {
        socket->setParent(this);
        connect(socket, &QTcpSocket::readyRead, this, &Connection::read);
        connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
        connect(socket, &QTcpSocket::bytesWritten, this, &Connection::writeMore);
        if (socket->bytesAvailable() > 0)
            QTimer::singleShot(0, this, &Connection::read);
    }

    [[nodiscard]] bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

    void abort() { m_socket->abort(); }

    void release()
    {
        if (!m_held)
            return;
        const Answer answer = m_held->withFault(Fault::None);
        m_held.reset();
        write(answer);
    }

    void tell(const QByteArray &bytes)
    {
        if (m_endless)
            m_socket->write(bytes);
    }

    void hangUp()
    {
        if (m_endless)
            m_socket->disconnectFromHost();
    }

private:
    void read()
    {
        if (m_answering)
            return;
        if (m_dropsUnread()) {
            m_socket->abort();
            return;
        }
        m_buffer += m_socket->readAll();
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        std::optional<Received> request = parseHead(m_buffer.left(end));
        if (!request) {
            m_socket->abort();
            return;
        }
        const qsizetype length = find(request->headers, "content-length").toLongLong();
        if (m_buffer.size() < end + 4 + length)
            return;
        request->body = m_buffer.mid(end + 4, length);
        m_buffer.remove(0, end + 4 + length);
        m_answering = true;
        write(m_decide(*request));
    }

    void write(const Answer &answer)
    {
        const QByteArray head = headOf(answer);
        const QByteArray half = answer.body.left(answer.body.size() / 2);
        switch (answer.fault) {
        case Fault::None:
        case Fault::LengthTooLong:
        case Fault::LengthTooShort:
        case Fault::NoLength:
        case Fault::CloseAfterAnswer:
            m_closes = answer.fault == Fault::CloseAfterAnswer || closesAfter(answer.fault) ||
                       find(answer.headers, "connection") == "close";
            m_remaining = answer.generatedBytes;
            m_finishing = true;
            m_socket->write(answer.generatedBytes > 0 ? head : head + answer.body);
            writeMore();
            return;
        case Fault::StallBeforeHeaders:
            m_held = answer;
            return;
        case Fault::StallInHeaders:
            m_socket->write(head.left(head.size() / 2));
            return;
        case Fault::CutHeaders:
            m_socket->write(head.left(head.size() / 2));
            m_socket->disconnectFromHost();
            return;
        case Fault::StallInBody:
            m_socket->write(head + half);
            return;
        case Fault::CutBody:
            m_socket->write(head + half);
            m_socket->disconnectFromHost();
            return;
        case Fault::CutChunked:
            m_socket->write(head + chunk(half) + chunk(answer.body.mid(half.size())).left(6));
            m_socket->disconnectFromHost();
            return;
        case Fault::NoEnd:
            m_endless = true;
            m_socket->write(answer.body.isEmpty() ? head : head + chunk(answer.body));
            return;
        case Fault::DropBeforeReading:
        case Fault::DropAfterReading:
            m_socket->abort();
            return;
        case Fault::Drip:
            drip(head + answer.body, answer.dripPause);
            return;
        }
    }

    // Streams generated bytes no faster than they leave, then makes the connection ready for the next request.
    void writeMore()
    {
        static const QByteArray block(64 * 1024, 'x');
        while (m_remaining > 0 && m_socket->bytesToWrite() < 4 * block.size()) {
            const qint64 written = m_socket->write(block.constData(), std::min<qint64>(m_remaining, block.size()));
            if (written < 0)
                return;
            m_remaining -= written;
        }
        if (m_remaining > 0 || !m_finishing)
            return;
        if (m_closes) {
            m_socket->disconnectFromHost();
        } else if (m_socket->bytesToWrite() == 0) {
            m_answering = m_finishing = false;
            if (m_socket->bytesAvailable() > 0 || !m_buffer.isEmpty())
                QTimer::singleShot(0, this, &Connection::read);
        }
    }

    void drip(QByteArray rest, std::chrono::milliseconds pause)
    {
        if (rest.isEmpty()) {
            m_finishing = true;
            writeMore();
            return;
        }
        m_socket->write(rest.left(1));
        m_socket->flush();
        rest.remove(0, 1);
        QTimer::singleShot(pause, this, [this, rest, pause] { drip(rest, pause); });
    }

    QTcpSocket *m_socket;
    Decide m_decide;
    DropsUnread m_dropsUnread;
    QByteArray m_buffer;
    std::optional<Answer> m_held;
    qint64 m_remaining = 0;
    bool m_answering = false; ///< a request is read and its answer not yet sent
    bool m_finishing = false; ///< all that remains of the answer is to be written
    bool m_closes = false;
    bool m_endless = false;
};

bool matches(const QByteArray &method, const QByteArray &target, const Received &request)
{
    if (request.method != method)
        return false;
    if (target.endsWith('*'))
        return request.path.startsWith(target.left(target.size() - 1));
    return target.contains('?') ? request.target == target : request.path == target;
}

struct Route
{
    QByteArray method;
    QByteArray path;
    Handler handler;
};

} // namespace

class FakeHttpServer::Private
{
public:
    Private(FakeHttpServer *owner, std::unique_ptr<QTcpServer> tcpServer)
        : q(owner)
        , server(std::move(tcpServer))
    {
        if (!server->listen(QHostAddress::LocalHost))
            throw std::runtime_error("the fake server cannot listen");
        port = server->serverPort();
        QObject::connect(server.get(), &QTcpServer::pendingConnectionAvailable, q, [this] { accept(); });
    }

    void accept()
    {
        while (QTcpSocket *socket = server->nextPendingConnection()) {
            ++made;
            if (dropsNextUnread()) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            connections.emplace_back(new Connection(
                socket, [this](const Received &request) { return decide(request); },
                [this] { return dropsNextUnread(); }, q));
        }
    }

    bool dropsNextUnread()
    {
        if (steps.empty() || steps.front()->m_fault != Fault::DropBeforeReading)
            return false;
        steps.pop_front();
        return true;
    }

    Answer decide(const Received &request)
    {
        requests.push_back(request);
        if (!steps.empty() && matches(steps.front()->m_method, steps.front()->m_target, request)) {
            const std::unique_ptr<Expectation> step = std::move(steps.front());
            steps.pop_front();
            for (const auto &check : step->m_checks) {
                if (const QString wrong = check(request); !wrong.isEmpty())
                    addProblem(request, wrong);
            }
            return step->m_handler(request);
        }
        for (auto route = routes.rbegin(); route != routes.rend(); ++route) {
            if (matches(route->method, route->path, request))
                return route->handler(request);
        }
        addProblem(request, steps.empty() ? u"nothing is expected or routed"_s
                                          : u"expected %1 %2"_s.arg(QString::fromUtf8(steps.front()->m_method),
                                                                    QString::fromUtf8(steps.front()->m_target)));
        return Answer::empty(501);
    }

    void addProblem(const Received &request, const QString &what)
    {
        problems.append(u"%1 %2: %3"_s.arg(QString::fromUtf8(request.method), QString::fromUtf8(request.target), what));
    }

    FakeHttpServer *q;
    std::unique_ptr<QTcpServer> server;
    std::deque<std::unique_ptr<Expectation>> steps;
    std::vector<Route> routes;
    std::vector<Received> requests;
    std::vector<QPointer<Connection>> connections;
    QStringList problems;
    quint16 port = 0; ///< remembered beyond close()
    int made = 0;
};

namespace {

std::unique_ptr<QTcpServer> makeSslServer(const QSslConfiguration &configuration)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

FakeHttpServer::FakeHttpServer()
    : d(std::make_unique<Private>(this, std::make_unique<QTcpServer>()))
{
}

FakeHttpServer::FakeHttpServer(const QSslConfiguration &configuration)
    : d(std::make_unique<Private>(this, makeSslServer(configuration)))
{
}

FakeHttpServer::~FakeHttpServer()
{
    for (const QString &problem : takeProblems())
        qWarning("fake server: %s", qPrintable(problem));
    close();
    for (const QPointer<Connection> &connection : d->connections)
        delete connection.data();
}

quint16 FakeHttpServer::port() const
{
    return d->port;
}

QUrl FakeHttpServer::url(const QString &pathAndQuery) const
{
    const bool secure = qobject_cast<QSslServer *>(d->server.get()) != nullptr;
    return QUrl(u"%1://localhost:%2%3"_s.arg(secure ? u"https"_s : u"http"_s).arg(port()).arg(pathAndQuery));
}

void FakeHttpServer::on(const QByteArray &method, const QByteArray &path, Handler handler)
{
    d->routes.push_back({method, path, std::move(handler)});
}

void FakeHttpServer::on(const QByteArray &method, const QByteArray &path, const Answer &answer)
{
    on(method, path, [answer](const Received &) { return answer; });
}

Expectation &FakeHttpServer::expect(const QByteArray &method, const QByteArray &target)
{
    d->steps.push_back(std::unique_ptr<Expectation>(new Expectation(method, target)));
    return *d->steps.back();
}

const std::vector<Received> &FakeHttpServer::received() const
{
    return d->requests;
}

std::vector<Received> FakeHttpServer::received(const QByteArray &path) const
{
    std::vector<Received> found;
    std::ranges::copy_if(d->requests, std::back_inserter(found),
                         [&](const Received &request) { return request.path == path; });
    return found;
}

int FakeHttpServer::connectionsOpen() const
{
    return static_cast<int>(std::ranges::count_if(
        d->connections, [](const QPointer<Connection> &connection) { return connection && connection->isOpen(); }));
}

int FakeHttpServer::connectionsMade() const
{
    return d->made;
}

QStringList FakeHttpServer::takeProblems()
{
    for (const auto &step : d->steps)
        d->problems.append(
            u"%1 %2 never came"_s.arg(QString::fromUtf8(step->m_method), QString::fromUtf8(step->m_target)));
    d->steps.clear();
    return std::exchange(d->problems, {});
}

void FakeHttpServer::release()
{
    for (const QPointer<Connection> &connection : d->connections) {
        if (connection)
            connection->release();
    }
}

void FakeHttpServer::tell(const QByteArray &bytes)
{
    for (const QPointer<Connection> &connection : d->connections) {
        if (connection)
            connection->tell(chunk(bytes));
    }
}

void FakeHttpServer::hangUp(const QByteArray &last)
{
    for (const QPointer<Connection> &connection : d->connections) {
        if (!connection)
            continue;
        connection->tell(last.isEmpty() ? "0\r\n\r\n" : chunk(last).left(chunk(last).size() / 2));
        connection->hangUp();
    }
}

void FakeHttpServer::close()
{
    d->server->close();
    for (const QPointer<Connection> &connection : d->connections) {
        if (connection)
            connection->abort();
    }
}

} // namespace indelible::test

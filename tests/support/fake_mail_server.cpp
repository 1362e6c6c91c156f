// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_mail_server.h"

#include <QLocale>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace indelible::test {

struct FakeMailServer::Talk
{
    QTcpSocket *socket = nullptr;
    bool isImap = true;
    QByteArray buffer;
    QByteArray tag;
    QByteArray folder;
    Received waiting; ///< a command whose literal is still to come
    qsizetype literal = -1;
    bool inMail = false;
    bool isIdle = false;
};

namespace {

Answer wireAnswer(const QByteArray &lines)
{
    Answer answer;
    answer.body = lines;
    return answer;
}

bool holds(const QByteArray &set, quint32 uid, quint32 highest)
{
    for (const QByteArray &range : set.split(',')) {
        const QByteArrayList ends = range.split(':');
        const quint32 first = ends.first() == "*" ? highest : ends.first().toUInt();
        const quint32 last = ends.last() == "*" ? highest : ends.last().toUInt();
        if (uid >= std::min(first, last) && uid <= std::max(first, last))
            return true;
    }
    return false;
}

/// What HTTP calls by this number, in the words of IMAP and SMTP.
QByteArray refusal(int status, bool isImap)
{
    struct Row
    {
        int status;
        const char *imap;
        const char *smtp;
    };
    static constexpr Row rows[] = {{401, "TAG NO [AUTHENTICATIONFAILED] no", "535 5.7.8 no"},
                                   {403, "TAG NO [NOPERM] no", "550 5.7.1 no"},
                                   {404, "TAG NO [NONEXISTENT] no", "550 5.1.1 no"},
                                   {410, "TAG NO gone", "554 gone"},
                                   {429, "TAG NO [LIMIT] slowly", "450 4.7.1 slowly"},
                                   {400, "TAG BAD what", "500 what"},
                                   {422, "TAG BAD what", "501 what"},
                                   {302, "TAG NO [REFERRAL imap://other.invalid/] go there", "551 go there"},
                                   {308, "TAG NO [REFERRAL imap://other.invalid/] go there", "551 go there"},
                                   {502, "* BYE good night", "421 good night"}};
    for (const Row &row : rows) {
        if (row.status == status)
            return QByteArray(isImap ? row.imap : row.smtp) + "\r\n";
    }
    return QByteArray(isImap ? "TAG NO [UNAVAILABLE] not now" : "451 not now") + "\r\n";
}

} // namespace

FakeMail &FakeFolder::add(const QByteArray &bytes)
{
    return mails.emplace_back(FakeMail{next++, bytes});
}

FakeMailServer::FakeMailServer()
    : m_imap(std::make_unique<QTcpServer>())
    , m_smtp(std::make_unique<QTcpServer>())
{
    listen();
}

FakeMailServer::FakeMailServer(const QSslConfiguration &configuration)
{
    for (std::unique_ptr<QTcpServer> *server : {&m_imap, &m_smtp}) {
        auto made = std::make_unique<QSslServer>();
        made->setSslConfiguration(configuration);
        *server = std::move(made);
    }
    listen();
}

void FakeMailServer::listen()
{
    for (QTcpServer *server : {m_imap.get(), m_smtp.get()}) {
        if (!server->listen(QHostAddress::LocalHost))
            throw std::runtime_error("the fake mail server cannot listen");
        connect(server, &QTcpServer::pendingConnectionAvailable, this,
                [this, server] { accept(*server, server == m_imap.get()); });
    }
}

FakeMailServer::~FakeMailServer()
{
    close();
}

void FakeMailServer::close()
{
    m_imap->close();
    m_smtp->close();
    for (const auto &talk : std::exchange(m_talks, {})) {
        talk->socket->disconnect(this);
        talk->socket->abort();
    }
}

void FakeMailServer::tell(const QByteArray &lines)
{
    for (const auto &talk : m_talks) {
        if (talk->isIdle)
            talk->socket->write(lines);
    }
}

int FakeMailServer::listeners() const
{
    return static_cast<int>(std::ranges::count_if(m_talks, [](const auto &talk) { return talk->isIdle; }));
}

void FakeMailServer::accept(QTcpServer &server, bool isImap)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        auto talk = std::make_shared<Talk>();
        talk->socket = socket;
        talk->isImap = isImap;
        m_talks.push_back(talk);
        connect(socket, &QTcpSocket::readyRead, this, [this, talk] { read(talk); });
        connect(socket, &QTcpSocket::disconnected, this, [this, talk] {
            std::erase(m_talks, talk);
            talk->socket->deleteLater();
        });
        socket->write(isImap ? "* OK here\r\n" : "220 here\r\n");
    }
}

void FakeMailServer::read(const std::shared_ptr<Talk> &talk)
{
    talk->buffer += talk->socket->readAll();
    while (talk->isImap ? readImap(talk) : readSmtp(talk)) {
    }
}

/// One command, with the literal at its end; false = there is none yet.
bool FakeMailServer::readImap(const std::shared_ptr<Talk> &talk)
{
    if (talk->literal >= 0) {
        if (talk->buffer.size() < talk->literal + 2)
            return false;
        talk->waiting.body = talk->buffer.first(talk->literal);
        talk->buffer.remove(0, talk->literal + 2);
        talk->literal = -1;
        act(talk, talk->waiting);
        return true;
    }
    const qsizetype end = talk->buffer.indexOf("\r\n");
    if (end < 0)
        return false;
    QByteArrayList words = talk->buffer.first(end).split(' ');
    talk->buffer.remove(0, end + 2);
    const QByteArray tag = words.takeFirst();
    const bool isDone = talk->isIdle && tag == "DONE"; // it has no tag of its own
    talk->isIdle = false;
    if (isDone)
        words = {"DONE"};
    else if (tag.isEmpty())
        words = {"REFUSED"}; // it has heard why its token is refused
    else
        talk->tag = tag;
    QByteArray name = words.isEmpty() ? QByteArray() : words.takeFirst().toUpper();
    if (name == "UID" && !words.isEmpty())
        name += ' ' + words.takeFirst().toUpper();
    const QByteArray target = words.join(' ');
    commands.append(name + ' ' + target);
    if (name == "EXAMINE" || name == "SELECT")
        talk->folder = QByteArray(target).replace('"', "");
    if (name == "UID FETCH")
        name += target.contains("BODY") ? " BODY" : " SIZE";
    Received command{"IMAP", target, name, {}, {{"folder", talk->folder}}, {}};
    if (const qsizetype brace = target.lastIndexOf('{'); name == "APPEND" && brace >= 0) {
        talk->literal = target.mid(brace + 1).chopped(1).toLongLong();
        talk->waiting = command;
        talk->socket->write("+ go\r\n");
        return true;
    }
    if (name == "LOGOUT") {
        talk->socket->write("* BYE now\r\n" + talk->tag + " OK bye\r\n");
        talk->socket->disconnectFromHost();
        return false;
    }
    act(talk, command);
    return true;
}

bool FakeMailServer::readSmtp(const std::shared_ptr<Talk> &talk)
{
    const QByteArray mark = talk->inMail ? "\r\n.\r\n" : "\r\n";
    const qsizetype end = talk->buffer.indexOf(mark);
    if (end < 0)
        return false;
    const QByteArray line = talk->buffer.first(end);
    talk->buffer.remove(0, end + mark.size());
    Received command{"SMTP", line, line.left(4).toUpper(), {}, {}, {}};
    if (talk->inMail)
        command = {"SMTP", {}, "END", {}, {}, QByteArray(line + "\r\n").replace("\r\n..", "\r\n.")};
    talk->inMail = false;
    if (command.path == "QUIT") {
        talk->socket->disconnectFromHost();
        return false;
    }
    act(talk, command);
    return true;
}

void FakeMailServer::act(const std::shared_ptr<Talk> &talk, const Received &command)
{
    const qsizetype before = submitted.size();
    const Answer made = decide ? decide(command) : answer(command);
    talk->inMail = command.path == "DATA" && made.status < 300 && made.body.startsWith("354");
    // Who took a mail and then says that it did not breaks the protocol's only promise; who breaks off does not.
    const bool isLie = submitted.size() > before && made.status >= 300;
    talk->isIdle = command.path == "IDLE" && made.status < 300 && made.body.startsWith("+");
    send(talk, isLie ? Answer::failing(Fault::DropAfterReading) : made);
}

QByteArray FakeMailServer::wire(const Talk &talk, const Answer &answer)
{
    QByteArray bytes = answer.status >= 300 ? refusal(answer.status, talk.isImap) : answer.body;
    for (const auto &[name, value] : answer.headers)
        bytes.prepend(talk.isImap ? "* OK " + name + ": " + value + "\r\n" : QByteArray());
    if (answer.status < 300 && answer.body.isEmpty())
        bytes += talk.isImap ? "TAG OK done\r\n" : "250 ok\r\n";
    if (!bytes.endsWith("\r\n"))
        bytes += "\r\n";
    const FakeFolder &folder = folderNamed(talk.folder);
    for (const FakeMail &mail : folder.mails) {
        qsizetype length = mail.bytes.size();
        length = answer.fault == Fault::LengthTooLong    ? length + 10
                 : answer.fault == Fault::LengthTooShort ? length / 2
                                                         : length;
        bytes.replace("{MAIL " + QByteArray::number(mail.uid) + '}',
                      '{' + QByteArray::number(length) + "}\r\n" + mail.bytes);
    }
    return bytes.replace("TAG ", talk.tag + ' ');
}

void FakeMailServer::send(const std::shared_ptr<Talk> &talk, const Answer &answer)
{
    QTcpSocket *socket = talk->socket;
    QByteArray bytes = answer.generatedBytes > 0 ? QByteArray(1'000'000, 'x') : wire(*talk, answer);
    switch (answer.fault) {
    case Fault::StallBeforeHeaders:
        return;
    case Fault::StallInHeaders:
        socket->write(bytes.first(qMin<qsizetype>(3, bytes.size())));
        return;
    case Fault::StallInBody:
        socket->write(bytes.first(bytes.size() / 2));
        return;
    case Fault::Drip: {
        auto *timer = new QTimer(socket);
        connect(timer, &QTimer::timeout, socket, [socket, timer, bytes]() mutable {
            socket->write(bytes.first(1));
            bytes.remove(0, 1);
            if (bytes.isEmpty())
                timer->stop();
        });
        timer->start(answer.dripPause);
        return;
    }
    case Fault::DropAfterReading:
    case Fault::DropBeforeReading:
        socket->disconnectFromHost();
        return;
    case Fault::CutHeaders:
        bytes.truncate(3);
        break;
    case Fault::CutBody:
    case Fault::CutChunked:
        bytes.truncate(bytes.size() / 2);
        break;
    default:
        break;
    }
    socket->write(bytes);
    if (answer.generatedBytes > 0) {
        auto left = std::make_shared<qint64>(answer.generatedBytes);
        connect(socket, &QTcpSocket::bytesWritten, socket, [socket, left](qint64 written) {
            *left -= written;
            if (*left > 0 && socket->bytesToWrite() < 1'000'000)
                socket->write(QByteArray(1'000'000, 'x'));
        });
    }
    const bool ends = answer.fault != Fault::None || answer.status == 502;
    if (ends)
        socket->disconnectFromHost();
}

Answer FakeMailServer::answer(const Received &command)
{
    return command.method == "IMAP" ? answerImap(command) : answerSmtp(command);
}

Answer FakeMailServer::search(const FakeFolder &folder, const QByteArray &what) const
{
    const QByteArrayList words = QByteArray(what).replace('"', "").split(' ');
    const quint32 highest = folder.mails.empty() ? 0 : folder.mails.back().uid;
    QByteArray found = "* SEARCH";
    for (const FakeMail &mail : folder.mails) {
        bool fits = false;
        if (words.first() == "UID")
            fits = holds(words.last(), mail.uid, highest);
        else if (words.first() == "SINCE")
            fits = mail.day >= QLocale::c().toDate(QString::fromLatin1(words.last()), u"d-MMM-yyyy"_s);
        else if (words.first() == "HEADER")
            fits = mail.bytes.toLower().contains("message-id: <" + words.last().toLower() + '>');
        found += fits ? ' ' + QByteArray::number(mail.uid) : QByteArray();
    }
    return wireAnswer(found + "\r\nTAG OK found\r\n");
}

Answer FakeMailServer::fetch(const FakeFolder &folder, const QByteArray &what) const
{
    const QByteArray set = what.left(what.indexOf(' '));
    const quint32 highest = folder.mails.empty() ? 0 : folder.mails.back().uid;
    QByteArray lines;
    int number = 0;
    for (const FakeMail &mail : folder.mails) {
        ++number;
        if (!holds(set, mail.uid, highest))
            continue;
        const QByteArray uid = QByteArray::number(mail.uid);
        lines += "* " + QByteArray::number(number) + " FETCH (UID " + uid;
        if (what.contains("BODY"))
            lines += " BODY[]<0> {MAIL " + uid + '}';
        else
            lines += " RFC822.SIZE " + QByteArray::number(mail.bytes.size()) + " INTERNALDATE \"" +
                     QLocale::c().toString(mail.day, u"dd-MMM-yyyy"_s).toLatin1() + " 08:00:00 +0000\"";
        lines += ")\r\n";
    }
    return wireAnswer(lines + "TAG OK fetched\r\n");
}

bool FakeMailServer::takesToken(const QByteArray &base64) const
{
    return !token.isEmpty() && QByteArray::fromBase64(base64) == "user=shop@quay.example\x01"
                                                                 "auth=Bearer " +
                                                                     token + "\x01\x01";
}

FakeFolder &FakeMailServer::folderNamed(const QByteArray &name)
{
    if (name == "Sent")
        return sent;
    return name == archiveName ? archive : inbox;
}

Answer FakeMailServer::answerImap(const Received &command)
{
    FakeFolder &folder = folderNamed(command.header("folder"));
    if (command.path == "CAPABILITY")
        return wireAnswer(offersIdle ? "* CAPABILITY IMAP4rev1 IDLE\r\nTAG OK done\r\n"
                                     : "* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n");
    if (command.path == "IDLE" && offersIdle)
        return wireAnswer("+ waiting\r\n");
    if (command.path == "DONE")
        return wireAnswer("TAG OK done\r\n");
    const QByteArray unquoted = QByteArray(command.target).replace("\\\"", "\"").replace("\\\\", "\\");
    if (command.path == "LOGIN")
        return unquoted.endsWith('"' + password + '"') || unquoted.endsWith(' ' + password)
                   ? wireAnswer("TAG OK in\r\n")
                   : Answer::empty(401);
    if (command.path == "AUTHENTICATE")
        return wireAnswer(takesToken(command.target.mid(8)) ? "TAG OK in\r\n" : "+ eyJzdGF0dXMiOiI0MDEifQ==\r\n");
    if (command.path == "REFUSED")
        return Answer::empty(401);
    if (command.path == "LIST")
        return wireAnswer(
            "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\HasNoChildren " + sentAttribute + ") \"/\" Sent\r\n" +
            (archiveAttribute.isEmpty()
                 ? QByteArray()
                 : "* LIST (\\HasNoChildren " + archiveAttribute + ") \"/\" \"" + archiveName + "\"\r\n") +
            "TAG OK done\r\n");
    if (command.path == "EXAMINE" || command.path == "SELECT")
        return wireAnswer("* FLAGS (\\Answered \\Seen)\r\n* " + QByteArray::number(folder.mails.size()) +
                          " EXISTS\r\n* OK [UIDVALIDITY " + QByteArray::number(folder.validity) +
                          "] here\r\n* OK [UIDNEXT " + QByteArray::number(folder.next) + "] here\r\nTAG OK open\r\n");
    if (command.path == "UID SEARCH")
        return search(folder, command.target);
    if (command.path.startsWith("UID FETCH"))
        return fetch(folder, command.target);
    if (command.path == "UID STORE" && command.target.contains("+FLAGS.SILENT (\\Answered)")) {
        for (FakeMail &mail : folder.mails) {
            if (holds(command.target.left(command.target.indexOf(' ')), mail.uid, 0))
                mail.flags.append("\\Answered");
        }
        return wireAnswer("TAG OK stored\r\n");
    }
    if (command.path == "APPEND") {
        sent.add(command.body);
        return wireAnswer("TAG OK [APPENDUID 9 1] kept\r\n");
    }
    m_unknown.append(command.path);
    return Answer::empty(400);
}

Answer FakeMailServer::answerSmtp(const Received &command)
{
    if (command.path == "EHLO")
        return wireAnswer("250-here\r\n250 AUTH PLAIN\r\n");
    if (command.target.startsWith("AUTH XOAUTH2 "))
        return wireAnswer(takesToken(command.target.mid(13)) ? "235 in\r\n" : "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n");
    if (command.path.isEmpty())
        return Answer::empty(401);
    if (command.path == "AUTH") {
        const QByteArray secret = QByteArray::fromBase64(command.target.mid(command.target.lastIndexOf(' ') + 1));
        return secret.endsWith('\0' + password) ? wireAnswer("235 in\r\n") : Answer::empty(401);
    }
    if (command.path == "MAIL" || command.path == "RCPT")
        return wireAnswer("250 ok\r\n");
    if (command.path == "DATA")
        return wireAnswer("354 go\r\n");
    if (command.path == "END") {
        submitted.append(command.body);
        if (keepsSent)
            sent.add(command.body);
        return wireAnswer("250 taken\r\n");
    }
    m_unknown.append(command.path);
    return Answer::empty(400);
}

} // namespace indelible::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/channels/contract/behaviours.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace indelible::test {

namespace {

template<Fault fault>
Answer faulty(const Received &, const Answers &answers)
{
    return answers.right.withFault(fault);
}

template<int status>
Answer refused(const Received &, const Answers &)
{
    return Answer::json(QByteArray(R"({"error":"Refused","message":"No."})"), status);
}

template<int status>
Answer pageOfProxy(const Received &, const Answers &)
{
    return Answer::html("<html><body><h1>Sorry</h1></body></html>", status);
}

template<char const *const &retryAfter>
Answer slowedDown(const Received &, const Answers &)
{
    return Answer::tooManyRequests(retryAfter);
}
constexpr const char *kNothing = "";
constexpr const char *kSoon = "1";
constexpr const char *kNever = "99999999999999";
constexpr const char *kLongAgo = "Thu, 01 Jan 1970 00:00:00 GMT";
constexpr const char *kNonsense = "-1; tomorrow";

Answer withBody(const Answer &right, const QByteArray &body)
{
    Answer changed = right;
    changed.body = body;
    return changed;
}

Answer loggedOutPage(const Received &, const Answers &)
{
    return Answer::html("<html><form action='/login'>Please accept the terms of this network</form></html>");
}

Answer otherType(const Received &, const Answers &answers)
{
    return Answer::bytes(answers.right.body, "image/png");
}

Answer nothing(const Received &, const Answers &)
{
    return Answer::bytes({}, "application/json");
}

Answer noContent(const Received &, const Answers &)
{
    return Answer::empty(204);
}

Answer byteOrderMark(const Received &, const Answers &answers)
{
    return withBody(answers.right, "\xef\xbb\xbf" + answers.right.body);
}

Answer utf16(const Received &, const Answers &answers)
{
    const QString text = QString::fromUtf8(answers.right.body);
    return withBody(answers.right,
                    "\xff\xfe" + QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2));
}

Answer badUtf8(const Received &, const Answers &answers)
{
    QByteArray body = answers.right.body;
    return withBody(answers.right, body.replace('a', "\xff"));
}

Answer tooDeep(const Received &, const Answers &answers)
{
    return withBody(answers.right, QByteArray(10'000, '[') + QByteArray(10'000, ']'));
}

Answer hugeNumber(const Received &, const Answers &answers)
{
    QByteArray body = answers.right.body;
    return withBody(answers.right, body.replace(body.indexOf('{'), 1, R"({"huge":1e400,)"));
}

Answer twiceTheKeys(const Received &, const Answers &answers)
{
    QByteArray body = answers.right.body;
    return withBody(answers.right, body.replace(R"("text":)", R"("text":"other words","text":)"));
}

Answer otherShape(const Received &, const Answers &answers)
{
    return withBody(answers.right, R"(["what was it","again?",null])");
}

Answer fromTheFuture(const Received &, const Answers &answers)
{
    QByteArray body = answers.right.body;
    body.replace(R"("date":1)", R"("date":3)"); // seconds since 1970: the year 2090
    return withBody(answers.right, body.replace("2026-", "2999-"));
}

Answer theSameAsBefore(const Received &, const Answers &answers)
{
    return answers.before;
}

Answer theFirstAgain(const Received &, const Answers &answers)
{
    return answers.first;
}

/// The first item of the page, with other words, once more at its end.
QJsonValue withFirstAgain(const QJsonValue &value)
{
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (auto &&each : array)
            each = withFirstAgain(each);
        if (!array.isEmpty() && array.first().isObject()) {
            QByteArray other = QJsonDocument(array.first().toObject()).toJson();
            other.replace("soup", "soap").replace("cake", "case");
            array.append(QJsonDocument::fromJson(other).object());
        }
        return array;
    }
    QJsonObject object = value.toObject();
    for (auto &&member : object) {
        if (member.isArray() || member.isObject())
            member = withFirstAgain(member);
    }
    return value.isObject() ? QJsonValue(object) : value;
}

Answer twiceWithOtherWords(const Received &, const Answers &answers)
{
    const QJsonDocument page = QJsonDocument::fromJson(answers.right.body);
    if (page.isArray())
        return withBody(answers.right, QJsonDocument(withFirstAgain(page.array()).toArray()).toJson());
    if (page.isObject())
        return withBody(answers.right, QJsonDocument(withFirstAgain(page.object()).toObject()).toJson());
    // A feed, with the words of its newest entry before it.
    const QByteArray &body = answers.right.body;
    const qsizetype begin = body.indexOf("<entry>");
    const qsizetype end = body.indexOf("</entry>");
    if (begin < 0 || end < begin)
        return answers.right;
    QByteArray other = body.mid(begin, end + 8 - begin);
    return withBody(answers.right,
                    QByteArray(body).insert(end + 8, other.replace("soup", "soap").replace("cake", "case")));
}

Answer hugeBody(const Received &, const Answers &)
{
    return Answer::generated(1'000'000'000);
}

Answer bomb(const Received &, const Answers &)
{
    return Answer::gzipBomb(40'000'000);
}

Answer smallBomb(const Received &, const Answers &answers)
{
    return Answer::gzipped(answers.right.body + QByteArray(12'000'000, ' '), "application/json");
}

Answer packed(const Received &, const Answers &answers)
{
    return Answer::gzipped(answers.right.body, "application/json");
}

template<int status>
Answer toItself(const Received &request, const Answers &)
{
    return Answer::redirect(QUrl(QString::fromLatin1(request.target)), status);
}

template<char const *const &place>
Answer elsewhere(const Received &, const Answers &)
{
    return Answer::redirect(QUrl(QString::fromLatin1(place)), 302);
}
constexpr const char *kFile = "file:///etc/passwd";
constexpr const char *kData = "data:application/json,{}";
constexpr const char *kPrivate = "https://10.0.0.1/";
constexpr const char *kOtherHost = "http://other.invalid/";
constexpr const char *kCredentials = "http://169.254.169.254/latest/meta-data/";

Answer wrongClock(const Received &, const Answers &answers)
{
    return answers.right.withHeader("Date", "Fri, 31 Dec 1999 23:59:59 GMT");
}

/// More lines than Qt reads of a header (100): it then waits for the rest until its time is over.
Answer cookies(const Received &, const Answers &answers)
{
    Answer changed = answers.right;
    for (int i = 0; i < 300; ++i)
        changed = changed.withHeader("Set-Cookie", "c" + QByteArray::number(i) + "=" + QByteArray(100, 'x'));
    return changed;
}

/// Longer than Qt reads, too: as above.
Answer hugeHeader(const Received &, const Answers &answers)
{
    return answers.right.withHeader("X-Huge", QByteArray(1'000'000, 'x'));
}

} // namespace

const std::vector<Behaviour> &behaviours()
{
    static const std::vector<Behaviour> all{
        {"429, nothing else said", false, &slowedDown<kNothing>},
        {"429, wait a second", false, &slowedDown<kSoon>},
        {"429, wait three million years", false, &slowedDown<kNever>},
        {"429, wait until 1970", false, &slowedDown<kLongAgo>},
        {"429, wait for nonsense", false, &slowedDown<kNonsense>},
        {"400", false, &refused<400>},
        {"401", false, &refused<401>},
        {"403", false, &refused<403>},
        {"404", false, &refused<404>},
        {"410", false, &refused<410>},
        {"422", false, &refused<422>},
        {"500", false, &refused<500>},
        {"500, and done all the same", true, &refused<500>},
        {"502 with a page of a proxy", false, &pageOfProxy<502>},
        {"503 with a page of a proxy", false, &pageOfProxy<503>},
        {"504, and done all the same", true, &pageOfProxy<504>},
        {"401 with a page", false, &pageOfProxy<401>},
        {"200 with the page of a hotel's network", false, &loggedOutPage},
        {"200 with nothing", true, &nothing},
        {"204", true, &noContent},
        {"another content type", true, &otherType},
        {"a byte order mark", true, &byteOrderMark},
        {"UTF-16", true, &utf16},
        {"broken UTF-8", true, &badUtf8},
        {"JSON 10,000 deep", true, &tooDeep},
        {"a number beyond all", true, &hugeNumber},
        {"a name twice", true, &twiceTheKeys},
        {"JSON of another shape", true, &otherShape},
        {"times of the year 2999", true, &fromTheFuture},
        {"the same page as before, for ever", true, &theSameAsBefore},
        {"the first page again", true, &theFirstAgain},
        {"an item twice, with other words", true, &twiceWithOtherWords},
        {"a body of 1 GB", true, &hugeBody},
        {"a gzip bomb", true, &bomb},
        {"a gzip of 12 MB of blanks", true, &smallBomb},
        {"gzip", true, &packed},
        {"half the headers, then the end", true, &faulty<Fault::CutHeaders>},
        {"half the body, then the end", true, &faulty<Fault::CutBody>},
        {"half of a chunk, then the end", true, &faulty<Fault::CutChunked>},
        {"a length that is too long", true, &faulty<Fault::LengthTooLong>},
        {"a length that is too short", true, &faulty<Fault::LengthTooShort>},
        {"no length", true, &faulty<Fault::NoLength>},
        {"the end after a whole answer", true, &faulty<Fault::CloseAfterAnswer>},
        {"the end instead of an answer", true, &faulty<Fault::DropAfterReading>},
        {"the end instead of an answer, and nothing done", false, &faulty<Fault::DropAfterReading>},
        {"silence", true, &faulty<Fault::StallBeforeHeaders>, true},
        {"silence within the headers", true, &faulty<Fault::StallInHeaders>, true},
        {"silence within the body", true, &faulty<Fault::StallInBody>, true},
        {"one byte at a time", true, &faulty<Fault::Drip>, true},
        {"a redirect to itself", false, &toItself<302>},
        {"a redirect to itself that keeps the body", false, &toItself<308>},
        {"a redirect to a file", false, &elsewhere<kFile>},
        {"a redirect to data", false, &elsewhere<kData>},
        {"a redirect into the local network", false, &elsewhere<kPrivate>},
        {"a redirect to another host", false, &elsewhere<kOtherHost>},
        {"a redirect to a cloud's credentials", false, &elsewhere<kCredentials>},
        {"a clock of 1999", true, &wrongClock},
        {"300 cookies", true, &cookies, true},
        {"a header of 1 MB", true, &hugeHeader, true},
    };
    return all;
}

} // namespace indelible::test

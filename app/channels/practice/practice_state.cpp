// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/practice/practice_state.h"

#include "app/channels/practice/practice_json.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSet>

#include <limits>

using namespace Qt::StringLiterals;

namespace indelible::channels::practice {

namespace {

constexpr int kFormat = 1;

Instant instantOf(const JsonNode &node)
{
    const auto instant = fromRfc3339(node.text());
    if (!instant)
        node.fail(u"not a date and time"_s);
    return *instant;
}

Answer answerOf(const JsonNode &node)
{
    node.allowOnly({"key"_L1, "conversation"_L1, "parent"_L1, "text"_L1, "at"_L1, "reaction"_L1});
    Answer answer;
    answer.key = QByteArray::fromHex(node["key"_L1].text().toLatin1());
    if (answer.key.isEmpty())
        node.fail(u"an answer without a key"_s);
    answer.conversation = node["conversation"_L1].text();
    answer.parent = node["parent"_L1].text();
    answer.text = node["text"_L1].text();
    answer.at = instantOf(node["at"_L1]);
    if (const auto reaction = node.find("reaction"_L1)) {
        reaction->allowOnly({"number"_L1, "at"_L1});
        answer.reaction = (*reaction)["number"_L1].number(0, std::numeric_limits<int>::max());
        answer.reactionAt = instantOf((*reaction)["at"_L1]);
    }
    return answer;
}

State parseState(const JsonNode &root)
{
    root.allowOnly({"format"_L1, "epoch"_L1, "journal"_L1, "answers"_L1});
    State state;
    state.epoch = instantOf(root["epoch"_L1]);
    for (const JsonNode &event : root["journal"_L1].list())
        state.journal.append(event.text());
    if (QSet<QString>(state.journal.begin(), state.journal.end()).size() != state.journal.size())
        root["journal"_L1].fail(u"an event is there twice"_s);
    for (const JsonNode &answer : root["answers"_L1].list())
        state.answers.push_back(answerOf(answer));
    return state;
}

QJsonObject toJson(const Answer &answer)
{
    QJsonObject object{{u"key"_s, QString::fromLatin1(answer.key.toHex())},
                       {u"conversation"_s, answer.conversation},
                       {u"parent"_s, answer.parent},
                       {u"text"_s, answer.text},
                       {u"at"_s, toRfc3339(answer.at)}};
    if (answer.reaction >= 0)
        object.insert(u"reaction"_s,
                      QJsonObject{{u"number"_s, answer.reaction}, {u"at"_s, toRfc3339(answer.reactionAt)}});
    return object;
}

} // namespace

QString statePath(const QString &dataFolder)
{
    return QDir(dataFolder).absoluteFilePath(u"practice-network.json"_s);
}

Result<std::optional<State>> loadState(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return std::optional<State>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            ErrorKind::Storage,
            u"The practice network's file %1 cannot be opened (%2); what the inbox holds is safe, allow reading it and check again."_s
                .arg(path, file.errorString()));
    try {
        const JsonNode root = JsonNode::parse(file.readAll());
        if (root["format"_L1].number(1, std::numeric_limits<int>::max()) > kFormat)
            return failure(
                ErrorKind::NewerSchema,
                u"The practice network's file %1 was written by a newer version of the program; what the inbox holds is safe, use that version to go on."_s
                    .arg(path));
        return std::optional<State>(parseState(root));
    } catch (const JsonNode::Failure &failed) {
        return failure(
            ErrorKind::Damaged,
            u"The practice network's file %1 is damaged (%2); the inbox's own history is safe, remove the file to start the practice network anew."_s
                .arg(path, failed.sentence()));
    }
}

Result<void> saveState(const QString &path, const State &state)
{
    QJsonArray answers;
    for (const Answer &answer : state.answers)
        answers.append(toJson(answer));
    const QJsonObject root{{u"format"_s, kFormat},
                           {u"epoch"_s, toRfc3339(state.epoch)},
                           {u"journal"_s, QJsonArray::fromStringList(state.journal)},
                           {u"answers"_s, answers}};
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(root).toJson()) < 0 || !file.commit())
        return failure(
            ErrorKind::Storage,
            u"The practice network's file %1 cannot be written (%2); nothing has changed, make room or allow writing and try again."_s
                .arg(path, file.errorString()));
    return {};
}

} // namespace indelible::channels::practice

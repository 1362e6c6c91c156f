// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_position.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

QJsonObject toJson(const FolderPosition &folder)
{
    return {{"validity"_L1, static_cast<qint64>(folder.validity)}, {"last"_L1, static_cast<qint64>(folder.last)}};
}

quint32 number(const QJsonValue &value)
{
    return static_cast<quint32>(std::clamp<qint64>(value.toInteger(), 0, std::numeric_limits<quint32>::max()));
}

FolderPosition folderFrom(const QJsonObject &object)
{
    return {number(object.value("validity"_L1)), number(object.value("last"_L1))};
}

} // namespace

Cursor writePosition(const Position &position)
{
    const QJsonObject object{{"part"_L1, position.part == Position::Part::Inbox ? "inbox"_L1 : "sent"_L1},
                             {"sent"_L1, toJson(position.sent)},
                             {"inbox"_L1, toJson(position.inbox)},
                             {"threads"_L1, position.threads.toJson()}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Position readPosition(const Cursor &cursor)
{
    const QJsonObject object = QJsonDocument::fromJson(cursor).object();
    Position position;
    if (object.value("part"_L1) == "inbox"_L1)
        position.part = Position::Part::Inbox;
    position.sent = folderFrom(object.value("sent"_L1).toObject());
    position.inbox = folderFrom(object.value("inbox"_L1).toObject());
    position.threads = MailThreads::fromJson(object.value("threads"_L1).toArray());
    return position;
}

std::vector<quint32> nextUids(std::vector<quint32> found, quint32 last)
{
    std::erase_if(found, [last](quint32 uid) { return uid <= last; });
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > kMailsAtOnce)
        found.resize(kMailsAtOnce);
    return found;
}

} // namespace indelible::channels::mail

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_threads.h"

#include "app/channels/mail/mail_address.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace indelible::channels::mail {

namespace {

constexpr qsizetype kHashBytes = 9; ///< twelve letters; two alike among thousands are not to be expected

QString shortHash(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.first(kHashBytes).toBase64(QByteArray::Base64UrlEncoding));
}

QString hashOfAddresses(const QStringList &addresses)
{
    QStringList sorted;
    for (const QString &address : addresses)
        sorted.append(comparable(address));
    sorted.sort();
    return shortHash(sorted.join(u' '));
}

} // namespace

void MailThreads::remember(const QString &id, Known known)
{
    if (m_known.contains(id))
        m_order.removeOne(id);
    m_known.insert(id, known);
    m_order.append(id);
    if (m_order.size() > kIdsRemembered)
        m_known.remove(m_order.takeFirst());
}

void MailThreads::placeBounce(Mail &mail) const
{
    const QString sentTo = m_known.value(shortHash(mail.bounce->messageId)).sentTo;
    if (sentTo.isEmpty())
        return;
    mail.item = mail.bounce->item;
    // Whoever knows the name of a mail of ours must not be able to turn our next one to other people.
    if (hashOfAddresses(mail.bounce->reply.to) == sentTo)
        mail.item.reply = mail::toJson(mail.bounce->reply);
    mail.references = mail.bounce->references;
    mail.references.append(mail.bounce->messageId);
}

void MailThreads::place(Mail &mail)
{
    if (mail.bounce)
        placeBounce(mail);
    RemoteItem &item = mail.item;
    QString own = shortHash(item.remoteId);
    const QString taken = m_known.value(own).fingerprint;
    if (!taken.isEmpty() && taken != mail.fingerprint) {
        item.remoteId = mail.headerHash;
        own = shortHash(item.remoteId);
    }
    QString thread = m_known.value(own).thread;
    for (auto id = mail.references.crbegin(); id != mail.references.crend() && thread.isEmpty(); ++id)
        thread = m_known.value(shortHash(*id)).thread;
    if (thread.isEmpty())
        thread = mail.references.isEmpty() ? own : shortHash(mail.references.first());
    for (const QString &id : std::as_const(mail.references)) {
        const QString hash = shortHash(id);
        if (!m_known.contains(hash))
            remember(hash, {thread, {}});
    }
    const bool isOurs = item.direction == Direction::Outgoing;
    remember(own, {thread, mail.fingerprint, isOurs ? hashOfAddresses(mail.recipients) : m_known.value(own).sentTo});
    item.threadId = thread;
    item.parentId = mail.references.isEmpty() ? QString() : mail.references.last();
}

QJsonArray MailThreads::toJson() const
{
    QJsonArray array;
    for (const QString &id : m_order) {
        const Known known = m_known.value(id);
        QStringList parts{id, known.thread, known.fingerprint};
        if (!known.sentTo.isEmpty())
            parts.append(known.sentTo);
        array.append(parts.join(u' '));
    }
    return array;
}

MailThreads MailThreads::fromJson(const QJsonArray &array)
{
    MailThreads threads;
    for (const auto &entry : array) {
        const QStringList parts = entry.toString().split(u' ');
        if ((parts.size() == 3 || parts.size() == 4) && !parts.at(0).isEmpty() && !parts.at(1).isEmpty())
            threads.remember(parts.at(0), {parts.at(1), parts.at(2), parts.value(3)});
    }
    return threads;
}

} // namespace indelible::channels::mail

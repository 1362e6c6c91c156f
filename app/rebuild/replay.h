// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/domain/ids.h"
#include "app/record/entry.h"
#include "app/store/connection.h"
#include "app/store/conversation_table.h"
#include "app/store/record_table.h"
#include "app/store/seal_table.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

namespace indelible::rebuild {

/// Does again, entry after entry, what each entry of the record says was done, in an empty database of the newest
/// schema. Who is at the desk, the accounts, and to which account a conversation belongs are taken from the old
/// database, and what a sealed entry once said, as far as the tables still hold it. Belongs to one thread; the caller
/// has a transaction open on the new database.
class Replay
{
public:
    Replay(store::Connection &from, store::Connection &to);

    /// In the order of the record. Throws StoreException: Damaged, Storage, DiskFull.
    void take(const store::RecordRow &row);
    /// What lists show of each conversation follows from its items, once they are all there.
    void finish();

private:
    struct Event;

    void takeSealed(const store::RecordRow &row, const record::Entry &entry);
    void copyRow(const store::RecordRow &row, const record::Entry &entry);
    void apply(const Event &event);
    void seeItem(const Event &event);
    void editItem(const Event &event);
    void loseItem(const Event &event);
    void markConversation(const Event &event);
    void assign(const Event &event);
    void addNote(const Event &event);
    void openCase(const Event &event);
    void changeCase(const Event &event);
    void intend(const Event &event);
    void attempt(const Event &event);
    void endAttempt(const Event &event);
    void insertSent(const Event &event, OutboxId id);
    void eraseWords(const Event &event);
    void hold(const Event &event);
    void seeSealed(const Event &event);
    void editSealed(const Event &event);
    void intendSealed(const Event &event);
    void openSealedCase(const Event &event);
    qint64 sealedHandle(const store::ItemRow &old);
    store::ConversationKey sealedConversation(const QByteArray &subject);
    store::ConversationKey conversationOf(const Event &event);
    ConversationId knownConversation(const QByteArray &subject) const;
    void addEvent(const Event &event, ConversationEvent::Kind kind, std::optional<ConversationId> conversation,
                  std::optional<CaseId> caseId);

    store::Connection &m_from;
    store::Connection &m_to;
    QHash<qint64, qint64> m_sealed;       ///< entry -> the one that says so
    QHash<QByteArray, qint64> m_accounts; ///< by the subject of the conversation
    QHash<qint64, QString> m_networks;    ///< by account
    QHash<QByteArray, store::ConversationKey> m_conversations;
    QHash<QByteArray, CaseId> m_cases;
    QHash<qint64, OutboxId> m_outbox; ///< by the entry of the intent
    QSet<ConversationId> m_touched;
};

} // namespace indelible::rebuild

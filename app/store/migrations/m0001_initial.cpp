// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/store/migrations/migrations.h"

#include <array>

using namespace Qt::StringLiterals;

namespace indelible::store {

namespace {

// Remote ids are TEXT whatever they look like: "0012" and 18446744073709551615 must come back as they were.
// Times are milliseconds since 1970, UTC. Enumerations are the numbers of app/domain.
constexpr std::array kTables{
    R"(CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE member (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT)",
    R"(CREATE TABLE account (
        id INTEGER PRIMARY KEY, channel TEXT NOT NULL, network TEXT NOT NULL, remote_id TEXT NOT NULL, handle TEXT NOT NULL,
        name TEXT NOT NULL, server TEXT NOT NULL, secret_key TEXT NOT NULL, state INTEGER NOT NULL, state_detail TEXT NOT NULL, retry_at_ms INTEGER,
        last_good_fetch_ms INTEGER, cursor BLOB NOT NULL, connected_at_ms INTEGER NOT NULL, subject BLOB NOT NULL,
        UNIQUE (channel, network, remote_id)) STRICT)",
    R"(CREATE TABLE handle (
        id INTEGER PRIMARY KEY, network TEXT NOT NULL, remote_id TEXT NOT NULL, handle TEXT NOT NULL, name TEXT NOT NULL,
        UNIQUE (network, remote_id)) STRICT)",

    // The record. Formats are frozen: see app/record/README.md.
    R"(CREATE TABLE record_state (
        one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), log_id BLOB NOT NULL CHECK (length(log_id) = 16),
        n INTEGER NOT NULL, frontier BLOB NOT NULL, last_time_ms INTEGER NOT NULL) STRICT)",
    R"(CREATE TABLE record_entry (idx INTEGER NOT NULL PRIMARY KEY, entry BLOB NOT NULL CHECK (length(entry) = 108)) STRICT)",
    R"(CREATE TABLE record_body (idx INTEGER NOT NULL PRIMARY KEY REFERENCES record_entry (idx), salt BLOB NOT NULL CHECK (length(salt) = 32), body BLOB NOT NULL) STRICT)",
    R"(CREATE TABLE record_node (lvl INTEGER NOT NULL CHECK (lvl IN (8, 16)), pos INTEGER NOT NULL, h BLOB NOT NULL CHECK (length(h) = 32), PRIMARY KEY (lvl, pos)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE record_subject (subject BLOB NOT NULL PRIMARY KEY CHECK (length(subject) = 16), next_seq INTEGER NOT NULL, last_idx INTEGER NOT NULL) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE case_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT, subject BLOB NOT NULL UNIQUE, title TEXT NOT NULL, status INTEGER NOT NULL,
        owner TEXT NOT NULL, person TEXT NOT NULL, opened_at_ms INTEGER NOT NULL, changed_at_ms INTEGER NOT NULL) STRICT)",
    // `urgency` is the order of "most urgent first" as one number in bands, so that one index serves every view: see
    // app/store/conversation_table.h.
    R"(CREATE TABLE conversation (
        id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), thread_id TEXT NOT NULL, subject BLOB NOT NULL,
        handle_id INTEGER REFERENCES handle (id), kind INTEGER NOT NULL, audience INTEGER NOT NULL, stars INTEGER,
        turn INTEGER NOT NULL, unread INTEGER NOT NULL, edited INTEGER NOT NULL, gone INTEGER NOT NULL, item_count INTEGER NOT NULL,
        last_at_ms INTEGER NOT NULL, snippet TEXT NOT NULL, due_at_ms INTEGER, urgency INTEGER NOT NULL, owner TEXT NOT NULL,
        case_id INTEGER REFERENCES case_file (id), done_item_id INTEGER NOT NULL, refreshed_at_ms INTEGER NOT NULL,
        UNIQUE (account_id, thread_id)) STRICT)",
    // `ordered_at_ms` is when it was written, but never later than when it came: an item from the future must not stay
    // on top. `entry` is the record entry that holds the newest text; earlier texts are in `revision`. The text is
    // nowhere else.
    R"(CREATE TABLE item (
        id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account (id), remote_id TEXT NOT NULL,
        conversation_id INTEGER NOT NULL REFERENCES conversation (id), handle_id INTEGER NOT NULL REFERENCES handle (id),
        direction INTEGER NOT NULL, ordered_at_ms INTEGER NOT NULL, received_at_ms INTEGER NOT NULL, version TEXT NOT NULL,
        entry INTEGER NOT NULL REFERENCES record_entry (idx), gone INTEGER, gone_at_ms INTEGER, member_id INTEGER REFERENCES member (id),
        UNIQUE (account_id, remote_id)) STRICT)",
    R"(CREATE TABLE revision (
        item_id INTEGER NOT NULL REFERENCES item (id), entry INTEGER NOT NULL REFERENCES record_entry (idx), seen_at_ms INTEGER NOT NULL,
        PRIMARY KEY (item_id, entry)) STRICT, WITHOUT ROWID)",
    R"(CREATE TABLE event (
        id INTEGER PRIMARY KEY, conversation_id INTEGER REFERENCES conversation (id), case_id INTEGER REFERENCES case_file (id),
        kind INTEGER NOT NULL, at_ms INTEGER NOT NULL, member_id INTEGER REFERENCES member (id), entry INTEGER NOT NULL REFERENCES record_entry (idx)) STRICT)",
    R"(CREATE TABLE draft (
        conversation_id INTEGER NOT NULL PRIMARY KEY REFERENCES conversation (id), text TEXT NOT NULL, audience INTEGER NOT NULL,
        note INTEGER NOT NULL, saved_at_ms INTEGER NOT NULL) STRICT)",
    // The text is the body of the entry `intent`; a sent answer's item points at the same entry.
    R"(CREATE TABLE outbox (
        id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL REFERENCES conversation (id), account_id INTEGER NOT NULL REFERENCES account (id),
        member_id INTEGER NOT NULL REFERENCES member (id), intent INTEGER NOT NULL REFERENCES record_entry (idx), parent_id TEXT NOT NULL,
        audience INTEGER NOT NULL, key BLOB NOT NULL, state INTEGER NOT NULL, created_at_ms INTEGER NOT NULL, not_before_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL, looked_at_ms INTEGER NOT NULL, detail TEXT NOT NULL, remote_id TEXT, UNIQUE (account_id, remote_id)) STRICT)",
    // rowid = record entry; holds the index only, not the text.
    R"(CREATE VIRTUAL TABLE item_text USING fts5 (text, author, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'))",
};

constexpr std::array kIndexes{
    "CREATE INDEX item_in_conversation ON item (conversation_id, ordered_at_ms, id)",
    "CREATE UNIQUE INDEX item_of_entry ON item (entry)",
    "CREATE INDEX revision_of_entry ON revision (entry)",
    "CREATE INDEX event_in_conversation ON event (conversation_id, at_ms, id)",
    "CREATE INDEX event_in_case ON event (case_id, at_ms, id)",
    "CREATE INDEX conversation_by_urgency ON conversation (urgency, id)",
    "CREATE INDEX conversation_by_time ON conversation (last_at_ms, id)",
    "CREATE INDEX conversation_turn_time ON conversation (turn, last_at_ms, id)",
    "CREATE INDEX conversation_of_account ON conversation (account_id, urgency, id)",
    "CREATE INDEX conversation_of_owner ON conversation (owner, urgency, id)",
    "CREATE INDEX conversation_case ON conversation (case_id) WHERE case_id IS NOT NULL",
    "CREATE INDEX outbox_open ON outbox (account_id, state, not_before_ms) WHERE state IN (1, 2, 4, 5)",
    "CREATE INDEX outbox_in_conversation ON outbox (conversation_id)",
};

// Nothing is ever silently deleted (R1), and the record only grows. These stop mistakes of the program's own; that a
// file was changed by something else is found by verifying the record.
constexpr std::array kKept{"account",      "handle",      "conversation", "item",          "revision",
                           "event",        "outbox",      "case_file",    "member",        "record_state",
                           "record_entry", "record_body", "record_node",  "record_subject"};

constexpr std::array kTriggers{
    R"(CREATE TRIGGER record_entry_is_next BEFORE INSERT ON record_entry WHEN NEW.idx IS NOT (SELECT n FROM record_state)
       BEGIN SELECT RAISE(ABORT, 'record entries are numbered without a gap'); END)",
    R"(CREATE TRIGGER record_entry_stays BEFORE UPDATE ON record_entry BEGIN SELECT RAISE(ABORT, 'record entries are never changed'); END)",
    R"(CREATE TRIGGER record_body_stays BEFORE UPDATE ON record_body BEGIN SELECT RAISE(ABORT, 'record bodies are never changed'); END)",
    R"(CREATE TRIGGER record_node_stays BEFORE UPDATE ON record_node BEGIN SELECT RAISE(ABORT, 'record nodes are never changed'); END)",
    R"(CREATE TRIGGER record_state_once BEFORE INSERT ON record_state WHEN EXISTS (SELECT 1 FROM record_state)
       BEGIN SELECT RAISE(ABORT, 'a workspace has one record'); END)",
    R"(CREATE TRIGGER record_state_grows BEFORE UPDATE ON record_state WHEN NEW.n <> OLD.n + 1 OR NEW.log_id <> OLD.log_id
       BEGIN SELECT RAISE(ABORT, 'the record only grows'); END)",
    R"(CREATE TRIGGER revision_stays BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END)",
    R"(CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END)",
};

} // namespace

void m0001Initial(Connection &connection)
{
    for (const char *sql : kTables)
        connection.execute(QString::fromLatin1(sql));
    for (const char *sql : kIndexes)
        connection.execute(QString::fromLatin1(sql));
    for (const char *sql : kTriggers)
        connection.execute(QString::fromLatin1(sql));
    for (const char *table : kKept)
        connection.execute(
            u"CREATE TRIGGER %1_is_kept BEFORE DELETE ON %1 BEGIN SELECT RAISE(ABORT, 'nothing is deleted here'); END"_s
                .arg(QLatin1StringView(table)));
}

} // namespace indelible::store

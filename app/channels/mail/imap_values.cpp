// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/imap_values.h"

#include <QDateTime>
#include <QTimeZone>

#include <cstring>

namespace indelible::channels::mail {

namespace {

/// Calls `function` with each element of a list.
template<typename T, typename Function>
void each(clist *list, Function function)
{
    for (clistiter *at = list ? clist_begin(list) : nullptr; at; at = clist_next(at)) {
        if (auto *element = static_cast<T *>(clist_content(at)))
            function(*element);
    }
}

/// Calls `function` with each static attribute of each mail in an answer; a mail's UID first.
template<typename Function>
void eachAttribute(clist *answer, Function function)
{
    each<mailimap_msg_att>(answer, [&function](const mailimap_msg_att &mail) {
        quint32 uid = 0;
        each<mailimap_msg_att_item>(mail.att_list, [&uid](const mailimap_msg_att_item &item) {
            if (item.att_type == MAILIMAP_MSG_ATT_ITEM_STATIC &&
                item.att_data.att_static->att_type == MAILIMAP_MSG_ATT_UID)
                uid = item.att_data.att_static->att_data.att_uid;
        });
        each<mailimap_msg_att_item>(mail.att_list, [&](const mailimap_msg_att_item &item) {
            if (uid != 0 && item.att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
                function(uid, *item.att_data.att_static);
        });
    });
}

std::optional<Instant> instantOf(const mailimap_date_time &when)
{
    const QDate day(when.dt_year, when.dt_month, when.dt_day);
    const QTime time(when.dt_hour, when.dt_min, when.dt_sec);
    if (!day.isValid() || !time.isValid() || when.dt_year < 1970)
        return std::nullopt;
    const int zone = (when.dt_zone / 100 * 60 + when.dt_zone % 100) * 60; // +0130 is 130
    return fromMs(QDateTime(day, time, Qt::UTC).toMSecsSinceEpoch() - zone * 1000LL);
}

/// `attribute` in small letters.
bool has(const mailimap_mailbox_list &folder, const QByteArray &attribute)
{
    bool found = false;
    if (folder.mb_flag) {
        each<mailimap_mbx_list_oflag>(folder.mb_flag->mbf_oflags, [&](const mailimap_mbx_list_oflag &flag) {
            found = found || (flag.of_type == MAILIMAP_MBX_LIST_OFLAG_FLAG_EXT && flag.of_flag_ext &&
                              QByteArray(flag.of_flag_ext).toLower() == attribute);
        });
    }
    return found;
}

/// Without the folders that it lies in, in small letters.
QByteArray nameOf(const mailimap_mailbox_list &folder)
{
    const QByteArray name = QByteArray(folder.mb_name).toLower();
    const qsizetype parent = folder.mb_delimiter ? name.lastIndexOf(folder.mb_delimiter) : -1;
    return name.sliced(parent + 1);
}

bool isSentByName(const mailimap_mailbox_list &folder)
{
    const QByteArray name = nameOf(folder);
    return name == "sent" || name == "sent items" || name == "sent messages" || name == "sent mail";
}

/// Where mails lie that were thrown away, or are none yet. Without an attribute, by the names of mail programs.
bool isDiscarded(const mailimap_mailbox_list &folder)
{
    static const QByteArrayList names{"trash", "deleted", "deleted items", "deleted messages", "junk",
                                      "spam",  "bulk",    "junk e-mail",   "drafts",           "outbox"};
    return has(folder, "trash") || has(folder, "junk") || has(folder, "drafts") || names.contains(nameOf(folder));
}

bool canBeOpened(const mailimap_mailbox_list &folder)
{
    const bool isNoSelect = folder.mb_flag && folder.mb_flag->mbf_type == MAILIMAP_MBX_LIST_FLAGS_SFLAG &&
                            folder.mb_flag->mbf_sflag == MAILIMAP_MBX_LIST_SFLAG_NOSELECT;
    return !isNoSelect && !has(folder, "noselect") && !has(folder, "nonexistent");
}

mailimap_set *setOf(const std::vector<quint32> &uids)
{
    mailimap_set *set = mailimap_set_new_empty();
    for (const quint32 uid : uids)
        mailimap_set_add_single(set, uid);
    return set;
}

int fetchWith(mailimap *imap, const std::vector<quint32> &uids, std::initializer_list<mailimap_fetch_att *> wanted,
              clist **answer)
{
    mailimap_fetch_type *type = mailimap_fetch_type_new_fetch_att_list_empty();
    for (mailimap_fetch_att *attribute : wanted)
        mailimap_fetch_type_new_fetch_att_list_add(type, attribute);
    mailimap_set *set = setOf(uids);
    const int code = mailimap_uid_fetch(imap, set, type, answer);
    mailimap_set_free(set);
    mailimap_fetch_type_free(type);
    return code;
}

} // namespace

SpecialFolders specialFoldersIn(clist *folders)
{
    SpecialFolders special;
    QByteArray byAttribute;
    QByteArray byName;
    QByteArrayList archives;
    QByteArrayList others;
    each<mailimap_mailbox_list>(folders, [&](const mailimap_mailbox_list &folder) {
        if (!folder.mb_name)
            return;
        if (byAttribute.isEmpty() && has(folder, "sent"))
            byAttribute = folder.mb_name;
        const bool isArchive = has(folder, "archive") || has(folder, "all");
        if (canBeOpened(folder) && !isDiscarded(folder) && QByteArray(folder.mb_name).toLower() != "inbox")
            (isArchive ? archives : others).append(folder.mb_name);
        if (byName.isEmpty() && isSentByName(folder))
            byName = folder.mb_name;
    });
    special.sent = byAttribute.isEmpty() ? byName : byAttribute;
    special.kept = {"INBOX"};
    if (!special.sent.isEmpty())
        special.kept.append(special.sent);
    for (const QByteArray &folder : archives + others) {
        if (!special.kept.contains(folder) && special.kept.size() < kMostFolders)
            special.kept.append(folder);
    }
    return special;
}

std::vector<quint32> numbersIn(clist *numbers)
{
    std::vector<quint32> all;
    each<uint32_t>(numbers, [&all](uint32_t number) { all.push_back(number); });
    return all;
}

std::vector<Listed> listedIn(clist *answer)
{
    std::vector<Listed> mails;
    eachAttribute(answer, [&mails](quint32 uid, const mailimap_msg_att_static &attribute) {
        if (mails.empty() || mails.back().uid != uid)
            mails.push_back({uid, 0, {}});
        if (attribute.att_type == MAILIMAP_MSG_ATT_RFC822_SIZE)
            mails.back().size = attribute.att_data.att_rfc822_size;
        else if (attribute.att_type == MAILIMAP_MSG_ATT_INTERNALDATE && attribute.att_data.att_internal_date)
            mails.back().arrivedAt = instantOf(*attribute.att_data.att_internal_date);
    });
    return mails;
}

QHash<quint32, QByteArray> bodiesIn(clist *answer)
{
    QHash<quint32, QByteArray> bodies;
    eachAttribute(answer, [&bodies](quint32 uid, const mailimap_msg_att_static &attribute) {
        if (attribute.att_type != MAILIMAP_MSG_ATT_BODY_SECTION || !attribute.att_data.att_body_section)
            return;
        const mailimap_msg_att_body_section &section = *attribute.att_data.att_body_section;
        if (section.sec_body_part)
            bodies.insert(uid, QByteArray(section.sec_body_part, static_cast<qsizetype>(section.sec_length)));
    });
    return bodies;
}

bool tellsOfMail(const QByteArray &line)
{
    const QByteArrayList words = line.toUpper().simplified().split(' ');
    bool isNumber = false;
    (void)words.value(1).toUInt(&isNumber);
    return words.first() == "*" && isNumber && (words.value(2) == "EXISTS" || words.value(2) == "EXPUNGE");
}

int fetchSizes(mailimap *imap, const std::vector<quint32> &uids, clist **answer)
{
    return fetchWith(
        imap, uids,
        {mailimap_fetch_att_new_uid(), mailimap_fetch_att_new_rfc822_size(), mailimap_fetch_att_new_internaldate()},
        answer);
}

int fetchBodies(mailimap *imap, const std::vector<quint32> &uids, qint64 mostBytes, clist **answer)
{
    mailimap_fetch_att *whole = mailimap_fetch_att_new_body_peek_section_partial(mailimap_section_new(nullptr), 0,
                                                                                 static_cast<uint32_t>(mostBytes));
    return fetchWith(imap, uids, {mailimap_fetch_att_new_uid(), whole}, answer);
}

int storeAnswered(mailimap *imap, quint32 uid)
{
    mailimap_flag_list *flags = mailimap_flag_list_new_empty();
    mailimap_flag_list_add(flags, mailimap_flag_new_answered());
    mailimap_store_att_flags *store = mailimap_store_att_flags_new_add_flags_silent(flags); // owns the flags
    mailimap_set *set = mailimap_set_new_single(uid);
    const int code = mailimap_uid_store(imap, set, store);
    mailimap_set_free(set);
    mailimap_store_att_flags_free(store);
    return code;
}

} // namespace indelible::channels::mail

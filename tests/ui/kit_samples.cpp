// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/kit_samples.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace indelible::test {

namespace {

Author person(const QString &name)
{
    return {"id:"_L1 + name, name.toLower().remove(u' '), name};
}

ConversationRow card(qint64 id, const QString &name, const QString &network, ItemKind kind, const QString &snippet)
{
    ConversationRow row;
    row.id = ConversationId(id);
    row.key = {id, id};
    row.account = AccountId(1);
    row.network = network;
    row.person = person(name);
    row.kind = kind;
    row.audience = kind == ItemKind::Message ? Audience::Private : Audience::Public;
    row.snippet = snippet;
    row.unread = true;
    return row;
}

void due(ConversationRow &row, std::chrono::minutes age, std::optional<std::chrono::minutes> left,
         std::chrono::minutes goal = 2h)
{
    row.lastAt = sampleNow() - age;
    if (left) {
        row.dueAt = sampleNow() + *left;
        row.lastAt = std::min(row.lastAt, *row.dueAt - goal);
    }
}

} // namespace

Instant sampleNow()
{
    return *fromRfc3339(u"2025-10-15T14:32:00Z"_s);
}

Instant sampleTime(const QString &time, int days)
{
    return *fromRfc3339(u"2025-10-15T%1:00Z"_s.arg(time)) - std::chrono::hours(24 * days);
}

ConversationRow plainRow(qint64 id)
{
    ConversationRow row = card(
        id, u"Person %1"_s.arg(id), u"bluesky"_s, ItemKind::Mention,
        u"Message number %1 with enough words for two lines, so that something has to be shortened at the end."_s.arg(
            id));
    row.unread = id % 3 == 0;
    row.lastAt = sampleNow() - std::chrono::minutes(id);
    row.dueAt = sampleNow() + std::chrono::minutes(id % 200);
    return row;
}

std::vector<ConversationRow> sampleRows()
{
    std::vector<ConversationRow> rows{
        card(1, u"Jonas Kettler"_s, u"bluesky"_s, ItemKind::Mention,
             u"Gestern um 17:40 standen wir vor verschlossener Tür, obwohl auf der Seite 18 Uhr steht. Schade!"_s),
        card(2, u"Rosalind Achterberg"_s, u"google-reviews"_s, ItemKind::Review,
             u"Thank you for answering. I would still like to know what happened, and what you will do about it."_s),
        card(3, u"Nadia Ferreira-Holt"_s, u"mastodon"_s, ItemKind::Mention,
             u"So the “small family bakery” charges £6.40 for a loaf and bins the rest at closing? Boosted by 212."_s),
        card(4, u"ليلى حداد"_s, u"instagram"_s, ItemKind::Message,
             u"وصلت الكعكة وكانت أجمل مما تخيلت! ابنتي لم تتوقف عن الابتسام، شكراً لكم جميعاً."_s),
        card(5, u"Marigold Bakehouse Gifts"_s, u"facebook"_s, ItemKind::Comment,
             u"CONGRATULATIONS!!! You won our FREE anniversary hamper, share and fill in the survey to claim…"_s),
        card(6, u"田中 美咲"_s, u"google-reviews"_s, ItemKind::Review,
             u"カルダモンロールが絶品でした。レジのトマシュさんがとても親切で、また必ず行きます。"_s),
        card(7, u"Camille Bessière"_s, u"email"_s, ItemKind::Message,
             u"Bonjour, avez-vous une tarte sans noisettes pour samedi ? Mon fils y est très allergique."_s),
        card(8, u"Mateo Quiroga"_s, u"mastodon"_s, ItemKind::Mention,
             u"Los bollos de hoy, todavía calientes. ¡Qué maravilla!"_s),
    };
    due(rows[0], 132min, -12min);
    due(rows[1], 74min, 36min);
    rows[1].stars = 1;
    rows[1].caseNumber = CaseId(1042);
    rows[1].edited = true;
    rows[1].gone = true;
    due(rows[2], 18min, 20min);
    due(rows[3], 25min, 95min);
    due(rows[4], 40min, {});
    due(rows[5], 3h, {});
    rows[5].stars = 5;
    due(rows[6], 4h, 118min);
    due(rows[7], 5h, {});
    for (size_t i = 4; i < rows.size(); ++i)
        rows[i].unread = false;
    rows[6].snippetIsDraft = true;
    rows[7].outbox = OutboxState::Sending;
    return rows;
}

ItemView sampleItem(qint64 id, const Author &author, const QString &text, Instant at)
{
    ItemView view;
    view.id = ItemId(id);
    view.conversation = ConversationId(2);
    view.item.remoteId = QString::number(id);
    view.item.author = author;
    view.item.text = text;
    view.item.createdAt = at;
    view.receivedAt = at;
    view.revisions = {{text, at, 100 + id}};
    view.entry = 100 + id;
    return view;
}

ConversationView sampleConversation()
{
    ConversationView view;
    view.row = sampleRows()[1];
    const Author rosalind = view.row.person;
    ItemView review = sampleItem(
        1, rosalind,
        u"Our wedding cake arrived on Saturday with the middle tier slid off its base. I rang three times and nobody picked up. Forty guests saw it."_s,
        sampleTime(u"09:58"_s));
    review.item.kind = ItemKind::Review;
    review.item.stars = 1;
    review.revisions = {
        {u"Our wedding cake arrived on Saturday with the middle tier slid off its base. I rang three times and nobody picked up. Worst bakery in town."_s,
         sampleTime(u"09:58"_s), 101},
        {review.item.text, sampleTime(u"10:21"_s), 102}};
    ItemView deleted = sampleItem(2, person(u"Geoff Marlowe"_s),
                                  u"Same with my sister’s christening cake. Never again."_s, sampleTime(u"10:40"_s));
    deleted.gone = RemoteGone::Reason::DeletedByAuthor;
    deleted.goneAt = sampleTime(u"11:00"_s);
    ItemView ours = sampleItem(
        3, person(u"Marigold"_s),
        u"Rosalind, I am so sorry. A wedding cake has one job and ours let you down. I have just tried your number and will ring again at noon. Inês, owner"_s,
        sampleTime(u"11:20"_s));
    ours.item.direction = Direction::Outgoing;
    ours.sentBy = u"Priya"_s;
    ours.entry = 18195;
    ItemView last = sampleItem(
        4, rosalind,
        u"Thank you for answering. I would still like to know what happened, and what you will do about it."_s,
        sampleTime(u"13:18"_s));
    view.items = {review, deleted, ours, last};
    view.events = {{ConversationEvent::Kind::CaseOpened, sampleTime(u"11:02"_s), u"Priya"_s,
                    u"Wedding cake arrived damaged"_s, CaseId(1042), 18193},
                   {ConversationEvent::Kind::Note,
                    sampleTime(u"11:30"_s),
                    u"Tomasz"_s,
                    u"Van log: cooler strap was loose on the ring road. Our fault."_s,
                    {},
                    18196}};
    return view;
}

ConversationView stateConversation()
{
    ConversationView view;
    view.row = sampleRows()[3];
    const Author layla = view.row.person;
    ItemView first = sampleItem(11, layla, u"مرحباً، أريد كعكة عيد ميلاد لطفلة عمرها ست سنوات، بدون مكسرات من فضلكم."_s,
                                sampleTime(u"10:12"_s, 2));
    first.item.language = u"ar"_s;
    first.item.media = {{u"image"_s, u"a cake with two candles"_s, u"https://example.org/cake.jpg"_s}};
    ItemView linked =
        sampleItem(12, layla, u"See https://example.org/menu and @marigold for more."_s, sampleTime(u"11:00"_s, 2));
    linked.item.links = {{4, 24, TextLink::Kind::Web, u"https://example.org/menu"_s},
                         {33, 9, TextLink::Kind::Person, u"did:x"_s}};
    ItemView answer =
        sampleItem(13, person(u"Marigold"_s), u"May I ask which counter you were at?"_s, sampleTime(u"13:20"_s));
    answer.item.direction = Direction::Outgoing;
    for (ItemView *item : {&first, &linked, &answer})
        item->item.audience = Audience::Private;
    view.items = {first, linked, answer};
    const auto outgoing = [&](qint64 id, OutboxState state, const QString &text, const QString &detail) {
        OutboxView out;
        out.id = OutboxId(id);
        out.conversation = view.row.id;
        out.state = state;
        out.text = text;
        out.detail = detail;
        out.createdAt = sampleTime(u"14:30"_s);
        return out;
    };
    view.outbox = {
        outgoing(1, OutboxState::Queued, u"You are right, and I am sorry you stood so long."_s, {}),
        outgoing(2, OutboxState::Sending, u"The second till opens at eleven."_s, {}),
        outgoing(3, OutboxState::Failed, u"We open a second till from today, 11:00."_s, u"signed out of Facebook"_s),
        outgoing(4, OutboxState::Unknown, u"See you tomorrow."_s,
                 u"the connection broke off while it was being sent. Look on the network before you send it again."_s)};
    view.outbox[0].notBefore = sampleNow() + 6s;
    return view;
}

ConversationView mailConversation()
{
    ConversationView view;
    view.row = sampleRows()[3];
    view.row.network = u"email"_s;
    const Author ana = view.row.person;
    ItemView first =
        sampleItem(21, ana,
                   u"The handle came off again, this time on the stairs. I send you two pictures and the "
                   "bill; what should I do with the basket?\n\nAna Lima\n\n"
                   "On Mon, 13 Oct 2025 at 09:00, Corner Bakery <shop@quay.example> wrote:\n\n"
                   "> We are sorry about the handle. See https://quay.example/handles\n>\n> > It came off.\n"_s,
                   sampleTime(u"10:12"_s));
    first.item.media = {
        {u"image"_s, u"basket-from-above.jpg"_s, {}},
        {u"file"_s, u"bill 1042.pdf"_s, {}},
        {u"file"_s,
         u"a-name-so-long-that-no-bubble-is-wide-enough-for-all-of-it-and-for-the-words-behind-it.pdf"_s,
         {}}};
    const auto link = static_cast<qsizetype>(first.item.text.indexOf(u"https"_s));
    first.item.links = {{link, 28, TextLink::Kind::Web, u"https://quay.example/handles"_s}};
    ItemView ours = sampleItem(22, person(u"Marigold"_s),
                               u"Keep it, please: we bring you a new one.\n\nFrom: Ana Lima\nSent: Wednesday\nTo: "
                               "Corner Bakery\nSubject: Order 1042\n\nThe handle came off again."_s,
                               sampleTime(u"11:00"_s));
    ours.item.direction = Direction::Outgoing;
    const ItemView arabic = sampleItem(23, ana,
                                       u"شكراً لكم، السلة الجديدة جميلة جداً.\n\n\u202Bفي ١٥ أكتوبر ٢٠٢٥ كتب Corner "
                                       "Bakery:\u202C\n\u202B> احتفظي بها من فضلك.\u202C\n"_s,
                                       sampleTime(u"13:20"_s));
    view.items = {first, ours, arabic};
    for (ItemView &item : view.items)
        item.item.audience = Audience::Private;
    return view;
}

ui::ThreadListModel::PageSource pagesOf(const std::vector<ConversationRow> &rows)
{
    return [&rows](const InboxQuery &query) {
        InboxPage page;
        for (const ConversationRow &row : rows) {
            if (query.after && row.key <= *query.after)
                continue;
            if (static_cast<int>(page.rows.size()) == query.limit) {
                page.next = page.rows.back().key;
                break;
            }
            page.rows.push_back(row);
        }
        return ready<InboxPage>(std::move(page));
    };
}

ui::ThreadListModel::RowSource rowsOf(const std::vector<ConversationRow> &rows)
{
    return [&rows](const InboxQuery &, const QList<ConversationId> &ids) {
        std::vector<ConversationRow> found;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(found),
                     [&ids](const ConversationRow &row) { return ids.contains(row.id); });
        return ready<std::vector<ConversationRow>>(std::move(found));
    };
}

} // namespace indelible::test

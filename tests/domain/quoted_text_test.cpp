// SPDX-License-Identifier: GPL-3.0-or-later
// The habits of mail programs, as they were seen to write; the words are ours.
#include "app/domain/quoted_text.h"
#include "tests/support/catch.h"

#include <QElapsedTimer>

#include <random>

using namespace Qt::StringLiterals;
using namespace indelible;

namespace {

struct Habit
{
    const char *name;
    QString words; ///< new, with the blank lines behind them
    QString quote;
};

std::vector<Habit> habits()
{
    const QString marked = u"> We are sorry.\n>\n> Call us!\n"_s;
    const QString line = u"> We are sorry.\n"_s;
    const auto attributed = [&](const char *name, const QString &attribution) {
        return Habit{name, u"The handle came off again.\n\n"_s, attribution + u"\n"_s + line};
    };
    const auto original = [&](const char *name, const QString &header) {
        return Habit{name, u"The handle came off again.\n\nAna\n\n"_s, header + u"\n\nWe are sorry.\nCall us!\n"_s};
    };
    return {
        {"marks alone", u"Thanks\n"_s, marked},
        {"marks in marks", u"Thanks\n\n"_s, u"> We are sorry.\n> > Why?\n>> Why?\n\n> bye"_s},
        {"HTML's quotation, without marks on blank lines", u"Thanks\n\n"_s,
         u"> We are sorry.\n\n> Call us!\n\n> Pri"_s},
        {"words stand directly above", u"Thanks!\n"_s, u"On 20/11/2026 09:00, Pri wrote:\n"_s + line},
        {"a signature stays with the words", u"Thanks\n-- \nAna Lima\n\n"_s,
         u"On 20/11/2026 09:00, Pri <shop@quay.example> wrote:\n\n"_s + marked},
        {"a subject and nothing else", u"my lawyer\n\n"_s, u"On 20/11/2026 09:00, Pri wrote:\n"_s + marked},
        {"Windows line ends", u"Thanks\r\n\r\n"_s, u"On 20/11/2026 09:00, Pri wrote:\r\n> We are sorry.\r\n"_s},
        attributed("Gmail", u"On Fri, Nov 20, 2026 at 9:00 AM Pri <shop@quay.example> wrote:\n"_s),
        attributed("Gmail, broken",
                   u"On Fri, Nov 20, 2026 at 9:00 AM Pri of the Quay Bakery\n<shop@quay.example> wrote:\n"_s),
        attributed("Gmail, the verb broken off",
                   u"On Fri, Nov 20, 2026 at 9:00 AM Pri <shop@quay.example>\nwrote:\n"_s),
        attributed("Apple", u"On 20 Nov 2026, at 09:00, Pri <shop@quay.example> wrote:\n"_s),
        attributed("German", u"Am Fr., 20. Nov. 2026 um 09:00 Uhr schrieb Pri <\nshop@quay.example>:\n"_s),
        attributed("German, broken before the verb",
                   u"Am Freitag, 20. November 2026\nschrieb Pri <shop@quay.example>:"_s),
        attributed("German, by name", u"Pri schrieb am 20.11.2026 um 09:00:"_s),
        attributed("French", u"Le ven. 20 nov. 2026 à 09:00, Pri <shop@quay.example> a écrit :\n"_s),
        attributed("Spanish", u"El vie, 20 nov 2026 a las 9:00, Pri (<shop@quay.example>)\nescribió:\n"_s),
        attributed("Dutch", u"Op vr 20 nov 2026 om 09:00 schreef Pri <shop@quay.example>:\n"_s),
        attributed("Italian", u"Il giorno ven 20 nov 2026 alle ore 09:00 Pri <shop@quay.example> ha scritto:\n"_s),
        attributed("Portuguese", u"Pri <shop@quay.example> escreveu (sexta, 20/11/2026 à(s) 09:00):\n"_s),
        attributed("Polish", u"pt., 20 lis 2026 o 09:00 Pri <shop@quay.example> napisał(a):\n"_s),
        attributed("Swedish", u"Den fre 20 nov. 2026 kl 09:00 skrev Pri <shop@quay.example>:\n"_s),
        attributed("Finnish", u"pe 20.11.2026 klo 9.00 Pri (shop@quay.example) kirjoitti:\n"_s),
        attributed("Czech", u"pá 20. 11. 2026 v 9:00 odesílatel Pri <shop@quay.example> napsal:\n"_s),
        attributed("Turkish", u"Pri <shop@quay.example>, 20 Kas 2026 Cum, 09:00 tarihinde şunu yazdı:\n"_s),
        attributed("Greek", u"Στις Παρ 20 Νοε 2026 στις 9:00 π.μ., ο χρήστης Pri <shop@quay.example> έγραψε:\n"_s),
        attributed("Russian", u"пт, 20 нояб. 2026 г. в 09:00, Pri <shop@quay.example>:\n"_s),
        attributed("Russian, with its verb", u"20.11.2026 09:00, Pri пишет:"_s),
        attributed(
            "Arabic",
            u"\u202Bفي الجمعة، ٢٠ نوفمبر ٢٠٢٦ في ٩:٠٠ ص تمت كتابة ما يلي بواسطة \u202APri\u202C\u200F <\u202Ashop@quay.example\u202C\u200F>:\u202C\n"_s),
        attributed(
            "Hebrew",
            u"\u202Bבתאריך יום ו׳, 20 בנוב׳ 2026 ב-9:00 מאת \u202APri\u202C\u200F <\u202Ashop@quay.example\u202C\u200F>:\u202C\n"_s),
        attributed("Chinese", u"Pri <shop@quay.example> 于2026年11月20日周五 09:00写道：\n"_s),
        attributed("Japanese", u"2026年11月20日(金) 9:00 Pri <shop@quay.example>:\n"_s),
        attributed("Korean", u"2026년 11월 20일 (금) 오전 9:00, Pri <shop@quay.example>님이 작성:\n"_s),
        original(
            "Outlook",
            u"From: Pri <shop@quay.example>\nSent: Friday, 20 November 2026 09:00\nTo: Ana Lima\nSubject: Re: Order 1042"_s),
        original("Outlook with a rule",
                 u"________________________________\nFrom: Pri\nSent: Friday\nTo: Ana\nCc: Ben\nSubject: Re: Order"_s),
        original("Outlook in bold", u"*From:* Pri\n*Sent:* Friday\n*To:* Ana\n*Subject:* Order"_s),
        original("Outlook of old", u"-----Original Message-----\nFrom: Pri\nSent: Friday\nTo: Ana\nSubject: Order"_s),
        original("Apple's header", u"From: Pri\nSubject: Order\nDate: 20 November 2026\nTo: Ana"_s),
        original("Outlook, German", u"Von: Pri\nGesendet: Freitag, 20. November 2026\nAn: Ana\nBetreff: AW: Kuchen"_s),
        original("German, divided", u"-----Ursprüngliche Nachricht-----\nVon: Pri"_s),
        original("GMX", u"-------- Original-Nachricht --------\nVon: Pri"_s),
        original("Outlook, French", u"De : Pri\nEnvoyé : vendredi\nÀ : Ana\nObjet : RE: gâteau"_s),
        original("French, divided", u"-----Message d'origine-----\nDe : Pri"_s),
        original("Outlook, Spanish", u"De: Pri\nEnviado el: viernes\nPara: Ana\nAsunto: RE: pastel"_s),
        original("Outlook, Dutch", u"Van: Pri\nVerzonden: vrijdag\nAan: Ana\nOnderwerp: RE: taart"_s),
        original("Outlook, Italian", u"Da: Pri\nInviato: venerdì\nA: Ana\nOggetto: R: torta"_s),
        original("Outlook, Portuguese", u"De: Pri\nEnviada em: sexta-feira\nPara: Ana\nAssunto: RES: bolo"_s),
        original("Outlook, Polish", u"Od: Pri\nWysłano: piątek\nDo: Ana\nTemat: ODP: ciasto"_s),
        original("Outlook, Arabic",
                 u"\u200Fمن: Pri\n\u200Fتاريخ الإرسال: الجمعة\n\u200Fإلى: Ana\n\u200Fالموضوع: كعكة"_s),
        original("Outlook, Chinese", u"发件人: Pri\n发送时间: 2026年11月20日\n收件人: Ana\n主题: 蛋糕"_s),
        original("deeper quotes below",
                 u"From: Pri\nSent: Friday\nTo: Ana\nSubject: Order\n\nHi\n\nOn 1 Nov 2026 Ana wrote:\n> Why?"_s),
        {"words from right to left", u"انكسر المقبض مرة أخرى.\n\n"_s,
         u"\u202Bفي ٢٠/١١/٢٠٢٦ كتب Pri:\u202C\n\u202B> نحن آسفون.\u202C\n"_s},
    };
}

} // namespace

TEST_CASE("what mail programs put below new words is told from them")
{
    for (const Habit &habit : habits()) {
        INFO(habit.name);
        const QString text = habit.words + habit.quote;
        const qsizetype start = quoteStart(text);
        CHECK(text.left(start).toStdString() == habit.words.toStdString());
        CHECK(text.left(start) + text.mid(start) == text);
        CHECK(quoteStart(text + u"\n \n\n"_s) == start);
    }
}

TEST_CASE("where there is doubt nothing counts as quoted")
{
    const QString by = u"On 20/11/2026 09:00, Pri wrote:\n"_s;
    const QString header = u"From: Pri\nSent: Friday\nTo: Ana\nSubject: Order\n\nWe are sorry.\n"_s;
    const std::pair<const char *, QString> texts[] = {
        {"nothing", QString()},
        {"words", u"The handle came off.\nFrom: the top.\nSubject: to change"_s},
        {"answers between quoted lines", u"Hi\n"_s + by + u"> Call us!\nNo.\n> Or write.\nWhy?\n"_s},
        {"answers between quoted lines, a quoted one last", u"Hi\n"_s + by + u"> Call us!\nNo.\n> a\n> b\n> c\n"_s},
        {"an answer below", u"Hi\n"_s + by + u"> a\n> b\n> c\n\nNo.\n"_s},
        {"a signature below", u"Hi\n"_s + by + u"> a\n> b\n> c\n\n-- \nAna\n"_s},
        {"nothing but a quotation", u"\n\n"_s + by + u"> a\n> b\n> c\n"_s},
        {"nothing but Outlook's quotation", header},
        {"a line that is quoted by hand", u"You wrote\n> Call us!\n"_s},
        {"two of them", u"My mother wrote:\n> Call us!\n> Or write.\n"_s},
        {"an arrow and a price", u"a -> b\n5 > 3\n"_s},
        {"Gmail's mail that is passed on",
         u"See below.\n\n---------- Forwarded message ---------\nFrom: Ben\nDate: Friday\nSubject: Cake\nTo: Ana\n\nGrey!\n"_s},
        {"Apple's, with marks", u"See below.\n\nBegin forwarded message:\n\n> From: Ben\n> Subject: Cake\n> Grey!\n"_s},
        {"Outlook's, known by the subject", u"FW: Cake\n\nSee below.\n\n"_s + header},
        {"Outlook's in German", u"WG: Kuchen\n\nSiehe unten.\n\n"_s + header},
        {"German, passed on",
         u"Siehe unten.\n-------- Weitergeleitete Nachricht --------\nVon: Ben\nDatum: gestern\nBetreff: x\n\nGrau!"_s},
        {"a header in two languages", u"Hi\n\nFrom: Pri\nGesendet: gestern\nOggetto: torta\n\nwords"_s},
        {"half a header", u"Hi\n\nFrom: Pri\nSent: Friday\n\nSubject: cake\n"_s},
        {"a divider of something else", u"Hi\n-----My message-----\nFrom me\n"_s},
    };
    for (const auto &[name, text] : texts) {
        INFO(name);
        CHECK(text.mid(quoteStart(text)).toStdString().empty());
    }
}

TEST_CASE("a sentence of the author's is never taken for the line that says who wrote")
{
    const QString words = u"I paid 20 euro.\n"_s;
    CHECK(quoteStart(words + u"<shop@quay.example> wrote:\n> Call us!\n"_s) == words.size());
    const QString undated = u"Hi, this is what he says\n"_s;
    CHECK(quoteStart(undated + u"<shop@quay.example> wrote:\n> Call us!\n"_s) == undated.size());
    const QString more = u"On the 20th the sugar was grey!\n"_s;
    CHECK(quoteStart(more + u"wrote:\n> a\n> b\n> c\n"_s) == (more + u"wrote:\n"_s).size());
}

TEST_CASE("whatever lines follow each other, the quotation is a tail behind words that are no quotation")
{
    const QStringList pieces{u"words"_s,
                             u""_s,
                             u"> quoted"_s,
                             u">"_s,
                             u"On 20/11/2026, Pri wrote:"_s,
                             u"wrote:"_s,
                             u"From: Pri"_s,
                             u"Sent: Friday"_s,
                             u"Subject: cake"_s,
                             u"-----Original Message-----"_s,
                             u"Fwd: cake"_s,
                             u"______"_s,
                             u"\u202B> اقتباس"_s};
    const quint32 seed = std::random_device()();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&random](qsizetype most) { return static_cast<qsizetype>(random()) % most; };
    for (int round = 0; round < 20'000; ++round) {
        QStringList lines;
        for (qsizetype i = below(12); i > 0; --i)
            lines.append(pieces.at(below(pieces.size())));
        const QString text = lines.join(u'\n');
        INFO(text.toStdString());
        const qsizetype start = quoteStart(text);
        REQUIRE(start >= 0);
        REQUIRE(start <= text.size());
        if (start == text.size())
            continue;
        const QString words = text.left(start);
        REQUIRE((!words.trimmed().isEmpty() && words.endsWith(u'\n')));
        REQUIRE_FALSE((u'\n' + words).contains("\n>"_L1));
        const QString quote = text.mid(start);
        const bool isMarked = quote.contains(u'>');
        REQUIRE(
            (isMarked || quote.startsWith("From"_L1) || quote.startsWith("-----"_L1) || quote.startsWith("___"_L1)));
    }
}

TEST_CASE("a million letters take no noticeable time")
{
    constexpr qsizetype kLetters = 1'000'000;
    struct Text
    {
        QString line;
        qint64 mostMs;
    };
    for (const Text &each : {Text{u">\n"_s, 500}, Text{u"> x\n"_s, 500}, Text{u"From:\n"_s, 1500}, Text{u":\n"_s, 1500},
                             Text{u"From: a Sent: b Subject: c you forwarded it to me before:\n"_s, 1500}}) {
        INFO(each.line.toStdString());
        const QString text = u"words\n"_s + each.line.repeated(kLetters / each.line.size());
        QElapsedTimer timer;
        timer.start();
        (void)quoteStart(text);
        CHECK(timer.elapsed() < each.mostMs);
    }
}

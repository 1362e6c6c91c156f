// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/html/html_text.h"
#include "app/html/html_tree.h"
#include "app/html/without_tags.h"
#include "tests/support/catch.h"

#include <QElapsedTimer>

using namespace indelible;
using namespace indelible::html;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const QString &html)
{
    return textOfHtml(html).text;
}

QString nested(const QString &tag, int depth, const QString &inside)
{
    return u"<%1>"_s.arg(tag).repeated(depth) + inside + u"</%1>"_s.arg(tag).repeated(depth);
}

} // namespace

TEST_CASE("paragraphs stand apart by a blank line and breaks are lines")
{
    CHECK(textOf(u"<p>cold soup</p><p>again</p>"_s) == u"cold soup\n\nagain"_s);
    CHECK(textOf(u"cold<br>soup<br/>again"_s) == u"cold\nsoup\nagain"_s);
    CHECK(textOf(u"<p>a<br></p><p>b</p>"_s) == u"a\n\nb"_s);
    CHECK(textOf(u"<div>a</div><div>b</div>"_s) == u"a\nb"_s);
    CHECK(textOf(u"plain"_s) == u"plain"_s);
    CHECK(textOf(QString()).isEmpty());
}

TEST_CASE("white space flows as in a browser, and is kept where it is preformatted")
{
    CHECK(textOf(u"  so \n\t much   <b> space </b> . "_s) == u"so much space ."_s);
    CHECK(textOf(u"<pre>if x:\n    y()</pre>after"_s) == u"if x:\n    y()\n\nafter"_s);
    CHECK(textOf(u"10&nbsp;€"_s) == u"10\u00a0€"_s);
}

TEST_CASE("lists are lines, quotations are marked")
{
    CHECK(textOf(u"<ul><li>bread</li><li>rolls</li></ul>"_s) == u"• bread\n• rolls"_s);
    CHECK(textOf(u"<p>Do:</p><ol><li><p>call</p></li><li>bake</li></ol>then"_s) ==
          u"Do:\n\n1. call\n2. bake\n\nthen"_s);
    CHECK(textOf(u"<blockquote>you said<br>so</blockquote><p>No.</p>"_s) == u"> you said\n> so\n\nNo."_s);
}

TEST_CASE("of other elements the text stays and of scripts and styles nothing")
{
    CHECK(textOf(u"<article><marquee>hello</marquee> <blink>you</blink></article>"_s) == u"hello you"_s);
    CHECK(
        textOf(
            u"a<script>alert('x')</script><style>p{}</style><!-- no --><svg><text>s</text></svg><iframe>i</iframe>b"_s) ==
        u"ab"_s);
    CHECK(textOf(u"<html><head><title>T</title></head><body onload=\"x()\">in</body></html>"_s) == u"in"_s);
    CHECK(textOf(u"<img src=\"file:///etc/passwd\" onerror=\"x()\">after"_s) == u"after"_s);
    CHECK(textOf(u"<table><tr><td>one</td><td>two</td></tr><tr><td>three</td></tr></table>"_s) == u"one two\nthree"_s);
}

TEST_CASE("a server's own emoji is its code, and no other picture says anything")
{
    CHECK(
        textOf(
            u"<p>So good <img class='custom-emoji' src='https://a.example/b.png' alt=':blob_cake2:' title=':x:'>!</p>"_s) ==
        u"So good :blob_cake2:!"_s);
    CHECK(textOf(u"a <img alt=':größe:'> b"_s) == u"a :größe: b"_s);
    for (const QString &other :
         {u"<img>"_s, u"<img alt>"_s, u"<img alt='Our logo'>"_s, u"<img alt='::'>"_s, u"<img alt=':a b:'>"_s,
          u"<img alt=':a:\n'>"_s, u"<img alt=':%1:'>"_s.arg(QString(200, u'a'))})
        CHECK(textOf(u"a"_s + other + u"b"_s) == u"ab"_s);
}

TEST_CASE("a link keeps its address, and all of its text although the network shortens it")
{
    const HtmlText read = textOfHtml(
        u"<p>see <a href=\"https://example.org/a/long/way\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/a/</span><span class=\"invisible\">long/way</span></a>.</p>"_s);
    CHECK(read.text == u"see https://example.org/a/long/way."_s);
    CHECK(read.links == std::vector<TextLink>{{4, 30, TextLink::Kind::Web, u"https://example.org/a/long/way"_s}});
}

TEST_CASE("a link whose text names another place keeps the place it leads to")
{
    const HtmlText read = textOfHtml(u"<a href=\"https://evil.example/x\">https://bank.example</a>"_s);
    REQUIRE(read.links.size() == 1);
    CHECK(read.links.front().target == u"https://evil.example/x"_s);
    CHECK(read.text == u"https://bank.example"_s);
}

TEST_CASE("only web addresses without a user name are links")
{
    for (const auto *bad : {u"javascript:alert(1)", u"data:text/html,x", u"file:///etc/passwd", u"/relative", u"",
                            u"https://bank.example@evil.example", u"https://@evil.example", u"gopher://x.example",
                            u"https://", u"mailto:a@b.example", u"https://a b.example"}) {
        INFO(QString::fromUtf16(bad).toStdString());
        CHECK(textOfHtml(u"<a href=\"%1\">x</a>"_s.arg(QString::fromUtf16(bad))) == HtmlText{u"x"_s, {}});
    }
    CHECK(linkTarget(u" http://example.org "_s) == u"http://example.org"_s);
    CHECK_FALSE(linkTarget(u"https://example.org/"_s + QString(5000, u'a')));
    CHECK(textOfHtml(u"<a href=\"https://example.org\"> </a>"_s).links.empty());
}

TEST_CASE("links lie in the text, around white space and in one another")
{
    const HtmlText read = textOfHtml(
        u"<p>a <a href=\"https://one.example\"> one </a> b</p><p><a href=\"https://two.example\">t<p>w</p>o</a></p>"_s);
    for (const TextLink &link : read.links) {
        CHECK(link.length > 0);
        CHECK(link.start + link.length <= read.text.size());
    }
    REQUIRE_FALSE(read.links.empty());
    CHECK(read.text.mid(read.links.front().start, read.links.front().length) == u"one"_s);
}

TEST_CASE("what is too deep, too large or made to grow loses its tree and keeps its words, quickly")
{
    const QString wide = u"<p>word</p>"_s.repeated(100'000);
    const QString deep = nested(u"div"_s, 40'000, u"deep"_s);
    QString tangled = u"<p>"_s;
    for (int i = 0; i < 4000; ++i)
        tangled += u"<b a%1>"_s.arg(i);
    tangled += u"</p><p>tangled"_s.repeated(2000);
    for (const QString &hostile : {wide, deep, tangled}) {
        INFO(hostile.left(30).toStdString());
        QElapsedTimer timer;
        timer.start();
        CHECK_FALSE(HtmlTree::parse(hostile.toUtf8()));
        const HtmlText read = textOfHtml(hostile);
        CHECK(read.links.empty());
        CHECK(read.text.size() >= 4);
        CHECK_FALSE(read.text.contains(u'<'));
        CHECK(timer.elapsed() < 5000);
    }
    CHECK(textOf(wide).count(u"word"_s) == 100'000);
    CHECK(textOf(tangled).count(u"tangled"_s) == 2000);
}

TEST_CASE("deep nesting that still fits is read")
{
    CHECK(HtmlTree::parse(nested(u"i"_s, 500, u"x"_s).toUtf8()));
    CHECK(textOf(nested(u"blockquote"_s, 500, u"x"_s)).endsWith(u"> x"_s));
}

TEST_CASE("without its tags the words of a text are the same")
{
    CHECK(withoutTags(u"<p>a &amp; b &#x26; c &#38; &lt;d&gt; &unknown; &</p><p>e<br>f</p>"_s) ==
          u"a & b & c & <d> &unknown; &\n\ne\nf"_s);
    CHECK(withoutTags(u"a<script>x < y</script>b<!-- <p>c</p> -->d<style>p</style>"_s) == u"abd"_s);
    CHECK(withoutTags(u"1 < 2 <3 <b"_s) == u"1 < 2 <3"_s);
    CHECK(withoutTags(u"&#xD800;&#0;&#x110000;"_s).size() > 0);
}

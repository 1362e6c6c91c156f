// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mastodon/mastodon_threads.h"
#include "tests/channels/mastodon_support.h"
#include "tests/support/catch.h"

using namespace indelible;
using namespace indelible::channels::mastodon;
using namespace indelible::test;
using namespace Qt::StringLiterals;

namespace {

Status made(const QString &id, const QString &inReplyTo = {}, Audience audience = Audience::Public)
{
    Status status;
    status.id = id;
    status.inReplyToId = inReplyTo;
    status.item.remoteId = uriOf(id);
    status.item.audience = audience;
    return status;
}

/// "child>parent@thread" for each.
QString named(std::vector<Status> statuses, const QStringList &known = {})
{
    nameThreads(statuses, [&](const QString &uri) { return known.contains(uri); });
    QStringList parts;
    const auto last = [](const QString &uri) { return uri.mid(uri.lastIndexOf(u'/') + 1); };
    for (const Status &status : statuses)
        parts.append(last(status.item.remoteId) + u'>' + last(status.item.parentId) + u'@' +
                     last(status.item.threadId));
    return parts.join(u' ');
}

} // namespace

TEST_CASE("a thread has the name of its topmost status, in whatever order it comes")
{
    CHECK(named({made(u"c"_s, u"b"_s), made(u"a"_s), made(u"b"_s, u"a"_s)}) == u"c>b@a a>@a b>a@a"_s);
    CHECK(named({made(u"b"_s, u"unknown"_s), made(u"x"_s)}) == u"b>@b x>@x"_s);
}

TEST_CASE("a thread keeps its name when what stands above it arrives later")
{
    const std::vector<Status> statuses{made(u"root"_s), made(u"a"_s, u"root"_s), made(u"b"_s, u"a"_s),
                                       made(u"other"_s, u"root"_s)};
    CHECK(named(statuses, {uriOf(u"a"_s)}) == u"root>@a a>root@a b>a@a other>root@a"_s);
    CHECK(named(statuses, {uriOf(u"a"_s), uriOf(u"root"_s)}) == u"root>@root a>root@root b>a@root other>root@root"_s);
}

TEST_CASE("a private answer to a public post is a thread of its own")
{
    CHECK(named({made(u"a"_s), made(u"p"_s, u"a"_s, Audience::Private), made(u"q"_s, u"p"_s, Audience::Private),
                 made(u"r"_s, u"p"_s)}) == u"a>@a p>a@p q>p@p r>p@r"_s);
}

TEST_CASE("parents in a circle end")
{
    CHECK(named({made(u"a"_s, u"b"_s), made(u"b"_s, u"a"_s)}).contains(u"a>b@"_s));
    CHECK(named({made(u"a"_s, u"a"_s)}) == u"a>a@a"_s);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/feeds/feeds_channel.h"

#include "app/channels/call_errors.h"
#include "app/channels/feeds/feed_client.h"
#include "app/channels/feeds/feed_fetch.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace indelible::channels::feeds {

namespace {

tl::unexpected<Error> takesNoAnswers()
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.detail = u"Feeds take no answers. Nothing was sent; answer on the page itself."_s;
    return failure(beforeTheCall(std::move(error)));
}

} // namespace

FeedsChannel::FeedsChannel(const ChannelContext &context)
    : m_client(std::make_unique<FeedClient>(context))
{
}

FeedsChannel::~FeedsChannel() = default;

Capabilities FeedsChannel::capabilities() const
{
    Capabilities capabilities;
    if (const std::optional<FeedSettings> &settings = m_client->known()) {
        capabilities.cadence = settings->cadence;
        capabilities.words = settings->words;
    }
    return capabilities;
}

QCoro::Task<Result<Identity>> FeedsChannel::signIn(SignIn credentials)
{
    return connectFeed(QPointer<FeedClient>(m_client.get()), std::move(credentials));
}

QCoro::Task<Result<Batch>> FeedsChannel::fetch(Cursor cursor)
{
    return fetchFeed(QPointer<FeedClient>(m_client.get()), std::move(cursor));
}

QCoro::Task<Result<Batch>> FeedsChannel::context(ThreadRef thread)
{
    Q_UNUSED(thread)
    co_return Batch();
}

QByteArray FeedsChannel::prepareKey(Instant now)
{
    Q_UNUSED(now)
    return {};
}

QCoro::Task<Result<Receipt>> FeedsChannel::send(Outgoing outgoing)
{
    Q_UNUSED(outgoing)
    co_return takesNoAnswers();
}

QCoro::Task<Result<std::optional<Receipt>>> FeedsChannel::find(Outgoing outgoing)
{
    Q_UNUSED(outgoing)
    co_return failure(ErrorKind::Forbidden, u"Feeds take no answers, so there is none to be looked for."_s);
}

QCoro::Task<Result<void>> FeedsChannel::signOut()
{
    return m_client->forget();
}

std::unique_ptr<Channel> makeFeedsChannel(const Account &account, const ChannelContext &context)
{
    // Which feed it is, the keychain says.
    Q_UNUSED(account)
    return std::make_unique<FeedsChannel>(context);
}

} // namespace indelible::channels::feeds

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/mail/mail_channel.h"

#include "app/base/random.h"
#include "app/channels/mail/mail_attachment.h"
#include "app/channels/mail/mail_client.h"
#include "app/channels/mail/mail_fetch.h"
#include "app/channels/mail/mail_send.h"
#include "app/channels/mail/mail_sign_in.h"

#include <QPointer>

#include <QCoroFuture>

namespace indelible::channels::mail {

namespace {

constexpr int kKeyBytes = 16;

/// Does `work` on the worker's thread, with the account's session. A token that is refused although its time is not
/// over is renewed once.
template<typename T>
QCoro::Task<Result<T>> withSession(QPointer<MailClient> client,
                                   std::function<Result<T>(MailDesk &, const Session &)> work)
{
    auto sessionTask = client->session();
    Result<Session> session = co_await sessionTask;
    if (!session)
        co_return failure(session.error());
    if (!client)
        co_return cancelled();
    QFuture<Result<T>> working =
        client->worker().run<T>([work, session = *session](MailDesk &desk) { return work(desk, session); });
    Result<T> outcome = co_await working;
    const bool isRefused = !outcome && session->tokens && outcome.error().kind == ErrorKind::Unauthorised &&
                           outcome.error().provablyNotProcessed;
    if (!isRefused || !client)
        co_return outcome;
    auto renewing = client->renewed(session->tokens->access);
    Result<Session> renewed = co_await renewing;
    if (!renewed)
        co_return failure(renewed.error());
    if (!client)
        co_return cancelled();
    QFuture<Result<T>> again =
        client->worker().run<T>([work, session = *renewed](MailDesk &desk) { return work(desk, session); });
    outcome = co_await again;
    co_return outcome;
}

} // namespace

MailChannel::MailChannel(const ChannelContext &context)
    : m_client(std::make_unique<MailClient>(context))
{
}

MailChannel::~MailChannel() = default;

Capabilities MailChannel::capabilities() const
{
    Capabilities capabilities;
    capabilities.privateReply = true;
    capabilities.handsOutAttachments = true;
    return capabilities;
}

QCoro::Task<Result<Identity>> MailChannel::signIn(SignIn credentials)
{
    return mail::signIn(QPointer<MailClient>(m_client.get()), std::move(credentials));
}

QCoro::Task<Result<Batch>> MailChannel::fetch(Cursor cursor)
{
    const Instant now = m_client->clock().now();
    return withSession<Batch>(m_client.get(), [cursor, now](MailDesk &desk, const Session &session) {
        return fetchNext(desk, session, cursor, now);
    });
}

QCoro::Task<Result<Batch>> MailChannel::context(ThreadRef thread)
{
    return withSession<Batch>(
        m_client.get(), [thread](MailDesk &desk, const Session &session) { return contextOf(desk, session, thread); });
}

QCoro::Task<Result<Attachment>> MailChannel::attachment(AttachmentRef ref)
{
    return withSession<Attachment>(
        m_client.get(), [ref](MailDesk &desk, const Session &session) { return fetchAttachment(desk, session, ref); });
}

QByteArray MailChannel::prepareKey(Instant now)
{
    Q_UNUSED(now)
    return randomBytes(kKeyBytes).toHex();
}

QCoro::Task<Result<Receipt>> MailChannel::send(Outgoing outgoing)
{
    return withSession<Receipt>(m_client.get(), [outgoing](MailDesk &desk, const Session &session) {
        return sendAnswer(desk, session, outgoing);
    });
}

QCoro::Task<Result<std::optional<Receipt>>> MailChannel::find(Outgoing outgoing)
{
    return withSession<std::optional<Receipt>>(m_client.get(), [outgoing](MailDesk &desk, const Session &session) {
        return findAnswer(desk, session, outgoing);
    });
}

QCoro::Task<Result<void>> MailChannel::signOut()
{
    return m_client->forget();
}

void MailChannel::listen(std::function<void()> heard)
{
    if (heard && m_client->known())
        m_client->idle().listen(*m_client->known(), std::move(heard));
    else
        m_client->idle().end();
}

bool MailChannel::isListening() const
{
    return m_client->idle().isListening();
}

std::unique_ptr<Channel> makeMailChannel(const Account &account, const ChannelContext &context)
{
    // Who the account is and where, the session in the keychain says.
    Q_UNUSED(account)
    return std::make_unique<MailChannel>(context);
}

} // namespace indelible::channels::mail

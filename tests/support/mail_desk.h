// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/account_service.h"
#include "app/session/session.h"
#include "app/sync/sync_engine.h"
#include "tests/support/fake_mail_server.h"
#include "tests/support/temp_store.h"
#include "tests/support/wait.h"

namespace indelible::test {

/// Connects the mailbox of `server` to the session and reads all of it.
inline Account connectMail(session::Session &session, const FakeMailServer &server)
{
    channels::SignIn entry;
    entry.handle = QStringLiteral("shop@quay.example");
    entry.server = QUrl(QStringLiteral("imap://127.0.0.1:%1").arg(server.imapPort()));
    entry.sendingServer = QUrl(QStringLiteral("smtp://127.0.0.1:%1").arg(server.smtpPort()));
    entry.secret = server.password;
    const Account account = valueOf(wait(
        session.accounts().connectAccount(QStringLiteral("mail"), std::move(entry), session::KeepSecret::ForSession)));
    (void)valueOf(wait(session.sync().syncAccount(account.id, sync::SyncEngine::Depth::Usual)));
    return account;
}

/// A mail of Ana's to the shop, with files of these names; what is in each is its name, then `content`.
inline QByteArray mailWithFiles(const QByteArray &id, const QByteArray &words, const QByteArrayList &names,
                                const QByteArray &content = {})
{
    QByteArray mail = "From: Ana Lima <ana@far.example>\nTo: shop@quay.example\nMessage-ID: <" + id +
                      "@far.example>\nSubject: The basket\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
                      "boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n" +
                      words + "\n";
    for (const QByteArray &name : names)
        mail += "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"" + name +
                "\"\nContent-Transfer-Encoding: base64\n\n" + (name + content).toBase64() + "\n";
    return QByteArray(mail + "--b--\n").replace("\n", "\r\n");
}

} // namespace indelible::test

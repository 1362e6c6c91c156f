// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/channels/registry.h"
#include "app/net/http_client.h"
#include "app/secrets/secret_store.h"
#include "tests/support/fake_http_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <concepts>

namespace indelible::test {

/// Where the account of a channel's tests has its entries in the keychain.
inline const QString kSecretKey = QStringLiteral("workspace/account");

[[nodiscard]] inline channels::ChannelContext contextFor(const Clock &clock, net::HttpClient &http,
                                                         secrets::SecretStore &secrets)
{
    channels::ChannelContext context;
    context.clock = &clock;
    context.http = &http;
    context.secrets = &secrets;
    context.secretKey = kSecretKey;
    context.pauseGroup = QStringLiteral("account");
    return context;
}

/// Asks once, and does not wait for ever.
[[nodiscard]] inline net::HttpPolicy impatient()
{
    net::HttpPolicy policy;
    policy.retryPauses = {};
    policy.deadline = std::chrono::seconds(20);
    return policy;
}

[[nodiscard]] inline QByteArray bytesOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Of a list, unless it is written in braces: those are objects.
template<std::same_as<QJsonArray> List>
[[nodiscard]] QByteArray bytesOf(const List &array)
{
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

[[nodiscard]] inline Answer listOf(const QJsonArray &array)
{
    return Answer::json(bytesOf(array));
}

[[nodiscard]] inline QJsonObject with(QJsonObject object, const QString &member, const QJsonValue &value)
{
    object.insert(member, value);
    return object;
}

} // namespace indelible::test

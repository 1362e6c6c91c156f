// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/net/http_client.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http_server.h"
#include "tests/support/wait.h"

#include <utility>
#include <vector>

namespace indelible::test {

/// A server, a client that may talk to it, and a clock that the client's waits move: nothing waits for real.
struct Net
{
    explicit Net(net::HttpPolicy policy = {})
        : client(clock, instant(std::move(policy)))
    {
        if (!client.allowOrigin(server.url()))
            throw std::runtime_error("the fake server is not allowed");
    }

    [[nodiscard]] net::HttpRequest get(const QString &path = QStringLiteral("/")) const
    {
        net::HttpRequest request;
        request.url = server.url(path);
        return request;
    }

    [[nodiscard]] net::HttpRequest post(const QByteArray &body, const QString &path = QStringLiteral("/")) const
    {
        net::HttpRequest request = get(path);
        request.method = net::Method::Post;
        request.body = body;
        request.contentType = "application/json";
        return request;
    }

    Result<net::HttpResponse> send(net::HttpRequest request) { return wait(client.send(std::move(request))); }

    FakeClock clock;
    std::vector<std::chrono::milliseconds> waits; ///< that the client asked for
    FakeHttpServer server;
    net::HttpClient client;

private:
    net::HttpPolicy instant(net::HttpPolicy policy)
    {
        policy.random = [] { return 0.0; };
        if (!policy.wait) {
            policy.wait = [this](std::chrono::milliseconds length, const std::function<void()> &done) {
                waits.push_back(length);
                clock.advance(length);
                done();
            };
        }
        return policy;
    }
};

} // namespace indelible::test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QString>

#include <memory>

namespace indelible::test {

/// Makes certificates in memory, so that no key lies in the sources and none expires.
class TestAuthority
{
public:
    TestAuthority();
    ~TestAuthority();
    Q_DISABLE_COPY_MOVE(TestAuthority)

    [[nodiscard]] QSslCertificate certificate() const;

    /// What a server of this name needs. Valid from a day before `until` minus a year until `until`.
    [[nodiscard]] QSslConfiguration serverFor(const QString &name, const QDateTime &until) const;
    [[nodiscard]] QSslConfiguration serverFor(const QString &name) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Makes the certificates of one authority believable while it lives, and those of all others not.
class Trust
{
public:
    explicit Trust(const TestAuthority &authority)
        : m_before(QSslConfiguration::defaultConfiguration())
    {
        QSslConfiguration trusting = m_before;
        trusting.setCaCertificates({authority.certificate()});
        QSslConfiguration::setDefaultConfiguration(trusting);
    }
    ~Trust() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(Trust)

private:
    QSslConfiguration m_before;
};

} // namespace indelible::test

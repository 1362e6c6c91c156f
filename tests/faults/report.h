// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <cstdio>
#include <random>

namespace indelible::test {

/// How many rounds a fault test does and from which seed it draws: the environment variables INDELIBLE_FAULTS_<what>
/// and INDELIBLE_FAULTS_SEED, for packaging/soak and for doing a failed run again. At its end it prints one line
/// "result {…}" with the seed and what was counted.
class Report
{
public:
    explicit Report(const char *name, const char *what = "", int usualRounds = 0)
        : m_name(QString::fromLatin1(name))
        , m_rounds(numberFrom("INDELIBLE_FAULTS_" + QByteArray(what), usualRounds))
        , m_seed(numberFrom("INDELIBLE_FAULTS_SEED", static_cast<int>(std::random_device()() >> 1)))
        , m_chance(static_cast<quint64>(m_seed))
    {
        std::printf("%s: seed %d\n", name, m_seed);
        std::fflush(stdout);
    }
    ~Report()
    {
        QJsonObject all{{QStringLiteral("test"), m_name}, {QStringLiteral("seed"), m_seed}};
        for (auto it = m_counts.constBegin(); it != m_counts.constEnd(); ++it)
            all.insert(it.key(), it.value());
        std::printf("result %s\n", QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
        std::fflush(stdout);
    }
    Report(const Report &) = delete;
    Report &operator=(const Report &) = delete;

    [[nodiscard]] int rounds() const { return m_rounds; }
    [[nodiscard]] int seed() const { return m_seed; }
    [[nodiscard]] std::mt19937_64 &chance() { return m_chance; }
    void count(const char *what, int by = 1)
    {
        const QString key = QString::fromLatin1(what);
        m_counts.insert(key, m_counts.value(key).toInt() + by);
    }
    [[nodiscard]] int counted(const char *what) const { return m_counts.value(QString::fromLatin1(what)).toInt(); }

private:
    static int numberFrom(const QByteArray &variable, int usual)
    {
        bool given = false;
        const int number = qEnvironmentVariableIntValue(variable.constData(), &given);
        return given ? number : usual;
    }

    QString m_name;
    int m_rounds;
    int m_seed;
    std::mt19937_64 m_chance;
    QJsonObject m_counts;
};

} // namespace indelible::test

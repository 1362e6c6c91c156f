// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/domain/item.h"

#include <QRandomGenerator>
#include <QString>
#include <QStringList>

namespace indelible::bench {

/// Invented items, the same for the same number: words as frequent as in real language (Zipf), four items a
/// conversation, one of the first conversations with 200.
class Corpus
{
public:
    Corpus();
    [[nodiscard]] RemoteItem item(qint64 number, Instant now, qint64 total) const;
    [[nodiscard]] const QStringList &words() const { return m_words; }

private:
    [[nodiscard]] QString text(QRandomGenerator &random) const;
    QStringList m_words;
};

} // namespace indelible::bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace indelible::channels::mail {

/// True for what can stand in MAIL FROM and RCPT TO without any extension: one '@', printable ASCII, no blanks, quotes
/// or brackets. Pure.
[[nodiscard]] bool isMailAddress(const QString &address);

/// The form in which addresses are compared: the host without regard to case, and the part before it too, which is how
/// every provider of note handles it.
[[nodiscard]] QString comparable(const QString &address);

/// Nobody reads what is sent there: noreply@, do-not-reply@, mailer-daemon@ and the like.
[[nodiscard]] bool isNobodysAddress(const QString &address);

/// "Order 1042" of "Re: AW: [shop] Order 1042".
[[nodiscard]] QString baseSubject(const QString &subject);

/// True for a subject that says of itself that it answers: "Re: …", "AW: …".
[[nodiscard]] bool saysItAnswers(const QString &subject);

} // namespace indelible::channels::mail

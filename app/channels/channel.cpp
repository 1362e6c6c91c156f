// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/channel.h"

using namespace Qt::StringLiterals;

namespace indelible::channels {

void Channel::listen(std::function<void()>) {}

bool Channel::isListening() const
{
    return false;
}

QCoro::Task<Result<Attachment>> Channel::attachment(AttachmentRef ref)
{
    Q_UNUSED(ref)
    co_return failure(ErrorKind::Forbidden,
                      u"Files are not fetched from this network. Nothing was saved; open the message there."_s);
}

} // namespace indelible::channels

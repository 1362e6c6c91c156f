// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/channels/channel.h"

namespace indelible::channels {

void Channel::listen(std::function<void()>) {}

bool Channel::isListening() const
{
    return false;
}

} // namespace indelible::channels

package io.claudeflux.gate.violation.arch.internal.http;

import io.netty.channel.epoll.Epoll;

/** Would not start where Linux is not. */
final class WantsEpoll {
    private WantsEpoll() {}

    static boolean isThere() {
        return Epoll.isAvailable();
    }
}

package io.laneway.gateway.runtime.config;

/** How sockets are driven. */
public enum Transport {
    /** The first of the others, in their order, that this machine can do. */
    AUTO,
    IO_URING,
    EPOLL,
    NIO
}

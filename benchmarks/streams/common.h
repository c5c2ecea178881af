/* What the server and the generator of streams agree on: the bytes, so that each can check the other's. */
#ifndef STREAMS_COMMON_H
#define STREAMS_COMMON_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CHUNK = 65536,     /* bytes of a read or write; the bytes of a tunnel or a body repeat after so many */
    HEAD = 8192,       /* longest head of a message */
    EVENTS = 1024,     /* readiness taken at once */
    MESSAGE = 1024,    /* bytes in a WebSocket message */
    EVENT = 100,       /* bytes of a server-sent event, its empty line included */
    TO_SERVER = MESSAGE + 8, /* a masked frame: head, length of two bytes, mask */
    TO_CLIENT = MESSAGE + 4  /* the same without a mask */
};

/* Twice a chunk, so that a chunk can begin at any place of the first. */
static unsigned char pattern[2 * CHUNK];
static unsigned char masked[TO_SERVER], plain[TO_CLIENT], event[EVENT];

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* A binary message (RFC 6455 section 5.2), from the client with a mask of zeros; an event (HTML section 9.2). */
static inline void make_bytes(void) {
    for (int i = 0; i < 2 * CHUNK; i++) pattern[i] = (unsigned char) ((i % CHUNK) * 31 + (i % CHUNK) / 251);
    const unsigned char head[] = {0x82, 126, MESSAGE >> 8, MESSAGE & 0xff};
    memcpy(plain, head, 4);
    memcpy(plain + 4, pattern, MESSAGE);
    memcpy(masked, head, 4);
    masked[1] |= 0x80;
    memcpy(masked + 8, pattern, MESSAGE);
    memset(event, 'x', EVENT);
    memcpy(event, "data: ", 6);
    memcpy(event + EVENT - 2, "\n\n", 2);
}

static inline int listen_or_connect(int port, int listening) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) die("socket");
    if (listening) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(fd, (struct sockaddr *) &address, sizeof address) < 0 || listen(fd, 16384) < 0) die("listen");
    } else {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (connect(fd, (struct sockaddr *) &address, sizeof address) < 0 && errno != EINPROGRESS) die("connect");
    }
    return fd;
}

#endif

/*
 * A byte relay: the floor of what any proxy on this machine can cost.
 *
 * One thread, epoll, one upstream connection for each client connection; bytes are read and written on, nothing is
 * parsed. Usage: relay LISTEN_PORT UPSTREAM_PORT (loopback only).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 65536, EVENTS = 256 };

/* One end of a relayed connection; `held` are bytes read from its peer that this end could not take yet. */
struct end {
    int fd;
    struct end *peer;
    char *held;
    size_t from, until;
    int closed;
};

static int loop;
static struct end *graveyard[2 * EVENTS];
static int graves;

static void die(const char *what) {
    perror(what);
    exit(1);
}

/* Reads while the other end takes what is read; writes while something is held. */
static void watch(struct end *end, int operation) {
    unsigned events = (end->peer->until > 0 ? 0 : EPOLLIN) | (end->until > 0 ? EPOLLOUT : 0);
    struct epoll_event event = {.events = events, .data.ptr = end};
    if (epoll_ctl(loop, operation, end->fd, &event) < 0) die("epoll_ctl");
}

static void close_pair(struct end *end) {
    if (end->closed) return;
    struct end *both[2] = {end, end->peer};
    for (int i = 0; i < 2; i++) {
        both[i]->closed = 1;
        close(both[i]->fd);
        graveyard[graves++] = both[i]; /* freed after the batch: a later event of it may still name it */
    }
}

static void bury(void) {
    while (graves > 0) {
        struct end *end = graveyard[--graves];
        free(end->held);
        free(end);
    }
}

/* Reads once and writes on; what the other end does not take is held and reading stops until it does. */
static void relay(struct end *end) {
    static char buffer[BUFFER];
    struct end *to = end->peer;
    ssize_t got = read(end->fd, buffer, BUFFER);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) close_pair(end);
        return;
    }
    ssize_t put = write(to->fd, buffer, (size_t) got);
    if (put < 0 && errno != EAGAIN) {
        close_pair(end);
        return;
    }
    if (put < 0) put = 0;
    if (put == got) return;
    if (!to->held && !(to->held = malloc(BUFFER))) die("malloc");
    memcpy(to->held, buffer + put, (size_t) (got - put));
    to->from = 0;
    to->until = (size_t) (got - put);
    watch(to, EPOLL_CTL_MOD);
    watch(end, EPOLL_CTL_MOD);
}

static void release(struct end *end) {
    ssize_t put = write(end->fd, end->held + end->from, end->until - end->from);
    if (put < 0) {
        if (errno != EAGAIN) close_pair(end);
        return;
    }
    end->from += (size_t) put;
    if (end->from < end->until) return;
    end->from = end->until = 0;
    watch(end, EPOLL_CTL_MOD);
    watch(end->peer, EPOLL_CTL_MOD);
}

static struct end *end_of(int fd) {
    int one = 1;
    struct end *end = calloc(1, sizeof *end);
    if (!end) die("calloc");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    end->fd = fd;
    return end;
}

static void accept_one(int listener, const struct sockaddr_in *upstream) {
    int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (client < 0) return;
    int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (server < 0 || (connect(server, (const struct sockaddr *) upstream, sizeof *upstream) < 0 && errno != EINPROGRESS)) {
        perror("upstream");
        close(client);
        if (server >= 0) close(server);
        return;
    }
    struct end *down = end_of(client), *up = end_of(server);
    down->peer = up;
    up->peer = down;
    watch(down, EPOLL_CTL_ADD);
    watch(up, EPOLL_CTL_ADD);
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: relay LISTEN_PORT UPSTREAM_PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t) atoi(arguments[1])),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in upstream = here;
    upstream.sin_port = htons((uint16_t) atoi(arguments[2]));
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener < 0) die("socket");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *) &here, sizeof here) < 0 || listen(listener, 4096) < 0) die("listen");
    if ((loop = epoll_create1(0)) < 0) die("epoll_create1");
    struct epoll_event accepting = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, listener, &accepting) < 0) die("epoll_ctl");
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(loop, events, EVENTS, -1);
        if (ready < 0 && errno != EINTR) die("epoll_wait");
        for (int i = 0; i < ready; i++) {
            struct end *end = events[i].data.ptr;
            if (!end) accept_one(listener, &upstream);
            else if (end->closed) continue;
            else if ((events[i].events & EPOLLOUT) && end->until > 0) release(end);
            else if (end->peer->until == 0 || (events[i].events & EPOLLERR)) relay(end);
        }
        bury();
    }
}

/*
 * A byte relay over io_uring: the floor beside that of epoll.
 *
 * One thread, one ring, one upstream connection for each client connection; nothing is parsed. Receives are multishot
 * with buffers that the kernel picks from one ring of provided buffers; a buffer is given back when all of it was sent.
 * Usage: relay-uring LISTEN_PORT UPSTREAM_PORT (loopback only).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <liburing.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 4096, BUFFERS = 8192, GROUP = 1, ENTRIES = 4096, BATCH = 512 };

/* What a completion is of: the lowest bits of its user data, below the end's address. */
enum { ACCEPT, CONNECT, RECEIVE, SEND, KINDS = 7 };

/* Bytes that wait to be sent to an end, in one of the ring's buffers. */
struct piece {
    struct piece *next;
    unsigned from, until;
    uint16_t buffer;
};

/* One end of a relayed connection. `pending` operations name it, so that it is freed after the last of them. */
struct end {
    int fd, pending, receiving, connected, finishing, closed;
    struct end *peer;
    struct piece *first, *last;
    int sending;
};

static struct io_uring ring;
static struct io_uring_buf_ring *provided;
static char *buffers;
static struct piece pieces[BUFFERS];
static int wanting; /* a receive ended for want of a buffer */
static int spare;   /* buffers that the kernel has */

static struct end *ends[65536];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static struct io_uring_sqe *entry(struct end *end, int kind) {
    struct io_uring_sqe *sqe = io_uring_get_sqe(&ring);
    if (!sqe) {
        io_uring_submit(&ring);
        if (!(sqe = io_uring_get_sqe(&ring))) die("io_uring_get_sqe");
    }
    if (end) end->pending++;
    sqe->user_data = (uint64_t) (uintptr_t) end | (unsigned) kind;
    return sqe;
}

/* The preparation clears the user data on some versions of the library, so it is set behind it. */
static void mark(struct io_uring_sqe *sqe, struct end *end, int kind) {
    sqe->user_data = (uint64_t) (uintptr_t) end | (unsigned) kind;
}

static void receive(struct end *end) {
    struct io_uring_sqe *sqe = entry(end, RECEIVE);
    io_uring_prep_recv_multishot(sqe, end->fd, NULL, 0, 0);
    sqe->flags |= IOSQE_BUFFER_SELECT;
    sqe->buf_group = GROUP;
    mark(sqe, end, RECEIVE);
    end->receiving = 1;
}

static void send_first(struct end *end) {
    struct piece *piece = end->first;
    struct io_uring_sqe *sqe = entry(end, SEND);
    io_uring_prep_send(sqe, end->fd, buffers + (size_t) piece->buffer * BUFFER + piece->from,
                       piece->until - piece->from, MSG_NOSIGNAL);
    mark(sqe, end, SEND);
    end->sending = 1;
}

static void give_back(uint16_t buffer) {
    io_uring_buf_ring_add(provided, buffers + (size_t) buffer * BUFFER, BUFFER, buffer,
                          io_uring_buf_ring_mask(BUFFERS), 0);
    io_uring_buf_ring_advance(provided, 1);
    spare++;
}

static void drop_first(struct end *end) {
    struct piece *piece = end->first;
    end->first = piece->next;
    if (!end->first) end->last = NULL;
    give_back(piece->buffer);
}

static void close_pair(struct end *end) {
    struct end *both[2] = {end, end->peer};
    for (int i = 0; i < 2; i++) {
        if (both[i]->closed) continue;
        both[i]->closed = 1;
        shutdown(both[i]->fd, SHUT_RDWR); /* ends what the ring still does with it */
    }
}

static void free_when_done(struct end *end) {
    struct end *peer = end->peer;
    if (!end->closed || end->pending || !peer || peer->pending || !peer->closed) return;
    struct end *both[2] = {end, peer};
    for (int i = 0; i < 2; i++) {
        while (both[i]->first) drop_first(both[i]);
        ends[both[i]->fd] = NULL;
        close(both[i]->fd);
        free(both[i]);
    }
}

static struct end *end_of(int fd) {
    int one = 1;
    struct end *end = aligned_alloc(16, (sizeof *end + 15) / 16 * 16);
    if (!end || fd >= 65536) die("end");
    memset(end, 0, sizeof *end);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    end->fd = fd;
    ends[fd] = end;
    return end;
}

static void accepted(int client, const struct sockaddr_in *upstream) {
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server < 0) die("socket");
    struct end *down = end_of(client), *up = end_of(server);
    down->peer = up;
    up->peer = down;
    struct io_uring_sqe *sqe = entry(up, CONNECT);
    io_uring_prep_connect(sqe, server, (const struct sockaddr *) upstream, sizeof *upstream);
    mark(sqe, up, CONNECT);
}

static void received(struct end *end, const struct io_uring_cqe *cqe) {
    int more = (cqe->flags & IORING_CQE_F_MORE) != 0;
    if (!more) {
        end->receiving = 0;
        end->pending--;
    }
    if (cqe->res > 0) {
        uint16_t buffer = (uint16_t) (cqe->flags >> IORING_CQE_BUFFER_SHIFT);
        spare--;
        if (end->closed) {
            give_back(buffer);
        } else {
            struct end *to = end->peer;
            struct piece *piece = &pieces[buffer];
            *piece = (struct piece) {.until = (unsigned) cqe->res, .buffer = buffer};
            if (to->last) to->last->next = piece;
            else to->first = piece;
            to->last = piece;
            if (!to->sending) send_first(to);
            if (!more) receive(end);
        }
    } else if (cqe->res == -ENOBUFS && !end->closed) {
        wanting = 1; /* taken up again when sends gave buffers back */
    } else if (!end->closed) {
        end->peer->finishing = 1; /* what it still has to send goes first */
        if (!end->peer->first) close_pair(end);
    }
    free_when_done(end);
}

static void sent(struct end *end, int count) {
    end->sending = 0;
    end->pending--;
    if (count <= 0 || end->closed) {
        close_pair(end);
    } else {
        end->first->from += (unsigned) count;
        if (end->first->from == end->first->until) drop_first(end);
        if (end->first) send_first(end);
        else if (end->finishing) close_pair(end);
    }
    free_when_done(end);
}

static void take_up_again(void) {
    wanting = 0;
    for (int fd = 0; fd < 65536; fd++) {
        struct end *end = ends[fd];
        if (end && end->connected && !end->closed && !end->receiving && !end->peer->finishing) receive(end);
    }
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: relay-uring LISTEN_PORT UPSTREAM_PORT\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t) atoi(arguments[1])),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in upstream = here;
    upstream.sin_port = htons((uint16_t) atoi(arguments[2]));
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) die("socket");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *) &here, sizeof here) < 0 || listen(listener, 4096) < 0) die("listen");
    struct io_uring_params params = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN
                                              | IORING_SETUP_CQSIZE,
                                     .cq_entries = 4 * ENTRIES};
    int error = io_uring_queue_init_params(ENTRIES, &ring, &params);
    if (error < 0) {
        fprintf(stderr, "relay-uring: no ring: %s\n", strerror(-error));
        return 3;
    }
    if (posix_memalign((void **) &buffers, 4096, (size_t) BUFFERS * BUFFER)
        || posix_memalign((void **) &provided, 4096, BUFFERS * sizeof(struct io_uring_buf)))
        die("posix_memalign");
    memset(provided, 0, BUFFERS * sizeof(struct io_uring_buf));
    struct io_uring_buf_reg registration = {.ring_addr = (uint64_t) (uintptr_t) provided, .ring_entries = BUFFERS,
                                            .bgid = GROUP};
    error = io_uring_register_buf_ring(&ring, &registration, 0);
    if (error < 0) {
        fprintf(stderr, "relay-uring: no provided buffers: %s\n", strerror(-error));
        return 3;
    }
    io_uring_buf_ring_init(provided);
    for (int i = 0; i < BUFFERS; i++) give_back((uint16_t) i);
    struct io_uring_sqe *sqe = entry(NULL, ACCEPT);
    io_uring_prep_multishot_accept(sqe, listener, NULL, NULL, 0);
    mark(sqe, NULL, ACCEPT);
    for (;;) {
        error = io_uring_submit_and_wait(&ring, 1);
        if (error < 0 && error != -EINTR && error != -EBUSY) die("io_uring_submit_and_wait");
        struct io_uring_cqe *batch[BATCH];
        unsigned ready = io_uring_peek_batch_cqe(&ring, batch, BATCH);
        for (unsigned i = 0; i < ready; i++) {
            const struct io_uring_cqe *cqe = batch[i];
            struct end *end = (struct end *) (uintptr_t) (cqe->user_data & ~(uint64_t) KINDS);
            switch (cqe->user_data & KINDS) {
                case ACCEPT:
                    if (cqe->res >= 0) accepted(cqe->res, &upstream);
                    if (!(cqe->flags & IORING_CQE_F_MORE)) {
                        sqe = entry(NULL, ACCEPT);
                        io_uring_prep_multishot_accept(sqe, listener, NULL, NULL, 0);
                        mark(sqe, NULL, ACCEPT);
                    }
                    break;
                case CONNECT:
                    end->pending--;
                    if (cqe->res < 0) {
                        fprintf(stderr, "upstream: %s\n", strerror(-cqe->res));
                        close_pair(end);
                        free_when_done(end);
                    } else {
                        end->connected = end->peer->connected = 1;
                        receive(end);
                        receive(end->peer);
                    }
                    break;
                case RECEIVE: received(end, cqe); break;
                case SEND: sent(end, cqe->res); break;
                default: break;
            }
        }
        io_uring_cq_advance(&ring, ready);
        if (wanting && spare > BUFFERS / 4) take_up_again();
    }
}

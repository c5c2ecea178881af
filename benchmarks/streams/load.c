/*
 * The generator of the cases of streams. One thread, epoll, loopback only.
 *
 *   upload      POST of BODY bytes after another; a unit is a MiB that was sent
 *   tunnel      bytes over a connection that was upgraded, as fast as they go; all come back; a unit is a MiB, there and
 *               back counted as two
 *   websockets  a message of 1 KB and the next when it came back; a unit is a message, there and back counted as two
 *   events      GET /events; a unit is an event that came
 *
 * What comes back is compared with what was sent. It prints "open" when all connections have their answer (an upload: when
 * all are connected). For each number of seconds that it then reads, a line of its own, it prints what happened in that
 * time as JSON: {"units": …, "seconds": …, "broken": …}. Traffic flows from then to the end of its input.
 *
 * Usage: load CASE PORT CONNECTIONS
 */
#include "common.h"

enum kind { UPLOAD, TUNNEL, SOCKETS, EVENT_STREAMS, KINDS };
static const char *const NAMES[KINDS] = {"upload", "tunnel", "websockets", "events"};
static const uint64_t BODY = 100ull << 20;
static const double MIB = 1 << 20;
static const double PATIENCE = 60; /* seconds until all must be open */
#define TO "Host: order.test\r\ntrace-branch: f-1\r\n"

struct connection {
    int fd, answered, gone;     /* answered: the head of the answer is whole */
    unsigned watched;
    size_t begun;               /* bytes of that head that have come */
    uint64_t sent, limit, got;  /* bytes behind the heads; `limit`: none is sent beyond */
    size_t head;                /* bytes of the request's head that are sent */
    size_t line, left;          /* chunks of an event stream: their length as far as it is read, and what follows of one */
    char answer[HEAD];
};

static enum kind kind;
static int loop, open_count, wanted;
static char request[1024];
static size_t request_length;
static double units, asked;
static long broken;
static char length[24];

static void watch(struct connection *one, unsigned events) {
    if (one->watched == events) return;
    struct epoll_event event = {.events = events, .data.ptr = one};
    if (epoll_ctl(loop, one->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, one->fd, &event) < 0) die("epoll_ctl");
    one->watched = events;
}

static void fail(struct connection *one, const char *why) {
    if (one->gone) return;
    if (broken++ < 5) fprintf(stderr, "load: %s\n", why);
    one->gone = 1;
    close(one->fd);
}

/* Bytes that may be sent now; where they are is `from`. */
static size_t next(struct connection *one, const unsigned char **from) {
    if (one->head < request_length) {
        *from = (const unsigned char *) request + one->head;
        return request_length - one->head;
    }
    uint64_t left = one->limit - one->sent;
    if (kind == SOCKETS) {
        *from = masked + one->sent % TO_SERVER;
        return (size_t) left;
    }
    *from = pattern + one->sent % CHUNK;
    return left < CHUNK ? (size_t) left : CHUNK;
}

/* Sends what may be sent, not more than a chunk a turn, so that all connections get theirs. */
static void transmit(struct connection *one) {
    const unsigned char *from;
    size_t count = next(one, &from);
    if (count > 0) {
        ssize_t put = write(one->fd, from, count);
        if (put < 0 && errno != EAGAIN) {
            fail(one, strerror(errno));
            return;
        }
        if (put > 0 && one->head < request_length) {
            one->head += (size_t) put;
        } else if (put > 0) {
            one->sent += (uint64_t) put;
            if (kind == UPLOAD) units += (double) put / MIB;
        }
    }
    watch(one, next(one, &from) > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

/* The head of an answer is whole: what it must be. */
static void opened(struct connection *one) {
    int status = atoi(one->answer + 9);
    if (status != (kind == TUNNEL || kind == SOCKETS ? 101 : 200)) {
        fail(one, "an answer has not the status that was expected");
        return;
    }
    one->answered = 1;
    open_count++;
}

/* All are open: what was held back until then may flow, since it would keep others from opening. */
static void start(struct connection *one) {
    one->limit = kind == TUNNEL ? UINT64_MAX : kind == SOCKETS ? TO_SERVER : one->limit;
    transmit(one);
}

/* The answer to an upload is the number of its bytes; then comes the next. */
static void uploaded(struct connection *one, const unsigned char *bytes, size_t count) {
    size_t whole = strlen(length);
    if (one->got + count > whole || memcmp(bytes, length + one->got, count) != 0) {
        fail(one, "the server got another number of bytes");
        return;
    }
    one->got += count;
    if (one->got == whole) {
        one->got = one->sent = 0;
        one->begun = one->head = 0;
        one->answered = 0;
    }
}

/* Chunks of any size (RFC 9112 section 7.1), as a proxy may cut them anew. */
static void events(struct connection *one, const unsigned char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (one->left > 2) {
            if (bytes[i] != event[one->got % EVENT]) fail(one, "an event came changed");
            if (++one->got % EVENT == 0) units++;
            one->left--;
        } else if (one->left > 0) {
            one->left--; /* the end of the line behind the chunk */
        } else if (bytes[i] == '\n') {
            one->left = one->line + 2;
            one->line = 0;
        } else if (bytes[i] != '\r') {
            int digit = bytes[i] <= '9' ? bytes[i] - '0' : (bytes[i] | 32) - 'a' + 10;
            one->line = one->line * 16 + (size_t) digit;
        }
    }
}

static void back(struct connection *one, const unsigned char *bytes, size_t count) {
    if (kind == TUNNEL) {
        if (memcmp(bytes, pattern + one->got % CHUNK, count) != 0) fail(one, "bytes came back changed");
        one->got += count;
        units += 2 * (double) count / MIB;
    } else if (kind == SOCKETS) {
        size_t at = (size_t) (one->got % TO_CLIENT);
        if (count > TO_CLIENT - at || memcmp(bytes, plain + at, count) != 0) {
            fail(one, "a message came back changed");
            return;
        }
        one->got += count;
        if (one->got % TO_CLIENT == 0) {
            units += 2;
            one->limit += TO_SERVER;
        }
    } else if (kind == EVENT_STREAMS) {
        events(one, bytes, count);
    } else {
        uploaded(one, bytes, count);
    }
}

static void receive(struct connection *one) {
    static unsigned char bytes[CHUNK];
    ssize_t got = read(one->fd, bytes, CHUNK);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) fail(one, got == 0 ? "a connection ended" : strerror(errno));
        return;
    }
    size_t taken = 0;
    while (!one->answered && taken < (size_t) got && one->begun < HEAD) {
        one->answer[one->begun++] = (char) bytes[taken++];
        if (one->begun >= 4 && memcmp(one->answer + one->begun - 4, "\r\n\r\n", 4) == 0) {
            opened(one);
            break;
        }
    }
    if (one->gone) return;
    if (taken < (size_t) got) back(one, bytes + taken, (size_t) got - taken);
    if (!one->gone) transmit(one);
}

/* A number of seconds to count, in a line; the end of the input ends the program. */
static double seconds_wanted(void) {
    char line[64];
    ssize_t got = read(STDIN_FILENO, line, sizeof line - 1);
    if (got <= 0) exit(0);
    line[got] = 0;
    return strtod(line, NULL);
}

static void prepare(void) {
    const char *const upgrade = kind == SOCKETS
        ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        : "Connection: Upgrade\r\nUpgrade: bytes\r\n";
    int count;
    if (kind == UPLOAD)
        count = snprintf(request, sizeof request, "POST / HTTP/1.1\r\n" TO "Content-Length: %llu\r\n\r\n", (unsigned long long) BODY);
    else if (kind == EVENT_STREAMS)
        count = snprintf(request, sizeof request, "GET /events HTTP/1.1\r\n" TO "Accept: text/event-stream\r\n\r\n");
    else
        count = snprintf(request, sizeof request, "GET / HTTP/1.1\r\n" TO "%s\r\n", upgrade);
    request_length = (size_t) count;
}

/* Serves what is ready, waiting for it until then at most. */
static void turns(double until) {
    static struct epoll_event ready[EVENTS];
    int left = (int) ((until - now()) * 1000) + 1;
    int found = epoll_wait(loop, ready, EVENTS, left < 0 ? 0 : left);
    if (found < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < found; i++) {
        struct connection *one = ready[i].data.ptr;
        if (!one) asked = seconds_wanted();
        if (!one || one->gone) continue;
        if (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(one);
        if (!one->gone && (ready[i].events & EPOLLOUT)) transmit(one);
    }
}

int main(int count, char **arguments) {
    for (kind = 0; count == 4 && kind < KINDS && strcmp(arguments[1], NAMES[kind]) != 0;) kind++;
    if (count != 4 || kind == KINDS || (wanted = atoi(arguments[3])) < 1) {
        fprintf(stderr, "usage: load upload|tunnel|websockets|events PORT CONNECTIONS\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    make_bytes();
    prepare();
    snprintf(length, sizeof length, "%llu", (unsigned long long) BODY);
    if ((loop = epoll_create1(0)) < 0) die("epoll_create1");
    struct connection **all = calloc((size_t) wanted, sizeof *all);
    if (!all) die("calloc");
    double deadline = now() + PATIENCE;
    for (int i = 0; i < wanted; i++) {
        struct connection *one = calloc(1, sizeof *one);
        if (!one) die("calloc");
        all[i] = one;
        one->fd = listen_or_connect(atoi(arguments[2]), 0);
        if (kind == UPLOAD) one->limit = BODY;
        watch(one, EPOLLOUT);
        /* Not more than some at a time, so that no backlog overflows. */
        while (kind != UPLOAD && i - open_count >= 64 && now() < deadline && broken == 0) turns(now() + 0.01);
    }
    while (kind != UPLOAD && open_count < wanted && now() < deadline && broken == 0) turns(now() + 0.01);
    if (broken > 0 || (kind != UPLOAD && open_count < wanted)) {
        fprintf(stderr, "load: %d of %d connections had their answer within %.0f s\n", open_count, wanted, PATIENCE);
        return 1;
    }
    for (int i = 0; i < wanted; i++) start(all[i]);
    struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, STDIN_FILENO, &input) < 0) die("epoll_ctl of the input");
    printf("open\n");
    fflush(stdout);
    for (;;) {
        while (asked <= 0) turns(now() + 3600);
        double seconds = asked;
        asked = 0;
        double begun = now(), before = units;
        long bad = broken;
        while (now() < begun + seconds) turns(begun + seconds);
        printf("{\"units\": %.3f, \"seconds\": %.3f, \"broken\": %ld}\n", units - before, now() - begun, broken - bad);
        fflush(stdout);
    }
}

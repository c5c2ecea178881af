/*
 * The server behind the proxies in the cases of streams. One thread, epoll, loopback only.
 *
 *   GET /check             the port, X-Forwarded-For and Host that it saw
 *   POST /                 reads the body, checks it, and answers with the number of its bytes
 *   GET /events            server-sent events, one a second on each, evenly spread, until the client leaves
 *   GET /, Upgrade: …      websocket: each message comes back; else a tunnel: each byte comes back
 *
 * Usage: serve PORT…
 */
#include "common.h"

enum state { READING_HEAD, BODY, STREAM, SOCKET, TUNNEL };

struct connection {
    int fd, port, number; /* number: its place among the streams */
    enum state state;
    unsigned watched;
    size_t begun;   /* bytes of a head or of a frame that have come */
    size_t held;    /* bytes to be written, from `from` on */
    size_t from;
    uint64_t left, length; /* of the body */
    uint64_t seen;  /* bytes of a body so far */
    unsigned char *in, *out;
};

static int loop, listeners[64], listening;
static struct connection *streams[65536];
static int streaming;

static void watch(struct connection *one, unsigned events) {
    if (one->watched == events) return;
    struct epoll_event wanted = {.events = events, .data.ptr = one};
    if (epoll_ctl(loop, one->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, one->fd, &wanted) < 0) die("epoll_ctl");
    one->watched = events;
}

static void finish(struct connection *one) {
    if (one->state == STREAM) {
        streams[one->number] = streams[--streaming];
        streams[one->number]->number = one->number;
    }
    close(one->fd);
    free(one->in);
    free(one->out);
    free(one);
}

/* Writes what is held; reads no more as long as some is. Returns 0 when the connection is gone. */
static int drain(struct connection *one) {
    while (one->held > 0) {
        ssize_t put = write(one->fd, one->out + one->from, one->held);
        if (put < 0 && errno != EAGAIN) {
            finish(one);
            return 0;
        }
        if (put < 0) break;
        one->from += (size_t) put;
        one->held -= (size_t) put;
    }
    if (one->held == 0) one->from = 0;
    watch(one, one->held > 0 ? EPOLLOUT : EPOLLIN);
    return 1;
}

static void say(struct connection *one, const void *bytes, size_t count) {
    if (one->from + one->held + count > 2 * CHUNK) {
        memmove(one->out, one->out + one->from, one->held);
        one->from = 0;
        if (one->held + count > 2 * CHUNK) {
            fprintf(stderr, "serve: more to write than there is room for\n");
            exit(1);
        }
    }
    memcpy(one->out + one->from + one->held, bytes, count);
    one->held += count;
}

static void answer(struct connection *one, const char *text) {
    char response[HEAD];
    int count = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
                         strlen(text), text);
    say(one, response, (size_t) count);
    one->state = READING_HEAD;
}

/* The value of a field, "" if there is none; heads come from proxies, which may write names in any case. */
static const char *field(const char *head, const char *name, char *value, size_t room) {
    value[0] = 0;
    for (const char *line = strstr(head, "\r\n"); line && line[2]; line = strstr(line + 2, "\r\n")) {
        size_t length = strlen(name);
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':') {
            const char *from = line + 3 + length + strspn(line + 3 + length, " \t"), *until = strstr(from, "\r\n");
            size_t count = until ? (size_t) (until - from) : 0;
            if (count >= room) count = room - 1;
            memcpy(value, from, count);
            value[count] = 0;
            break;
        }
    }
    return value;
}

static void begin(struct connection *one, const char *head) {
    char value[HEAD / 2], host[256], text[HEAD];
    if (strncmp(head, "GET /check ", 11) == 0) {
        field(head, "X-Forwarded-For", value, sizeof value);
        field(head, "Host", host, sizeof host);
        snprintf(text, sizeof text, "%d|%s|%s", one->port, value, host);
        answer(one, text);
    } else if (strncmp(head, "GET /events ", 12) == 0) {
        const char *response = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n";
        say(one, response, strlen(response));
        one->state = STREAM;
        one->number = streaming;
        streams[streaming++] = one;
    } else if (*field(head, "Upgrade", value, sizeof value)) {
        int socket = strcasecmp(value, "websocket") == 0;
        /* The key is that of RFC 6455 section 1.3, which the generator always sends. */
        int count = snprintf(text, sizeof text, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n%s\r\n",
                             value, socket ? "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" : "");
        say(one, text, (size_t) count);
        one->state = socket ? SOCKET : TUNNEL;
    } else {
        one->length = one->left = strtoull(field(head, "Content-Length", value, sizeof value), NULL, 10);
        one->seen = 0;
        one->state = BODY;
    }
}

/* Takes bytes; returns how many it took, which are fewer only where an answer has to be written first. */
static size_t take(struct connection *one, const unsigned char *bytes, size_t count) {
    size_t taken = 0;
    if (one->begun == HEAD - 1) {
        fprintf(stderr, "serve: a head is longer than %d bytes\n", HEAD);
        exit(1);
    }
    if (one->state == READING_HEAD) {
        while (taken < count && one->begun < HEAD - 1) {
            one->in[one->begun++] = bytes[taken++];
            if (one->begun >= 4 && memcmp(one->in + one->begun - 4, "\r\n\r\n", 4) == 0) {
                one->in[one->begun] = 0;
                one->begun = 0;
                begin(one, (const char *) one->in);
                break;
            }
        }
    } else if (one->state == SOCKET) {
        while (taken < count) {
            size_t wanted = TO_SERVER - one->begun, n = count - taken < wanted ? count - taken : wanted;
            memcpy(one->in + one->begun, bytes + taken, n);
            one->begun += n;
            taken += n;
            if (one->begun == TO_SERVER) {
                if (memcmp(one->in, masked, TO_SERVER) != 0) fprintf(stderr, "serve: a message came changed\n");
                say(one, plain, TO_CLIENT);
                one->begun = 0;
            }
        }
    } else if (one->state == TUNNEL) {
        say(one, bytes, count);
        taken = count;
    } else {
        taken = one->left < count ? (size_t) one->left : count;
        if (memcmp(bytes, pattern + one->seen % CHUNK, taken) != 0) fprintf(stderr, "serve: a body came changed\n");
        one->left -= taken;
        one->seen += taken;
    }
    if (one->state == BODY && one->left == 0) {
        char text[32];
        snprintf(text, sizeof text, "%llu", (unsigned long long) one->length);
        answer(one, text);
    }
    return taken;
}

static void turn(struct connection *one) {
    static unsigned char bytes[CHUNK];
    if (one->held > 0) {
        drain(one);
        return;
    }
    ssize_t got = read(one->fd, bytes, CHUNK);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) finish(one);
        return;
    }
    for (size_t taken = 0; one->state != STREAM && taken < (size_t) got;)
        taken += take(one, bytes + taken, (size_t) got - taken);
    drain(one);
}

/* Every stream has one event a second: so many of them in turn as the time since the last call asks for. */
static void tick(double seconds) {
    static double due;
    static int next;
    char chunk[EVENT + 16];
    int count = snprintf(chunk, sizeof chunk, "%x\r\n%.*s\r\n", EVENT, EVENT, event);
    for (due += seconds * streaming; due >= 1 && streaming > 0; due--) {
        if (next >= streaming) next = 0;
        struct connection *one = streams[next++];
        if (one->held + (size_t) count > CHUNK) continue; /* a client that reads nothing gets no more */
        say(one, chunk, (size_t) count);
        drain(one);
    }
    if (streaming == 0) due = 0;
}

static void accept_all(int listener) {
    struct sockaddr_in here;
    socklen_t length = sizeof here;
    int one = 1, fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct connection *fresh = calloc(1, sizeof *fresh);
        if (!fresh || !(fresh->in = malloc(HEAD)) || !(fresh->out = malloc(2 * CHUNK))) die("malloc");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        getsockname(listener, (struct sockaddr *) &here, &length);
        fresh->fd = fd;
        fresh->port = ntohs(here.sin_port);
        watch(fresh, EPOLLIN);
    }
}

int main(int count, char **arguments) {
    if (count < 2 || count > 65) {
        fprintf(stderr, "usage: serve PORT...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    make_bytes();
    if ((loop = epoll_create1(0)) < 0) die("epoll_create1");
    for (listening = 0; listening < count - 1; listening++) {
        listeners[listening] = listen_or_connect(atoi(arguments[listening + 1]), 1);
        struct epoll_event accepting = {.events = EPOLLIN, .data.ptr = &listeners[listening]};
        if (epoll_ctl(loop, EPOLL_CTL_ADD, listeners[listening], &accepting) < 0) die("epoll_ctl");
    }
    struct epoll_event ready[EVENTS];
    double last = now();
    for (;;) {
        int found = epoll_wait(loop, ready, EVENTS, streaming > 0 ? 1 : -1);
        if (found < 0 && errno != EINTR) die("epoll_wait");
        for (int i = 0; i < found; i++) {
            void *of = ready[i].data.ptr;
            if (of >= (void *) listeners && of < (void *) (listeners + 64)) accept_all(*(int *) of);
            else turn(of);
        }
        double time = now();
        tick(time - last);
        last = time;
    }
}

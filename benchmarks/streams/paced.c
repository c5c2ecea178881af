/*
 * Generator and upstream of the case `tail` in one thread, so that on the core that they share no scheduler stands between
 * them. It never sleeps while it asks. Loopback only.
 *
 * As upstream it answers 100 bytes to every request, and to GET /check the port, X-Forwarded-For and Host that it saw. As
 * generator it asks through PORT over so many connections, at RATE requests a second for SECONDS, evenly spaced; RATE 0: a
 * connection's next request goes when its answer came. A request that is due goes out whether or not others were answered,
 * on the connection that is free for the longest time, or on the next that becomes free. Its time counts from when it was
 * due. Before that, each connection has one request that does not count.
 *
 * It reads lines "PORT CONNECTIONS RATE SECONDS" and prints a line of JSON for each, times in microseconds:
 *   requests, bad (not 200, or no length), lost (due, but without an answer), seconds
 *   p50, p99, p999, longest
 *   slice99, slice999  the medians of p99 and p99.9 of slices of 100 ms: a pause of the machine is in few of them
 *   paused             sum of the generator's own pauses of 1 ms and more: its own error
 *   waited             for how long this thread was ready and had no core (/proc/thread-self/schedstat)
 *   stalls             [when (CLOCK_MONOTONIC, nanoseconds), longest, requests] of each run of requests of 1 ms and more
 *
 * Usage: paced UPSTREAM_PORT...
 */
#include "net.h"
#include "histogram.h"

#include <poll.h>

static const uint64_t SECOND = 1000000000, STALL = 1000000, SLICE = 100000000, PATIENCE = 10; /* PATIENCE: seconds for what is still due at the end */
enum { BODY = 100, BATCH = 256, STALLS = 1000, SLICES = 36000, MOST = 10000 };

struct connection {
    int fd, port;            /* port: of the listener it came from, 0 for one of the generator's */
    size_t got;              /* bytes of a head or an answer that have come */
    uint64_t due;            /* of the request under way */
    char in[HEAD];
};

struct stall {
    uint64_t at, longest, until;
    long requests;
};

static int loop, listeners[64], ports[64], listening;
static char answer[256];
static size_t answer_length;
static const char request[] = "GET / HTTP/1.1\r\nHost: order.test\r\ntrace-branch: f-1\r\n\r\n";

/* Of the turn. `idle` is a ring of the connections that wait for a request, the longest first. */
static struct connection *all[MOST], *idle[MOST];
static int open_count, idle_from, idle_count, timed, closed_loop;
static long answered, bad, broken;
static struct histogram times, slice;
static uint64_t slice_end, slice99[SLICES], slice999[SLICES];
static int slices;
static struct stall stalls[STALLS];
static int stalled;

static uint64_t nanos(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t) time.tv_sec * SECOND + (uint64_t) time.tv_nsec;
}

/* Nanoseconds for which this thread waited for a core so far, 0 where the kernel does not say. */
static uint64_t waited(void) {
    unsigned long long ran = 0, waiting = 0;
    FILE *file = fopen("/proc/thread-self/schedstat", "r");
    if (!file) return 0;
    if (fscanf(file, "%llu %llu", &ran, &waiting) != 2) waiting = 0;
    fclose(file);
    return waiting;
}

static struct connection *connection_of(int fd, int port) {
    struct connection *one = calloc(1, sizeof *one);
    struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = one};
    if (!one) die("calloc");
    one->fd = fd;
    one->port = port;
    if (epoll_ctl(loop, EPOLL_CTL_ADD, fd, &wanted) < 0) die("epoll_ctl");
    return one;
}

static void send_request(struct connection *one, uint64_t due) {
    one->due = due;
    /* A request of 60 bytes on a connection with nothing else under way: the kernel takes all of it. */
    if (write(one->fd, request, sizeof request - 1) != (ssize_t) (sizeof request - 1)) broken++;
}

static void end_slice(uint64_t time) {
    if (slice.count > 0 && slices < SLICES) {
        slice99[slices] = quantile(&slice, 0.99);
        slice999[slices++] = quantile(&slice, 0.999);
    }
    memset(&slice, 0, sizeof slice);
    slice_end = time + SLICE;
}

static int compare(const void *one, const void *other) {
    uint64_t first = *(const uint64_t *) one, second = *(const uint64_t *) other;
    return (first > second) - (first < second);
}

static double median(uint64_t *values) {
    if (slices == 0) return 0;
    qsort(values, (size_t) slices, sizeof *values, compare);
    return (double) values[slices / 2];
}

static void note(uint64_t due, uint64_t time) {
    if (time >= slice_end) end_slice(time);
    record(&times, time - due);
    record(&slice, time - due);
    if (time - due < STALL) return;
    struct stall *last = stalled > 0 ? &stalls[stalled - 1] : NULL;
    if (!last || due > last->until) {
        if (stalled == STALLS) return;
        last = &stalls[stalled++];
        *last = (struct stall) {.at = due};
    }
    if (time - due > last->longest) last->longest = time - due;
    if (time > last->until) last->until = time;
    last->requests++;
}

static void lose(struct connection *one) {
    broken++;
    open_count--;
    epoll_ctl(loop, EPOLL_CTL_DEL, one->fd, NULL);
}

/* Bytes of the whole answer in `one->in`, 0 as long as its head is not whole. Without a length, it counts as bad and ends here. */
static size_t whole(struct connection *one) {
    one->in[one->got] = 0;
    const char *end = strstr(one->in, "\r\n\r\n");
    if (!end) return 0;
    const char *length = strcasestr(one->in, "\r\ncontent-length:");
    if (strncmp(one->in, "HTTP/1.1 200", 12) != 0 || !length || length > end) {
        if (timed) bad++;
        return one->got;
    }
    return (size_t) (end + 4 - one->in) + strtoul(length + 17, NULL, 10);
}

static void receive(struct connection *one) {
    ssize_t got = read(one->fd, one->in + one->got, HEAD - 1 - one->got);
    if (got <= 0) {
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) lose(one);
        return;
    }
    one->got += (size_t) got;
    size_t wanted = whole(one);
    if (wanted == 0 || one->got < wanted) {
        if (one->got == HEAD - 1) lose(one);
        return;
    }
    uint64_t time = nanos();
    one->got = 0;
    answered++;
    if (timed) note(one->due, time);
    if (timed && closed_loop) send_request(one, time);
    else idle[(idle_from + idle_count++) % MOST] = one;
}

/* The value of a field, up to its line's end, as printf's %.*s takes it. */
static int field(const char *head, const char *name, const char **value) {
    const char *line = strcasestr(head, name);
    *value = line ? line + strlen(name) + strspn(line + strlen(name), " \t") : "";
    return (int) strcspn(*value, "\r");
}

static void serve(struct connection *one) {
    ssize_t got = read(one->fd, one->in + one->got, HEAD - 1 - one->got);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got > 0) one->got += (size_t) got;
    one->in[one->got] = 0;
    if (got <= 0 || (one->got == HEAD - 1 && !strstr(one->in, "\r\n\r\n"))) {
        close(one->fd);
        free(one);
        return;
    }
    if (!strstr(one->in, "\r\n\r\n")) return;
    if (strncmp(one->in, "GET /check ", 11) == 0) {
        const char *client, *host;
        char text[HEAD], response[HEAD + 128];
        int client_length = field(one->in, "\r\nX-Forwarded-For:", &client), host_length = field(one->in, "\r\nHost:", &host);
        int count = snprintf(text, sizeof text, "%d|%.*s|%.*s", one->port, client_length, client, host_length, host);
        int length = snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
                              count, text);
        if (write(one->fd, response, (size_t) length) != length) fprintf(stderr, "paced: an answer was not taken\n");
    } else if (write(one->fd, answer, answer_length) != (ssize_t) answer_length) {
        fprintf(stderr, "paced: an answer was not taken\n");
    }
    one->got = 0;
}

static void accept_all(int *listener) {
    int one = 1, fd;
    while ((fd = accept4(*listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        connection_of(fd, ports[listener - listeners]);
    }
}

/* Serves what is ready now, or, with `patience` -1, what is ready next. Returns whether a line of the input is there. */
static int turn(int patience) {
    static struct epoll_event ready[BATCH];
    int input = 0, found = epoll_wait(loop, ready, BATCH, patience);
    if (found < 0 && errno != EINTR) die("epoll_wait");
    for (int i = 0; i < found; i++) {
        void *of = ready[i].data.ptr;
        if (!of) input = 1;
        else if (of >= (void *) listeners && of < (void *) (listeners + 64)) accept_all(of);
        else if (((struct connection *) of)->port) serve(of);
        else receive(of);
    }
    return input;
}

/* Sends to those that are idle, the longest first, what is due at `time`: requests number `sent` and on, one each `gap` from `begun`. */
static long send_due(long sent, long total, double gap, uint64_t begun, uint64_t time) {
    while (sent < total && idle_count > 0) {
        uint64_t due = begun + (uint64_t) ((double) sent * gap);
        if (due > time) break;
        struct connection *one = idle[idle_from];
        idle_from = (idle_from + 1) % MOST;
        idle_count--;
        send_request(one, due);
        sent++;
        time = nanos();
    }
    return sent;
}

/* All connections open, and one request each answered; those that are not within PATIENCE stay away. */
static void connect_all(int port, int connections) {
    uint64_t deadline = nanos() + PATIENCE * SECOND;
    timed = 0;
    answered = bad = broken = 0;
    open_count = connections;
    idle_from = idle_count = 0;
    for (int i = 0; i < connections; i++) {
        all[i] = connection_of(listen_or_connect(port, 0), 0);
        /* The first write waits for the connection: one that is refused fails there. */
        struct pollfd opening = {.fd = all[i]->fd, .events = POLLOUT};
        while (poll(&opening, 1, 0) == 0 && nanos() < deadline) turn(0);
        send_request(all[i], 0);
        while (answered + broken <= i && nanos() < deadline) turn(0);
    }
}

static void ask(int port, int connections, double rate, double seconds) {
    connect_all(port, connections);
    long primed = answered;
    memset(&times, 0, sizeof times);
    stalled = 0;
    closed_loop = rate <= 0;
    answered = 0;
    timed = 1;
    uint64_t begun = nanos(), end = begun + (uint64_t) (seconds * (double) SECOND), before = waited();
    uint64_t last = begun, paused = 0;
    long total = closed_loop ? 0 : (long) (rate * seconds), sent = 0;
    end_slice(begun);
    slices = 0;
    if (closed_loop) {
        int free_ones = idle_count;
        idle_count = 0;
        for (int i = 0; i < free_ones; i++) send_request(idle[(idle_from + i) % MOST], begun);
    }
    double gap = closed_loop ? 0 : (double) SECOND / rate;
    for (uint64_t time = begun; primed > 0 && open_count > 0 && time < end + (closed_loop ? 0 : PATIENCE * SECOND); time = nanos()) {
        if (time - last >= STALL) paused += time - last;
        last = time;
        sent = send_due(sent, total, gap, begun, time);
        turn(0);
        if (!closed_loop && answered >= total) break;
    }
    uint64_t time = nanos();
    uint64_t without = waited() - before;
    timed = 0;
    end_slice(time);
    for (int i = 0; i < connections; i++) {
        close(all[i]->fd);
        free(all[i]);
    }
    printf("{\"requests\": %ld, \"bad\": %ld, \"lost\": %ld, \"seconds\": %.3f, ", answered, bad,
           closed_loop ? broken : connections - primed + total - answered, (double) (time - begun) / 1e9);
    printf("\"p50\": %.1f, \"p99\": %.1f, \"p999\": %.1f, \"longest\": %.1f, ", (double) quantile(&times, 0.5) / 1e3,
           (double) quantile(&times, 0.99) / 1e3, (double) quantile(&times, 0.999) / 1e3, (double) times.longest / 1e3);
    printf("\"slice99\": %.1f, \"slice999\": %.1f, \"paused\": %.1f, \"waited\": %.1f, \"stalls\": [", median(slice99) / 1e3,
           median(slice999) / 1e3, (double) paused / 1e3, (double) without / 1e3);
    for (int i = 0; i < stalled; i++)
        printf("%s[%llu, %.1f, %ld]", i > 0 ? ", " : "", (unsigned long long) stalls[i].at, (double) stalls[i].longest / 1e3,
               stalls[i].requests);
    printf("]}\n");
    fflush(stdout);
}

int main(int count, char **arguments) {
    if (count < 2 || count > 65) {
        fprintf(stderr, "usage: paced UPSTREAM_PORT...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    answer_length = (size_t) snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n",
                                      BODY);
    memset(answer + answer_length, 'x', BODY);
    answer_length += BODY;
    if ((loop = epoll_create1(0)) < 0) die("epoll_create1");
    for (listening = 0; listening < count - 1; listening++) {
        ports[listening] = atoi(arguments[listening + 1]);
        listeners[listening] = listen_or_connect(ports[listening], 1);
        struct epoll_event accepting = {.events = EPOLLIN, .data.ptr = &listeners[listening]};
        if (epoll_ctl(loop, EPOLL_CTL_ADD, listeners[listening], &accepting) < 0) die("epoll_ctl");
    }
    struct epoll_event input = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, STDIN_FILENO, &input) < 0) die("epoll_ctl of the input");
    for (;;) {
        while (!turn(-1)) {
        }
        char line[128];
        int port, connections;
        double rate, seconds;
        ssize_t got = read(STDIN_FILENO, line, sizeof line - 1);
        if (got <= 0) return 0;
        line[got] = 0;
        if (sscanf(line, "%d %d %lf %lf", &port, &connections, &rate, &seconds) != 4 || connections < 1 || connections > MOST) {
            fprintf(stderr, "paced: %s (expected: PORT CONNECTIONS RATE SECONDS, at most %d connections)\n", line, MOST);
            return 1;
        }
        ask(port, connections, rate, seconds);
    }
}

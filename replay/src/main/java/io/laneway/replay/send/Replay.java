package io.laneway.replay.send;

import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.LaneShare;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultSink;
import io.laneway.replay.result.Side;
import io.laneway.replay.value.ClientValues;
import io.laneway.replay.value.Held;
import io.laneway.replay.value.Needs;
import io.laneway.replay.value.TakenValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends a plan's requests when they are due, whether or not earlier ones of other clients have their responses (open
 * loop), and writes what came back. {@link #run} is for one thread; {@link #abort} and {@link #totals} are for any.
 */
public final class Replay {

    private static final List<Side> LANE_ALONE = List.of(Side.LANE);
    private static final List<Side> ALL = List.of(Side.BASE1, Side.LANE, Side.BASE2);

    /** How an error begins that another try would have, too. */
    private static final String UNFIT = "not sent: ";

    private static final long LATE = Duration.ofMillis(100).toNanos();

    private static final long FLUSH = Duration.ofSeconds(1).toNanos();

    private final ReplayPlan plan;
    private final ReplayOptions options;
    private final Stamps stamps;
    private final Sender sender;
    private final ResultSink results;
    private final Journal journal;
    private final Timeline time;

    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Map<String, ClientQueue> clients = new HashMap<>();
    private final Deque<ClientQueue> ready = new ArrayDeque<>();
    private final Map<Integer, Map<Side, TakenValues>> shared = new HashMap<>();
    private final Needs needs;
    private final Map<Long, Boolean> earlier = new HashMap<>();
    private long start;
    private long flushed;
    private int next;
    private int inFlight;
    private volatile boolean aborted;
    private volatile String stopped = "";
    private String refused = "";
    private final LaneShare onLane;
    private final LaneShare onBase;
    private volatile Totals totals;

    /** A replay that has sent nothing. */
    public Replay(
            ReplayPlan plan, ReplayOptions options, Stamps stamps, Sender sender, ResultSink results, Journal journal) {
        this(plan, options, stamps, sender, results, journal, Timeline.SYSTEM);
    }

    Replay(
            ReplayPlan plan,
            ReplayOptions options,
            Stamps stamps,
            Sender sender,
            ResultSink results,
            Journal journal,
            Timeline time) {
        this.plan = plan;
        this.options = options;
        this.stamps = stamps;
        this.sender = sender;
        this.results = results;
        this.journal = journal;
        this.time = time;
        this.needs = new Needs(options.values());
        this.onLane = new LaneShare(options.lane());
        this.onBase = new LaneShare(options.against());
        this.totals = new Totals(plan.size(), 0, 0, 0, 0, 0, 0);
    }

    /**
     * Takes in what an earlier run of the same replay got: it is not sent again, its values are learnt. A safe request that
     * has no response is sent again: the service was away, or the replay was ended.
     */
    public void resume(ReplayedRequest request) {
        int index = (int) request.sequence();
        if (index < 0
                || index >= plan.size()
                || !plan.requests()
                        .get(index)
                        .recorded()
                        .id()
                        .equals(request.recorded().id())) {
            throw new IllegalArgumentException("sequence " + request.sequence()
                    + ": is another request than the recording's (expected: results of the same recording and"
                    + " --times)");
        }
        if (again(plan.requests().get(index), request)) {
            return;
        }
        if (earlier.putIfAbsent(request.sequence(), responded(request.responses())) != null) {
            return;
        }
        ClientQueue client = client(plan.requests().get(index));
        for (ReplayedResponse response : request.responses()) {
            ClientValues values = client.values(response.side());
            Outgoing sent = outgoing(request.sequence(), request.recorded(), response.side(), values);
            values.learn(request.recorded(), held(sent), response.response());
            share(response.side()).add(response.response());
        }
    }

    private boolean again(Planned planned, ReplayedRequest earlier) {
        boolean sent = earlier.responses().stream()
                .noneMatch(response -> response.error().startsWith(UNFIT));
        return sent && safe(planned) && !responded(earlier.responses());
    }

    /** Sends no more requests; those in flight end. */
    public void abort() {
        aborted = true;
        events.add(() -> {});
    }

    /** Why it sends no more, by itself: a write that another lane served. Empty if it did not stop. */
    public String stopped() {
        return stopped;
    }

    /** Why it sends no more: the gateway has no such lane. Empty if it has; known when it has run. */
    public String refused() {
        return refused;
    }

    /** How many requests the lane served itself; known when it has run. */
    public LaneShare served() {
        return onLane;
    }

    /** How far it is. */
    public Totals totals() {
        return totals;
    }

    /** Sends everything and returns when it is done or aborted. */
    public Totals run() throws IOException, InterruptedException {
        List<Planned> requests = plan.requests();
        while (next < requests.size() && earlier.containsKey(requests.get(next).sequence())) {
            next++;
        }
        // a resumed schedule begins where the earlier run ended
        start = time.nanos() - (next < requests.size() ? requests.get(next).due() : 0);
        next = 0;
        try {
            while (true) {
                take();
                send();
                boolean left = !aborted && next < requests.size();
                if (!left && inFlight == 0 && (aborted || ready.isEmpty())) {
                    return totals;
                }
                await(left ? Math.min(FLUSH, requests.get(next).due() - now()) : FLUSH);
                flush();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long now() {
        return time.nanos() - start;
    }

    private void await(long nanos) throws InterruptedException {
        Runnable event = time.await(events, nanos);
        while (event != null) {
            event.run();
            event = events.poll();
        }
    }

    /** What is not in the file when this is killed is sent again when it is resumed. */
    private void flush() throws IOException {
        if (time.nanos() - flushed >= FLUSH) {
            results.flush();
            flushed = time.nanos();
        }
    }

    /** Puts what is due behind the other requests of its client. */
    private void take() throws IOException {
        List<Planned> requests = plan.requests();
        while (!aborted && next < requests.size() && requests.get(next).due() <= now()) {
            Planned request = requests.get(next++);
            Boolean responded = earlier.get(request.sequence());
            if (responded != null) {
                count(responded ? 1 : 0, 0, responded ? 0 : 1, 0, 0);
            } else if (request.recorded().socket() != null || (!options.unsafe() && !safe(request))) {
                count(0, 0, 0, 1, 0);
            } else {
                ClientQueue client = client(request);
                client.due.add(request);
                list(client);
            }
        }
    }

    private ClientQueue client(Planned request) {
        return clients.computeIfAbsent(
                request.client(),
                key -> new ClientQueue(
                        needs, side -> new ClientValues(options.values(), shared(request.time(), side))));
    }

    /** What all clients of a turn have, since the next turn gets values of its own. */
    private TakenValues shared(int time, Side side) {
        return shared.computeIfAbsent(time, key -> new EnumMap<>(Side.class))
                .computeIfAbsent(side, key -> new TakenValues());
    }

    private void list(ClientQueue client) {
        if (!client.listed && !client.due.isEmpty() && !client.blocked()) {
            client.listed = true;
            ready.add(client);
        }
    }

    private void send() throws IOException {
        while (!aborted && inFlight < options.inFlight() && !ready.isEmpty()) {
            ClientQueue client = ready.remove();
            client.listed = false;
            begin(client, client.remove());
            list(client);
        }
    }

    private void begin(ClientQueue client, Planned request) throws IOException {
        long late = Math.max(0, now() - request.due());
        String why = unfit(request.recorded().request());
        boolean unsafe = !safe(request);
        if (why.isEmpty() && unsafe && journal.had(request.sequence())) {
            why = "sent by an earlier run that did not get its response (not sent again)";
        }
        if (!why.isEmpty()) {
            ReplayedResponse none =
                    new ReplayedResponse(Side.LANE, Instant.now(), Duration.ofNanos(late), Duration.ZERO, null, why);
            results.write(new ReplayedRequest(request.sequence(), request.recorded(), List.of(none)));
            count(0, 0, 1, 0, late);
            return;
        }
        if (unsafe) {
            journal.sending(request.sequence());
        }
        inFlight++;
        client.inFlight.add(request);
        List<Side> sides = unsafe || options.against().isEmpty() ? LANE_ALONE : ALL;
        side(client, request, sides, new ArrayList<>(), late);
    }

    private boolean safe(Planned request) {
        return options.safe().test(request.recorded().request());
    }

    /** Why a request cannot be sent as it was recorded, empty if it can. */
    private static String unfit(RecordedRequest request) {
        if (request.method().equals("CONNECT") || request.headers().stream().anyMatch(f -> f.named("upgrade"))) {
            return UNFIT + "a tunnel or an upgrade";
        }
        return request.body().cut() || request.body().omitted() != null ? UNFIT + "its body was not kept whole" : "";
    }

    private void side(ClientQueue client, Planned request, List<Side> sides, List<ReplayedResponse> got, long late) {
        Side side = sides.get(got.size());
        ClientValues values = client.values(side);
        Outgoing outgoing = outgoing(request.sequence(), request.recorded(), side, values);
        Instant sent = Instant.now();
        long from = time.nanos();
        sender.send(outgoing, reply -> {
            Duration took = Duration.ofNanos(time.nanos() - from);
            events.add(() -> {
                values.learn(request.recorded(), held(outgoing), reply.response());
                got.add(new ReplayedResponse(
                        side, sent, Duration.ofNanos(late), took, reply.response(), reply.error()));
                check(side, reply.response());
                if (got.size() < sides.size() && refused.isEmpty()) {
                    side(client, request, sides, got, late);
                } else {
                    ended(client, request, got, late);
                }
            });
        });
    }

    private Outgoing outgoing(long sequence, RecordedExchange recorded, Side side, ClientValues values) {
        return stamps.outgoing(
                sequence, recorded, side.text(), side == Side.LANE ? options.lane() : options.against(), values);
    }

    private static Held held(Outgoing sent) {
        return Held.by(sent.target(), sent.headers(), sent.body());
    }

    private LaneShare share(Side side) {
        return side == Side.LANE ? onLane : onBase;
    }

    private void check(Side side, @Nullable RecordedResponse response) {
        LaneShare share = share(side);
        share.add(response);
        String why = refused.isEmpty() ? share.refusal(response) : "";
        if (!why.isEmpty()) {
            refused = (side == Side.LANE ? "lane " + options.lane() : "against " + options.against()) + ": " + why;
            aborted = true;
        }
    }

    private void ended(ClientQueue client, Planned request, List<ReplayedResponse> got, long late) {
        inFlight--;
        client.inFlight.remove(request);
        if (!safe(request) && stopped.isEmpty()) {
            stopped = ServedLane.problem(
                    request.recorded(), options.lane(), got.get(0).response());
            aborted |= !stopped.isEmpty();
        }
        list(client);
        if (!refused.isEmpty() && safe(request)) {
            // not in the file, so that it is sent again when the replay is resumed
            count(0, 0, 1, 0, late);
            return;
        }
        try {
            results.write(new ReplayedRequest(request.sequence(), request.recorded(), got));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean responded = responded(got);
        count(0, responded ? 1 : 0, responded ? 0 : 1, 0, late);
    }

    private static boolean responded(List<ReplayedResponse> got) {
        return got.stream().allMatch(response -> response.response() != null);
    }

    private void count(int before, int responded, int failed, int skipped, long late) {
        Totals t = totals;
        totals = new Totals(
                t.planned(),
                t.earlier() + before,
                t.responded() + responded,
                t.failed() + failed,
                t.skipped() + skipped,
                t.lateOver100Millis() + (late > LATE ? 1 : 0),
                Math.max(t.late(), late));
    }
}

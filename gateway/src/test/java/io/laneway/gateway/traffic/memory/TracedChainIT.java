package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.Upstream.Request;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests over A → B → C, whose applications pass one kind of trace id on and nothing else, with lanes, tenants' lanes and
 * none at random, some ids repeated on purpose: none comes out in a lane that it did not ask for, all with an id of their own
 * in the lane that they did ask for, and each conflict is counted.
 */
class TracedChainIT {

    private static final int REQUESTS = Integer.getInteger("laneway.traced", 1200);
    private static final int CLIENTS = 6;
    private static final List<String> LANES = List.of("", "f-1", "f-2", "G0");

    /** What the two applications make of the headers that they get. */
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private enum Kind {
        TRACE_CONTEXT_TO_B3(
                "traceparent",
                value -> "traceparent: " + value,
                value -> "b3: " + value.split("-")[1] + "-00f067aa0ba902b7-1"),
        SKYWALKING("sw8", value -> "sw8: " + value, value -> "sw8: " + value.replace("-c2Vn", "-c2Vo")),
        JAEGER_TO_B3(
                "uber-trace-id", value -> "uber-trace-id: " + value, value -> "x-b3-traceid: " + value.split(":")[0]);

        private final String read;
        private final UnaryOperator<String> first;
        private final UnaryOperator<String> second;

        Kind(String read, UnaryOperator<String> first, UnaryOperator<String> second) {
            this.read = read;
            this.first = first;
            this.second = second;
        }
    }

    /** An application that calls the next service with one header line, on a connection of its own. */
    private static final class Relay implements AutoCloseable {
        private final AtomicReference<Integer> out = new AtomicReference<>();
        private final Upstream upstream;

        Relay(String read, UnaryOperator<String> line, String path) {
            this.upstream = Upstream.scripted(conversation -> {
                try (RawClient next = RawClient.to(out.get())) {
                    for (Request request = conversation.pass(); request != null; request = conversation.pass()) {
                        String body = next.get(path, line.apply(request.header(read)) + "\n")
                                .body();
                        conversation.send("HTTP/1.1 200 OK\nContent-Length: " + body.length() + "\n\n" + body);
                    }
                }
            });
        }

        @Override
        public void close() {
            upstream.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRequestIsInALaneThatItDidNotAskFor(Kind kind) throws Exception {
        try (Upstream c = Upstream.scripted(conversation -> {
                    for (Request request = conversation.pass(); request != null; request = conversation.pass()) {
                        String lane = request.header("trace-branch") == null ? "" : request.header("trace-branch");
                        conversation.send("HTTP/1.1 200 OK\nContent-Length: " + lane.length() + "\n\n" + lane);
                    }
                });
                Relay b = new Relay(kind.read, kind.second, "/c");
                Relay a = new Relay(kind.read, kind.first, "/b");
                Sidecar ofB = Sidecar.of("b", b.upstream.port(), "c", c.port());
                Sidecar ofA = Sidecar.of("a", a.upstream.port(), "b", ofB.in())) {
            a.out.set(ofA.out());
            b.out.set(ofB.out());
            Run run = new Run(ofA);
            run.go();

            assertThat(run.wrong).isEmpty();
            assertThat(run.sent).isEqualTo(REQUESTS);
            long twice = run.lanes.values().stream()
                    .filter(lanes -> lanes.size() > 1)
                    .count();
            assertThat(twice).isPositive();
            assertThat(ofA.contexts().conflicts())
                    .as("each, and at most once for each of the two ids that a request has")
                    .isBetween(twice, 2 * twice);
            assertThat(ofA.counts().lost()).isEqualTo(ofA.counts().restored()).isPositive();
        }
    }

    /** Clients that ask at random, and what came of it. */
    private static final class Run {
        private final Sidecar entry;
        private final Map<String, Set<String>> lanes = new ConcurrentHashMap<>();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private final Deque<String> recent = new ConcurrentLinkedDeque<>();
        private int sent;

        Run(Sidecar entry) {
            this.entry = entry;
        }

        void go() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                all.add(threads.submit(() -> ask(new SplittableRandom(seed))));
            }
            for (Future<Integer> each : all) {
                sent += each.get();
            }
            threads.shutdown();
        }

        private int ask(SplittableRandom random) {
            int count = REQUESTS / CLIENTS;
            try (RawClient client = RawClient.to(entry.in())) {
                for (int i = 0; i < count; i++) {
                    one(client, random);
                }
            }
            return count;
        }

        private void one(RawClient client, SplittableRandom random) {
            String lane = LANES.get(random.nextInt(LANES.size()));
            String again = random.nextInt(5) == 0 ? recent.pollLast() : null;
            String id = again != null ? again : String.format("%016x%016x", random.nextLong() | 1, random.nextLong());
            lanes.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet()).add(lane);
            boolean own = again == null && random.nextInt(2) == 0;
            if (again == null && !own) {
                recent.add(id);
            }
            String came = client.get("/", headers(id, lane)).body();
            boolean asked = came.equals(lane);
            if (!asked && (own || !came.isEmpty())) {
                wrong.add(id + " asked for " + lane + ", came out in " + came);
            }
        }

        private static String headers(String id, String lane) {
            String stamp = lane.isEmpty() ? "" : "trace-branch: " + lane + "\n";
            String assigned = lane.equals("G0") ? "x-laneway-assigned: shift\n" : "";
            return stamp + assigned + "traceparent: 00-" + id + "-00f067aa0ba902b7-01\nuber-trace-id: " + id
                    + ":1:0:1\n" + "sw8: 1-" + id + "-c2Vn-0-YQ==\n";
        }
    }
}

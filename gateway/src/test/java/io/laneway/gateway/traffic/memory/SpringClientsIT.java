package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.opentelemetry.javaagent.OpenTelemetryAgent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Applications of Spring Boot that call the next service by {@code RestClient}, {@code WebClient} and Feign, with
 * OpenTelemetry's agent and without, and pass one header on themselves or none.
 */
class SpringClientsIT {

    private static final List<String> CLIENTS = List.of("restclient", "webclient", "feign");
    private static final String KEPT = "kept";
    private static final String RESTORED = "restored";
    private static final String DROPPED = "dropped";
    private static final String UNSEEN = "null: 0 lost, 0 restored, 0 untraced";

    private final SplittableRandom random = new SplittableRandom(18);

    /** What the application passes on by itself, and what becomes of the lane. */
    private static Map<String, String> fates(String propagators) {
        if (propagators == null) {
            return Map.of(
                    "nothing", DROPPED,
                    "traceparent", RESTORED,
                    "b3", RESTORED,
                    "sw8", RESTORED,
                    "trace-branch", KEPT);
        }
        boolean baggage = propagators.contains("baggage");
        return Map.of("nothing", baggage ? KEPT : RESTORED, "sw8", baggage ? KEPT : RESTORED, "trace-branch", KEPT);
    }

    /** @param propagators what the agent reads and writes; none: there is no agent */
    @ParameterizedTest
    @CsvSource({
        "3,",
        "4,",
        "3, tracecontext+baggage",
        "4, tracecontext+baggage",
        "3, tracecontext",
        "4, tracecontext",
        "3, b3",
        "4, b3",
    })
    void aCallStaysInTheLane(int boot, String propagators) throws Exception {
        try (Upstream c = OtherClientsIT.last();
                Program b = new Program();
                Sidecar sidecar = Sidecar.of("b", b.relay(), "c", c.port())) {
            b.start(SpringApplications.command(boot, agent(propagators), sidecar.out()));
            SoftAssertions all = new SoftAssertions();
            for (String client : CLIENTS) {
                fates(propagators)
                        .forEach((passed, fate) -> all.assertThat(fate(sidecar, "/" + client + "/" + passed, id()))
                                .as(client + " that passes " + passed + " on")
                                .isEqualTo(fate));
                all.assertThat(ask(sidecar, "/" + client + "/traceparent", "", id()))
                        .as(client + " without a lane")
                        .isEqualTo("null");
            }
            if (propagators != null) {
                all.assertThat(fate(sidecar, "/webclient/nothing", ""))
                        .as("the agent begins the trace: no request came in with it")
                        .isEqualTo(propagators.contains("baggage") ? KEPT : UNSEEN);
            }
            all.assertAll();
            requestsAtOnceStayInLanesOfTheirOwn(sidecar, propagators == null ? "traceparent" : "nothing");
        }
    }

    private void requestsAtOnceStayInLanesOfTheirOwn(Sidecar sidecar, String passed) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<String> expected = new ArrayList<>();
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                String lane = List.of("f-1", "f-2", "null").get(random.nextInt(3));
                String path = "/" + CLIENTS.get(i % CLIENTS.size()) + "/" + passed;
                String stamp = lane.equals("null") ? "" : stamp(lane);
                String id = id();
                expected.add(lane);
                calls.add(() -> ask(sidecar, path, stamp, id));
            }
            List<String> served = new ArrayList<>();
            for (Future<String> each : callers.invokeAll(calls)) {
                served.add(each.get());
            }
            assertThat(served).isEqualTo(expected);
            assertThat(sidecar.contexts().conflicts()).isZero();
        } finally {
            callers.shutdownNow();
        }
    }

    /** What becomes of the lane of one request, by what the next service gets and by what is counted. */
    private static String fate(Sidecar sidecar, String path, String id) {
        LaneContexts.Counts counts = sidecar.counts();
        long lost = counts.lost();
        long restored = counts.restored();
        long untraced = counts.untraced();
        String served = ask(sidecar, path, stamp("f-1"), id);
        String counted = (counts.lost() - lost) + " lost, " + (counts.restored() - restored) + " restored, "
                + (counts.untraced() - untraced) + " untraced";
        return switch (served + ": " + counted) {
            case "f-1: 0 lost, 0 restored, 0 untraced" -> KEPT;
            case "f-1: 1 lost, 1 restored, 0 untraced" -> RESTORED;
            case "null: 0 lost, 0 restored, 1 untraced" -> DROPPED;
            default -> served + ": " + counted;
        };
    }

    private static String stamp(String lane) {
        return "trace-branch: " + lane + "\nbaggage: trace-branch=" + lane + "\n";
    }

    /** Ids of one trace in the forms of three systems. */
    private String id() {
        String id = String.format("%016x%016x", random.nextLong(), random.nextLong());
        String span = id.substring(16);
        return "traceparent: 00-" + id + "-" + span + "-01\nb3: " + id + "-" + span + "-1\nsw8: 1-"
                + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII))
                + "-c2Vn-0-YQ==-YQ==-YQ==-YQ==\n";
    }

    private static String ask(Sidecar sidecar, String path, String stamp, String id) {
        try (RawClient client = RawClient.to(sidecar.in())) {
            return client.get(path, stamp + id).body();
        }
    }

    private static List<String> agent(String propagators) throws URISyntaxException {
        if (propagators == null) {
            return List.of();
        }
        Path jar = Path.of(OpenTelemetryAgent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return List.of(
                "-javaagent:" + jar,
                "-Dotel.propagators=" + propagators.replace('+', ','),
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none",
                "-Dotel.javaagent.logging=none");
    }
}

package io.laneway.cli.demo;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.diff.report.Level;
import io.laneway.replay.diff.report.TextReport;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.http.Destination;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.run.Compared;
import io.laneway.replay.run.Gathered;
import io.laneway.replay.run.RecordedRequests;
import io.laneway.replay.run.ReplayRun;
import io.laneway.replay.send.Pace;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.ReplayPlan;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Records requests of the demo's own to a service, replays them into a lane with a fault and against base, and prints
 * what differs. Confined to one thread, which blocks.
 */
final class RecordReplay {

    private static final String NAME = "demo";
    private static final String BASE = "master";
    private static final int REQUESTS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int IN_FLIGHT = 8;
    private static final int BODIES = 1 << 16;

    private final Demo demo;
    private final PrintWriter out;
    private final ControlClient control;

    RecordReplay(Demo demo, PrintWriter out) {
        this.demo = demo;
        this.out = out;
        this.control = new ControlClient(URI.create("http://127.0.0.1:" + demo.control()), null);
    }

    /** Whether what differs is the fault, and nothing else. */
    boolean run() throws IOException, InterruptedException {
        try (DemoOrders orders = new DemoOrders()) {
            JsonObject table = (JsonObject) control.get("/v1/table");
            table.remove("revision");
            table.getJsonArray("services").add(orders.form());
            say("Record what clients ask the service orders for:");
            apply(table.put("recordings", new JsonArray().add(recording())));
            traffic();
            apply(table.put("recordings", new JsonArray()));
            List<RecordedExchange> recorded = recorded();
            say("  " + recorded.size() + " requests are recorded.");
            Path results = demo.data().resolve("results.jsonl.gz");
            say("Replay them: to master, to lane f-1 and to master again.");
            DiffReport report = replay(recorded, results);
            say("Compare. The time, the identifier and the order of tags differ at master, too: that is noise.");
            out.println();
            TextReport.write(report, out);
            return report.differs()
                    && report.findings().stream()
                            .filter(finding -> finding.level() == Level.DIFFERS)
                            .allMatch(finding -> finding.path().equals(DemoOrders.FAULT));
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private void apply(JsonObject table) {
        control.call("PUT", "/v1/table?wait=applied&timeout=10s", table.encode(), "the demo records and replays");
    }

    private static JsonObject recording() {
        return new JsonObject()
                .put("name", NAME)
                .put("service", DemoOrders.SERVICE)
                .put("until", Instant.now().plusSeconds(600).toString());
    }

    /** As a service calls another one: through the gateway, by its name. */
    private void traffic() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), demo.outbound())))
                .build();
        for (int i = 0; i < REQUESTS; i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + DemoOrders.SERVICE + "/orders/" + i))
                    .timeout(PATIENCE)
                    .build();
            client.send(request, BodyHandlers.discarding());
        }
    }

    /** What the gateway wrote, once it has it all: it writes on a thread of its own. */
    private List<RecordedExchange> recorded() throws IOException, InterruptedException {
        Path directory = demo.data().resolve("gateway/recordings").resolve(NAME);
        List<RecordedExchange> recorded = read(directory);
        for (long end = System.nanoTime() + PATIENCE.toNanos();
                recorded.size() < REQUESTS && System.nanoTime() < end;
                recorded = read(directory)) {
            Thread.sleep(50);
        }
        if (recorded.isEmpty()) {
            throw new CommandFailed(directory + ": no requests (expected: " + REQUESTS + ")");
        }
        return recorded;
    }

    private static List<RecordedExchange> read(Path directory) throws IOException {
        return Gathered.read(directory, RecordedRequests.Room.UNBOUNDED).requests();
    }

    private DiffReport replay(List<RecordedExchange> recorded, Path results) throws IOException, InterruptedException {
        String to = "http://127.0.0.1:" + demo.outbound();
        String id = UUID.randomUUID().toString();
        ReplayRun run = new ReplayRun(
                new ReplayHeader(id, NAME, to, DemoOrders.LANE, BASE, Instant.now()),
                new Destination(URI.create(to), null, false, IN_FLIGHT, PATIENCE, BODIES),
                "",
                new ReplayOptions(DemoOrders.LANE, BASE, false, IN_FLIGHT),
                null);
        Compared compared = run.run(
                        ReplayPlan.of(recorded, Pace.parse("200/s"), 1, false), results, DiffRules.NONE, null)
                .compared();
        if (compared == null || !compared.problem().isEmpty()) {
            throw new CommandFailed(results + ": " + (compared == null ? "not compared" : compared.problem()));
        }
        return compared.report();
    }
}

package io.laneway.cli.diff;

import io.laneway.cli.remote.CallFailed;
import io.laneway.cli.remote.ControlClient;
import io.laneway.cli.remote.Remote;
import io.laneway.cli.requests.Story;
import io.laneway.replay.diff.report.DiffReport;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.Side;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says who failed first of the requests of a replay that show a difference, as far as gateways remember them. Immutable.
 */
record ExampleChains(Path results, Remote remote) {

    private static final int UNKNOWN = 404;

    /** How many of them are asked for at most. */
    private static final int MOST = 60;

    /** A line for each, with its id at gateways. */
    void print(DiffReport report, PrintWriter out) throws IOException {
        Set<String> examples = report.findings().stream()
                .flatMap(finding -> finding.examples().stream())
                .map(example -> example.request().id())
                .limit(MOST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Map.Entry<String, String> each : replayed(examples).entrySet()) {
            out.println("request " + Story.printable(each.getKey()) + " in the lane (" + each.getValue() + "): "
                    + Story.printable(failed(each.getValue())));
        }
        out.flush();
    }

    /** The ids of those that the lane got, by the ids of recorded requests. */
    private Map<String, String> replayed(Set<String> examples) throws IOException {
        Map<String, String> replayed = new LinkedHashMap<>();
        try (ResultReader reader = ResultReader.open(results)) {
            String replay = reader.header().replay();
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                String id = next.recorded().id();
                if (examples.contains(id)) {
                    replayed.putIfAbsent(id, replay + "-" + next.sequence() + "-" + Side.LANE.text());
                }
            }
        }
        return replayed;
    }

    private String failed(String request) {
        try {
            JsonObject story = remote.get(ControlClient.path("requests", request));
            JsonObject failed = story.getJsonObject("failed");
            return failed == null ? "nothing failed" : "failed first: " + failed.getString("why", "");
        } catch (CallFailed e) {
            if (e.status() != UNKNOWN) {
                throw e;
            }
            return "no gateway remembers it";
        }
    }
}

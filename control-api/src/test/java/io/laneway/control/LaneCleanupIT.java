package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.router.source.LaneLeftovers;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lanes leave behind elsewhere is removed once they are gone, and not before. */
class LaneCleanupIT {

    @TempDir
    Path directory;

    private final Elsewhere elsewhere = new Elsewhere();
    private TestControl control;

    /** Where lanes leave things; the obstacle of each by its lane. */
    private static final class Elsewhere implements LaneLeftovers {
        private final Map<String, String> obstacles = new ConcurrentHashMap<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private volatile boolean away;

        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public List<Leftover> find(Set<String> lanes) {
            if (away) {
                throw new IllegalStateException("missing right: DESCRIBE");
            }
            List<Leftover> found = new ArrayList<>();
            obstacles.forEach((lane, obstacle) -> {
                if (lanes.contains(lane)) {
                    calls.add("found " + lane);
                    found.add(new Leftover(lane, "group g_" + lane, obstacle));
                }
            });
            return found;
        }

        @Override
        public List<Leftover> remove(List<Leftover> found) {
            found.forEach(one -> {
                calls.add("removed " + one.lane());
                obstacles.remove(one.lane());
            });
            return List.of();
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        LaneLifeConfig life = new LaneLifeConfig(
                Duration.ofDays(6),
                Duration.ofDays(7),
                Duration.ofDays(7),
                true,
                Duration.ofMillis(50),
                null,
                List.of());
        control = TestControl.start(ControlConfig.in(directory, 0)
                .with(life)
                .with(Clock.systemUTC())
                .removing(List.of(elsewhere)));
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    @Test
    void whatADeletedLaneLeftIsFoundByOneSweepAndRemovedByTheNext() {
        elsewhere.obstacles.put("feature-x", "");
        elsewhere.obstacles.put("f-1", "");
        elsewhere.obstacles.put("stranger", "");
        control.put("/v1/lanes/feature%2Fx", "{}");
        control.delete("/v1/lanes/feature%2Fx");
        await().atMost(Duration.ofMinutes(1)).until(() -> !elsewhere.obstacles.containsKey("feature-x"));
        assertThat(elsewhere.calls).startsWith("found feature-x", "found feature-x", "removed feature-x");
        assertThat(elsewhere.obstacles)
                .as("a lane that is there, and one that was never there")
                .containsOnlyKeys("f-1", "stranger");
    }

    @Test
    void whatCannotGoYetGoesLaterAndALaneThatIsBackKeepsIt() {
        elsewhere.obstacles.put("busy", "it has 1 members");
        elsewhere.obstacles.put("back", "it has 1 members");
        for (String lane : List.of("busy", "back")) {
            control.put("/v1/lanes/" + lane, "{}");
            control.delete("/v1/lanes/" + lane);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> elsewhere.calls.size() > 4);
        control.put("/v1/lanes/back", "{}");
        elsewhere.obstacles.put("back", "");
        elsewhere.obstacles.put("busy", "");
        await().atMost(Duration.ofMinutes(1)).until(() -> !elsewhere.obstacles.containsKey("busy"));
        assertThat(elsewhere.obstacles).containsKey("back");
    }

    @Test
    void aLaneThatWentBeforeARestartIsNotForgotten() {
        elsewhere.away = true;
        control.put("/v1/lanes/old", "{}");
        control.delete("/v1/lanes/old");
        elsewhere.obstacles.put("old", "");
        stop();
        elsewhere.away = false;
        start();
        await().atMost(Duration.ofMinutes(1)).until(() -> elsewhere.obstacles.isEmpty());
    }

    @Test
    void theDryRunSaysWhatALaneWouldLeaveAndWhyItIsNotKnown() {
        elsewhere.obstacles.put("f-1", "it has 2 members");
        JsonArray plan = leftovers();
        assertThat(plan.encode())
                .isEqualTo("[{\"lane\":\"f-1\",\"where\":\"elsewhere\",\"what\":\"group g_f-1\","
                        + "\"obstacle\":\"it has 2 members\"}]");
        elsewhere.away = true;
        assertThat(leftovers().encode()).contains("missing right: DESCRIBE");
    }

    private JsonArray leftovers() {
        return control.post("/v1/lanes/sweep?lane=f-1", "").json().getJsonArray("leftovers");
    }
}

package io.laneway.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.kafka.lane.LaneContext;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The lane in OpenTelemetry's baggage, and on other threads. */
@SuppressWarnings("try") // scopes are there to be closed
class LaneBridgesTest {

    @Test
    void theLaneOfOpenTelemetrysBaggageIsTheCurrentOne() {
        Baggage baggage = Baggage.builder()
                .put("user", "7")
                .put("trace-branch", "feature/x")
                .build();
        try (Scope scope = baggage.makeCurrent()) {
            assertThat(LaneContext.current()).isEqualTo("feature/x");
            LaneContext.run("f-2", () -> assertThat(LaneContext.current()).isEqualTo("f-2"));
        }
        assertThat(LaneContext.current()).isNull();
    }

    @Test
    void baggageThatCannotNameALaneNamesNone() {
        try (Scope scope = Baggage.builder().put("trace-branch", "--").build().makeCurrent()) {
            assertThat(LaneContext.current()).isNull();
        }
    }

    @Test
    void workForALaneHasItInOpenTelemetrysBaggageBesideTheOtherMembers() {
        try (Scope outer = Baggage.builder().put("user", "7").build().makeCurrent()) {
            LaneContext.Scope lane = LaneScopes.open("f-1");
            assertThat(Baggage.current().getEntryValue("trace-branch")).isEqualTo("f-1");
            assertThat(Baggage.current().getEntryValue("user")).isEqualTo("7");
            lane.close();
            assertThat(Baggage.current().getEntryValue("trace-branch")).isNull();
            assertThat(LaneContext.current()).isNull();
        }
    }

    @Test
    void aSnapshotTakesTheLaneToAnotherThreadAndLeavesNoneBehind() {
        AtomicReference<Runnable> work = new AtomicReference<>();
        AtomicReference<String> there = new AtomicReference<>();
        LaneContext.run(
                "f-1",
                () -> work.set(ContextSnapshotFactory.builder()
                        .build()
                        .captureAll()
                        .wrap(() -> there.set(LaneContext.current()))));
        String after = CompletableFuture.supplyAsync(() -> {
                    work.get().run();
                    return String.valueOf(LaneContext.current());
                })
                .join();
        assertThat(there).hasValue("f-1");
        assertThat(after).isEqualTo("null");
    }
}

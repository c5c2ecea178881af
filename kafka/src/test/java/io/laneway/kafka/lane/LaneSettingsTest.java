package io.laneway.kafka.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LaneSettingsTest {

    @Test
    void theLaneIsThatOfThePropertiesElseOfTheEnvironment() {
        Map<String, String> environment = Map.of("LANEWAY_LANE", "feature/x");
        assertThat(LaneSettings.of(Map.of(), environment).slug()).isEqualTo("feature-x");
        assertThat(LaneSettings.of(Map.of("laneway.lane", "f-2"), environment).slug())
                .isEqualTo("f-2");
        assertThat(LaneSettings.of(Map.of(), Map.of()).slug()).isNull();
        assertThat(LaneSettings.of(Map.of("laneway.base", "Feature/X"), environment)
                        .slug())
                .isNull();
    }

    @Test
    void aTopicHasItsOwnModeOrTheCommonOne() {
        LaneSettings settings = LaneSettings.of(Map.of("laneway.mode", "base", "laneway.mode.order", "AUTO"), Map.of());
        assertThat(settings.mode("order")).isEqualTo(Mode.AUTO);
        assertThat(settings.mode("audit")).isEqualTo(Mode.BASE);
        assertThat(LaneSettings.of(Map.of(), Map.of()).mode("order")).isEqualTo(Mode.AUTO);
    }

    @Test
    void wrongSettingsAreRefusedByName() {
        refused("laneway.mode", "off", "laneway.mode: 'off' (expected: AUTO or BASE)");
        refused("laneway.watch.interval", "0s", "laneway.watch.interval:");
        refused("laneway.metadata.max.bytes", "many", "laneway.metadata.max.bytes: 'many' (expected: a whole number)");
        refused("laneway.lane", "///", "laneway.lane:");
        refused("laneway.group", "x", "laneway.group: unknown");
    }

    @Test
    void theClientIsNotShownWhatIsNotIts() {
        assertThat(LaneSettings.without(Map.of("laneway.mode", "AUTO", "group.id", "g")))
                .containsOnlyKeys("group.id");
        assertThat(LaneSettings.of(Map.of("laneway.watch.interval", "200ms"), Map.of())
                        .watchInterval())
                .isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aLanesGroupIsTheBasesNameAndTheSlug() {
        assertThat(LaneGroup.of("billing", "f-1")).isEqualTo("billing_f-1");
        assertThat(LaneGroup.slug("billing", "billing_f-1")).isEqualTo(Optional.of("f-1"));
        assertThat(LaneGroup.slug("billing", "billing_F 1")).isEmpty();
        assertThat(LaneGroup.slug("billing", "billing")).isEmpty();
    }

    @Test
    void aHeaderThatCannotNameALaneIsNone() {
        RecordHeaders headers = new RecordHeaders();
        assertThat(LaneHeader.DEFAULT.read(headers)).isNull();
        headers.add("trace-branch", new byte[0]);
        assertThat(LaneHeader.DEFAULT.read(headers)).isNull();
        headers.add("trace-branch", new byte[] {'f', 1});
        assertThat(LaneHeader.DEFAULT.read(headers)).isNull();
        headers.add("trace-branch", new byte[2000]);
        assertThat(LaneHeader.DEFAULT.read(headers)).isNull();
        headers.add("trace-branch", null);
        assertThat(LaneHeader.DEFAULT.read(headers)).isNull();
    }

    @Test
    void theInnerWorksLaneIsForgottenWhenItEnds() {
        LaneContext.run("f-1", () -> {
            LaneContext.run(null, () -> assertThat(LaneContext.current()).isNull());
            assertThat(LaneContext.current()).isEqualTo("f-1");
        });
        assertThat(LaneContext.current()).isNull();
    }

    private static void refused(String key, String value, String message) {
        assertThatThrownBy(() -> LaneSettings.of(Map.of(key, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}

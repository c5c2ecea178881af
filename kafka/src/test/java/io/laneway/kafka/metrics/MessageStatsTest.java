package io.laneway.kafka.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageStatsTest {

    private final MessageStats stats = new MessageStats();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void metersAreSumsOverAllConsumersOfAGroupAlsoOfThoseThatCameBeforeTheRegistry() {
        MemberStats first = stats.join("g", MessageStats.BASE);
        new LaneMetrics(stats).bindTo(registry);
        MemberStats second = stats.join("g", MessageStats.BASE);
        MemberStats other = stats.join("g", "f-1");
        first.lag(3);
        second.lag(4);
        other.lag(100);
        first.owed(Map.of("f-1", 2));
        second.owed(Map.of("f-1", 1));
        first.reread("f-1");
        second.reread("f-1");
        second.handedOver("f-1", true);
        assertThat(gauge(MeterNames.LAG, "(base)")).isEqualTo(7);
        assertThat(gauge(MeterNames.LAG, "f-1")).isEqualTo(100);
        assertThat(gauge(MeterNames.OWED, "f-1")).isEqualTo(3);
        assertThat(registry.get(MeterNames.REREAD)
                        .tag("lane", "f-1")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get(MeterNames.HANDOVERS)
                        .tag("to", "lane")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        first.close();
        assertThat(gauge(MeterNames.LAG, "(base)")).isEqualTo(4);
    }

    @Test
    void lanesWithoutEndAreCountedTogether() {
        new LaneMetrics(stats).bindTo(registry);
        MemberStats base = stats.join("g", MessageStats.BASE);
        for (int i = 0; i < MessageStats.MAX_METERS + 100; i++) {
            base.reread("f-" + i);
        }
        base.reread("f-0");
        assertThat(registry.get(MeterNames.REREAD)
                        .tag("lane", "f-0")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(MessageStats.MAX_METERS + 1);
        assertThat(registry.find(MeterNames.REREAD).functionCounters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(MessageStats.MAX_METERS + 101);
    }

    private double gauge(String name, String lane) {
        return registry.get(name).tags("group", "g", "lane", lane).gauge().value();
    }
}

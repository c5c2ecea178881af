package io.laneway.gateway.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What share of requests an endpoint gets by its zone. */
class ZoneWeightsTest {

    private static double[] shares(String own, List<String> zones, int... weights) {
        int[] seen = ZoneWeights.of(own, zones, weights);
        double all = Arrays.stream(seen).asLongStream().sum();
        return Arrays.stream(seen).mapToDouble(each -> each / all).toArray();
    }

    @Test
    void aZoneThatHoldsItsPartGetsAll() {
        assertThat(shares("a", List.of("a", "b", "a"), 1, 2, 1)).containsExactly(0.5, 0, 0.5);
        assertThat(shares("a", List.of("a", "b", "a"), 1, 1, 2))
                .containsExactly(new double[] {1 / 3.0, 0, 2 / 3.0}, within(1e-4));
    }

    @Test
    void aZoneThatHoldsLessGetsWhatItsWeightsStandFor() {
        assertThat(shares("a", List.of("a", "b", "c"), 1, 3, 3))
                .containsExactly(new double[] {3 / 7.0, 2 / 7.0, 2 / 7.0}, within(1e-4));
        assertThat(shares("a", List.of("a", "b", "b", "b", "b", "b"), 1, 1, 1, 1, 1, 1)[0])
                .isCloseTo(1 / 3.0, within(1e-4));
    }

    @Test
    void whatIsLeftGoesWhereMoreIsThanItsPart() {
        assertThat(shares("a", List.of("a", "b", "c"), 1, 2, 6))
                .containsExactly(new double[] {1 / 3.0, 0, 2 / 3.0}, within(1e-4));
    }

    @Test
    void anEndpointOfAnUnknownZoneCountsAsOver() {
        assertThat(shares("a", List.of("a", ""), 1, 1)).containsExactly(0.5, 0.5);
    }

    @Test
    void zonesDoNotCountWhereThereIsNoChoice() {
        assertThat(ZoneWeights.of("", List.of("a", "b"), new int[] {1, 1})).isNull();
        assertThat(ZoneWeights.of("a", List.of("b", "c"), new int[] {1, 1})).isNull();
        assertThat(ZoneWeights.of("a", List.of("a", "a"), new int[] {1, 1})).isNull();
        assertThat(ZoneWeights.of("a", List.of("", ""), new int[] {1, 1})).isNull();
        assertThat(ZoneWeights.of("a", List.of(), new int[0])).isNull();
    }

    @Test
    void whatWeightsAreEachEndpointGetsItsPartOfAFleetThatIsSpreadEvenly() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            int count = 2 + random.nextInt(30);
            int kinds = 1 + random.nextInt(4);
            List<String> zones = new ArrayList<>();
            int[] weights = new int[count];
            for (int i = 0; i < count; i++) {
                zones.add(String.valueOf((char) ('a' + random.nextInt(kinds))));
                weights[i] = 1 + random.nextInt(random.nextBoolean() ? 3 : 1000);
            }
            TreeSet<String> there = new TreeSet<>(zones);
            double[] load = new double[count];
            for (String own : there) {
                int[] seen = ZoneWeights.of(own, zones, weights);
                int[] used = seen == null ? weights : seen;
                double all = Arrays.stream(used).asLongStream().sum();
                for (int i = 0; i < count; i++) {
                    load[i] += used[i] / all / there.size();
                }
            }
            double all = Arrays.stream(weights).asLongStream().sum();
            for (int i = 0; i < count; i++) {
                assertThat(load[i])
                        .as("%s %s", zones, Arrays.toString(weights))
                        .isCloseTo(weights[i] / all, within(1e-4));
            }
        }
    }

    @Test
    void theLargestWeightsDoNotOverflow() {
        assertThat(shares("a", List.of("a", "b"), Integer.MAX_VALUE, Integer.MAX_VALUE))
                .containsExactly(1, 0);
        assertThat(shares("a", List.of("a", "b"), 1, Integer.MAX_VALUE)[1]).isGreaterThan(0.99);
    }
}

package io.laneway.gateway.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedChoiceTest {

    @Test
    void takesEachPlaceInTurnAsOftenAsItsWeightSays() {
        WeightedChoice weighted = WeightedChoice.of(5, 1, 2);
        int[] seen = new int[3];
        for (int turn = -40; turn != 40; turn++) {
            seen[weighted.turn(turn)]++;
        }
        assertThat(seen[0]).isBetween(48, 52);
        assertThat(seen[1]).isBetween(9, 12);
        assertThat(seen[2]).isBetween(18, 22);
    }

    @Test
    void doesNotTakeOnePlaceManyTimesInARowWhileWeightsAreEven() {
        WeightedChoice weighted = WeightedChoice.of(3, 3, 3, 3);
        for (int turn = 0; turn < 100; turn++) {
            assertThat(weighted.turn(turn)).isNotEqualTo(weighted.turn(turn + 1));
        }
        assertThat(weighted.total()).isEqualTo(4);
    }

    @Test
    void findsThePlaceInWhoseShareAPointLies() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            int[] weights = random.ints(1 + random.nextInt(9), 1, 50).toArray();
            WeightedChoice weighted = WeightedChoice.of(weights);
            int[] seen = new int[weights.length];
            for (int point = 0; point < weighted.total(); point++) {
                seen[weighted.at(point)]++;
            }
            for (int i = 0; i < weights.length; i++) {
                assertThat(seen[i]).isEqualTo(weighted.weight(i));
            }
        }
    }

    @Test
    void scalesWeightsSoLargeThatTheirSumOverflows() {
        WeightedChoice weighted = WeightedChoice.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 1);

        assertThat(weighted.total()).isPositive();
        assertThat(weighted.weight(0)).isEqualTo(weighted.weight(1));
        assertThat(weighted.weight(2)).isEqualTo(1);
    }
}

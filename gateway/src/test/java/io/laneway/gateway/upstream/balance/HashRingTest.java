package io.laneway.gateway.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashRingTest {

    private static final int KEYS = 20_000;

    @Test
    void spreadsKeysByWeight() {
        HashRing ring = HashRing.of(List.of("a:1", "b:1", "c:1"), new int[] {1, 1, 2});
        int[] seen = new int[3];
        for (int key = 0; key < KEYS; key++) {
            seen[ring.place(HashRing.hash("key-" + key))]++;
        }
        assertThat(seen[0]).isBetween(KEYS / 4 - KEYS / 16, KEYS / 4 + KEYS / 16);
        assertThat(seen[2]).isBetween(KEYS / 2 - KEYS / 10, KEYS / 2 + KEYS / 10);
    }

    @Test
    void movesOnlyTheKeysOfThePlaceThatGoes() {
        HashRing before = HashRing.of(List.of("a:1", "b:1", "c:1", "d:1"), new int[] {1, 1, 1, 1});
        HashRing after = HashRing.of(List.of("a:1", "b:1", "c:1"), new int[] {1, 1, 1});
        for (int key = 0; key < KEYS; key++) {
            long hash = HashRing.hash("key-" + key);
            int place = before.place(hash);
            if (place != 3) {
                assertThat(after.place(hash)).isEqualTo(place);
            }
        }
    }

    @Test
    void staysBoundedHoweverLargeTheWeights() {
        HashRing ring = HashRing.of(List.of("a:1", "b:1"), new int[] {1_000_000, 1});

        assertThat(ring.place(HashRing.hash("x"))).isBetween(0, 1);
    }
}

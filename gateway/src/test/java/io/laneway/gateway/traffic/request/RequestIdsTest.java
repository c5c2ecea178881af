package io.laneway.gateway.traffic.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

    @Test
    void idsAreTheGeneratorsBitsAsRandomUuids() {
        RequestIds ids = new RequestIds(new SplittableRandom(7));
        SplittableRandom same = new SplittableRandom(7);
        for (int round = 0; round < 10_000; round++) {
            String id = new String(ids.next(), StandardCharsets.US_ASCII);
            UUID uuid = UUID.fromString(id);
            assertThat(uuid).hasToString(id);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits()).isEqualTo((same.nextLong() & ~0xf000L) | 0x4000L);
            assertThat(uuid.getLeastSignificantBits()).isEqualTo((same.nextLong() >>> 2) | 0x8000000000000000L);
        }
    }
}

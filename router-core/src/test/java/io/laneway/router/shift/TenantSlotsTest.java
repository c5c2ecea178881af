package io.laneway.router.shift;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantSlotsTest {

    /** Vectors of murmur3_x86_32 with seed 0, as published. */
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 3c2569b2",
        "abc, b3dd93fa",
        "'Hello, world!', c0363e43",
        "The quick brown fox jumps over the lazy dog, 2e4ff723"
    })
    void theHashIsMurmur3(String text, String hash) {
        assertThat(Integer.toHexString(TenantSlots.murmur3(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(hash);
    }

    /** The shift's part is hashed once; the sum is the hash of the whole. */
    @Test
    void aSlotIsTheHashOfShiftAndTenant() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            String shift = text(random);
            String tenant = text(random);
            byte[] whole = (shift + ":" + tenant).getBytes(StandardCharsets.UTF_8);
            int expected = Integer.remainderUnsigned(TenantSlots.murmur3(whole), Share.SLOTS);
            assertThat(new TenantSlots(shift).of(tenant))
                    .as("%s:%s", shift, tenant)
                    .isEqualTo(expected);
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(9), 0x20, 0x500)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void tenantsAreSpreadEvenly() {
        int[] tenths = new int[10];
        TenantSlots slots = new TenantSlots("default");
        for (int i = 0; i < 100_000; i++) {
            tenths[slots.of("tenant-" + i) / 1_000]++;
        }
        for (int tenth : tenths) {
            assertThat(tenth).isBetween(9_600, 10_400);
        }
    }
}

package io.laneway.control.rest.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.store.database.StoreException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteProbeTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger writes = new AtomicInteger();
    private boolean full;

    private final WriteProbe probe = new WriteProbe(this::write, nanos::get);

    private void write() {
        writes.incrementAndGet();
        if (full) {
            throw new StoreException("full");
        }
    }

    @Test
    void writesOnceASecondAtMostAndSaysWhatTheLastWriteSaid() {
        assertThat(probe.failure()).isEmpty();
        full = true;
        assertThat(probe.failure()).isEmpty();
        nanos.addAndGet(1_000_000_000);
        assertThat(probe.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("full"));
        full = false;
        assertThat(probe.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("full"));
        nanos.addAndGet(1_000_000_000);
        assertThat(probe.failure()).isEmpty();
        assertThat(writes).hasValue(3);
    }
}

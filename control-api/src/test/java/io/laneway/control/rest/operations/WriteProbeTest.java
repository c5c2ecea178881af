package io.laneway.control.rest.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        probe.proven();
        full = true;
        assertThatCode(probe::proven).doesNotThrowAnyException();
        nanos.addAndGet(1_000_000_000);
        assertThatThrownBy(probe::proven).hasMessage("full");
        full = false;
        assertThatThrownBy(probe::proven).hasMessage("full");
        nanos.addAndGet(1_000_000_000);
        probe.proven();
        assertThat(writes).hasValue(3);
    }
}

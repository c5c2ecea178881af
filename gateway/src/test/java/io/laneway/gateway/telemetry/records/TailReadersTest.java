package io.laneway.gateway.telemetry.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.record.FakeExchange;
import io.laneway.gateway.telemetry.accesslog.JsonLine;
import io.laneway.gateway.telemetry.tap.LoopTap;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.laneway.gateway.telemetry.tap.Tap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TailReadersTest {

    @Test
    void linesForTheControlApiSayTheTenantAndTheOthersAreTheAccessLogs() {
        Tap tap = new Tap(1000, 1);
        LoopTap loop = tap.loop();
        List<String> plain = new CopyOnWriteArrayList<>();
        List<String> named = new CopyOnWriteArrayList<>();
        FakeExchange secret = new FakeExchange().with("tenant", "secret\"co");
        FakeExchange none = new FakeExchange().with("tenant", "");
        try (Tail.Open one = TailReaders.plain(tap).open(RecordFilter.ALL, plain::add);
                Tail.Open two = TailReaders.withTenants(tap).open(RecordFilter.ALL, named::add)) {
            loop.finished(secret);
            loop.finished(none);
            await().until(() -> plain.size() == 2 && named.size() == 2);
            assertThat(one.dropped() + two.dropped()).isZero();
        } finally {
            tap.close();
        }

        assertThat(plain).containsExactly(new JsonLine().of(secret), new JsonLine().of(none));
        assertThat(named.stream().map(JsonObject::new))
                .containsExactly(
                        new JsonObject(plain.get(0)).put("tenant", "secret\"co"),
                        new JsonObject(plain.get(1)).putNull("tenant"));
    }
}

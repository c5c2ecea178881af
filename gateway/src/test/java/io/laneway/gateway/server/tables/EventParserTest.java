package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventParserTest {

    @SuppressWarnings("StringConcatToTextBlock") // a text block cannot mix line ends
    private static final String STREAM = String.join(
            "\n",
            ": hello",
            "retry: 1000",
            "",
            "event: snapshot",
            "id: 7",
            "data: {\"a\":1}",
            "",
            ": still here",
            "",
            "data:no name\r",
            "\r",
            "event: two\rdata: first\rdata: second\r\rdata",
            "",
            "event: lost",
            "",
            "event: delta",
            "data: \u7070",
            "",
            "");

    private static final List<String> EVENTS =
            List.of("snapshot={\"a\":1}", "=no name", "two=first\nsecond", "delta=\u7070");

    private final List<String> events = new ArrayList<>();
    private final EventParser parser =
            new EventParser((name, data) -> events.add(name + "=" + new String(data, StandardCharsets.UTF_8)));

    @Test
    void readsEventsWithAnyLineEnd() {
        parser.bytes(STREAM.getBytes(StandardCharsets.UTF_8));

        assertThat(events).isEqualTo(EVENTS);
    }

    @Test
    void readsTheSameHoweverTheBytesAreTorn() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int at = 0;
            while (at < bytes.length) {
                int next = Math.min(bytes.length, at + 1 + random.nextInt(9));
                parser.bytes(Arrays.copyOfRange(bytes, at, next));
                at = next;
            }
            assertThat(events).isEqualTo(EVENTS);
            events.clear();
        }
    }

    @Test
    void anEventThatDidNotEndIsNone() {
        parser.bytes("event: delta\ndata: x\n".getBytes(StandardCharsets.UTF_8));

        assertThat(events).isEmpty();
    }
}

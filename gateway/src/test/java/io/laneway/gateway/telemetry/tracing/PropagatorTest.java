package io.laneway.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.router.text.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces in headers, by W3C Trace Context and B3. */
class PropagatorTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final long HIGH = 0x0af7651916cd43ddL;
    private static final long LOW = 0x8448eb211c80319cL;
    private static final long PARENT = 0xb7ad6b7169203331L;

    private final Propagator w3c = new W3cPropagator();
    private final Propagator b3 = new B3Propagator(true, false);
    private final Propagator multi = new B3Propagator(false, true);
    private final TraceContext trace = new TraceContext();

    private static HeaderLines lines(String... all) {
        HeaderLines lines = new HeaderLines();
        for (String each : all) {
            int colon = each.indexOf(':');
            lines.add(
                    HeaderName.of(each.substring(0, colon)),
                    each.substring(colon + 1).trim());
        }
        return lines;
    }

    private static List<String> text(HeaderLines lines) {
        ByteBuf out = Unpooled.buffer();
        lines.writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1).lines().toList();
    }

    private void assertTrace(Wish wish) {
        assertThat(trace.found()).isTrue();
        assertThat(List.of(trace.high, trace.low, trace.parent)).containsExactly(HIGH, LOW, PARENT);
        assertThat(trace.wish).isEqualTo(wish);
    }

    private boolean reads(Propagator propagator, String... all) {
        trace.clear();
        return propagator.read(lines(all), trace);
    }

    @Test
    void readsATraceparent() {
        assertThat(reads(w3c, "traceparent: 00-" + TRACE + "-" + SPAN + "-01")).isTrue();
        assertTrace(Wish.YES);
        assertThat(reads(w3c, "TraceParent: 00-" + TRACE + "-" + SPAN + "-02")).isTrue();
        assertTrace(Wish.NO);
        assertThat(trace.random).isTrue();
    }

    @Test
    void readsATraceparentOfAVersionToComeAsFarAsItIsKnown() {
        assertThat(reads(w3c, "traceparent: cc-" + TRACE + "-" + SPAN + "-01-what-is-new"))
                .isTrue();
        assertTrace(Wish.YES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
                "00-0af7651916cd43dd8448eb211c80319\u00e9-b7ad6b7169203331-01"
            })
    void aTraceparentThatIsMalformedIsNone(String value) {
        assertThat(reads(w3c, "traceparent: " + value)).isFalse();
        assertThat(trace.found()).isFalse();
    }

    @Test
    void twoTraceparentsAreNone() {
        String one = "traceparent: 00-" + TRACE + "-" + SPAN + "-01";
        assertThat(reads(w3c, one, one)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "-d", "-0", "-1-05e3ac9a4f6e3b90"})
    void readsB3InOneHeader(String state) {
        assertThat(reads(b3, "b3: " + TRACE + "-" + SPAN + state)).isTrue();
        assertTrace(
                state.startsWith("-1")
                        ? Wish.YES
                        : switch (state) {
                            case "-d" -> Wish.DEBUG;
                            case "-0" -> Wish.NO;
                            default -> Wish.NONE;
                        });
    }

    @Test
    void readsB3WithATraceOfHalfTheLength() {
        assertThat(reads(b3, "b3: " + TRACE.substring(16) + "-" + SPAN + "-1")).isTrue();
        assertThat(List.of(trace.high, trace.low)).containsExactly(0L, LOW);
        assertThat(reads(multi, "x-b3-traceid: " + TRACE.substring(16), "x-b3-spanid: " + SPAN))
                .isTrue();
        assertThat(List.of(trace.high, trace.low, trace.parent)).containsExactly(0L, LOW, PARENT);
    }

    @Test
    void readsWhatB3DecidesWithoutATrace() {
        assertThat(reads(b3, "b3: 0")).isTrue();
        assertThat(trace.wish).isEqualTo(Wish.NO);
        assertThat(reads(b3, "X-B3-Sampled: 1")).isTrue();
        assertThat(trace.wish).isEqualTo(Wish.YES);
        assertThat(trace.found()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "0af7651916cd43dd8448eb211c80319c",
                "0af7651916cd43dd8448eb211c80319c-b7ad6b716920333",
                "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-",
                "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-2",
                "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1-05e3",
                "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_1",
                "0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-1",
                "0af7651916cd43dd8448eb211c8031-b7ad6b7169203331-1",
                "00000000000000000000000000000000-b7ad6b7169203331-1",
                "0af7651916cd43dd8448eb211c80319c-0000000000000000-1",
                "0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-1"
            })
    void b3InOneHeaderThatIsMalformedIsNone(String value) {
        assertThat(reads(b3, "b3: " + value)).isFalse();
        assertThat(trace.found()).isFalse();
    }

    @Test
    void readsB3InSeveralHeaders() {
        String[] ids = {"X-B3-TraceId: " + TRACE, "X-B3-SpanId: " + SPAN, "X-B3-ParentSpanId: 05e3ac9a4f6e3b90"};
        assertThat(reads(b3, ids)).isTrue();
        assertTrace(Wish.NONE);
        assertThat(reads(b3, ids[0], ids[1], "x-b3-sampled: true")).isTrue();
        assertTrace(Wish.YES);
        assertThat(reads(b3, ids[0], ids[1], "x-b3-sampled: 0")).isTrue();
        assertTrace(Wish.NO);
        assertThat(reads(b3, ids[0], ids[1], "x-b3-flags: 1")).isTrue();
        assertTrace(Wish.DEBUG);
    }

    @Test
    void b3InSeveralHeadersThatIsMalformedIsNone() {
        assertThat(reads(b3, "x-b3-traceid: " + TRACE)).isFalse();
        assertThat(reads(b3, "x-b3-traceid: " + TRACE, "x-b3-spanid: 1", "x-b3-sampled: 1"))
                .isFalse();
        assertThat(trace.wish).isEqualTo(Wish.NONE);
        assertThat(reads(b3, "x-b3-traceid: x", "x-b3-spanid: " + SPAN)).isFalse();
        assertThat(reads(b3, "x-b3-traceid: " + TRACE, "x-b3-traceid: " + TRACE, "x-b3-spanid: " + SPAN))
                .isFalse();
    }

    @Test
    void writesOverATraceparentAndKeepsTheStateBesideIt() {
        HeaderLines lines =
                lines("traceparent: 00-" + TRACE + "-" + SPAN + "-01", "tracestate: a=1", "tracestate: b=2");
        w3c.read(lines, trace);
        w3c.write(lines, trace, 0x11, true);
        assertThat(text(lines))
                .containsExactly(
                        "traceparent: 00-" + TRACE + "-0000000000000011-01", "tracestate: a=1", "tracestate: b=2");
        w3c.write(lines, trace, 0x12, false);
        assertThat(text(lines))
                .contains("traceparent: 00-" + TRACE + "-0000000000000012-00")
                .hasSize(3);
    }

    @Test
    void aStateWithoutItsTraceIsTakenOff() {
        HeaderLines lines = lines("traceparent: 00-" + TRACE + "-x", "tracestate: a=1");
        trace.high = HIGH;
        trace.low = LOW;
        trace.random = true;
        w3c.write(lines, trace, 0x11, true);
        assertThat(text(lines)).containsExactly("traceparent: 00-" + TRACE + "-0000000000000011-03");
    }

    @Test
    void writesB3AsItIsAskedForAndAsTheClientWroteIt() {
        HeaderLines lines = lines("x-b3-traceid: " + TRACE, "x-b3-spanid: " + SPAN, "x-b3-parentspanid: " + SPAN);
        b3.read(lines, trace);
        b3.write(lines, trace, 0x11, true);
        assertThat(text(lines))
                .containsExactly(
                        "b3: " + TRACE + "-0000000000000011-1",
                        "x-b3-traceid: " + TRACE,
                        "x-b3-spanid: 0000000000000011",
                        "x-b3-sampled: 1");
        HeaderLines none = lines();
        multi.write(none, trace, 0x12, false);
        assertThat(text(none))
                .containsExactly("x-b3-traceid: " + TRACE, "x-b3-spanid: 0000000000000012", "x-b3-sampled: 0");
    }

    @Test
    void passesDebuggingOn() {
        HeaderLines lines = lines("b3: " + TRACE + "-" + SPAN + "-d");
        multi.read(lines, trace);
        multi.write(lines, trace, 0x11, true);
        assertThat(text(lines)).contains("b3: " + TRACE + "-0000000000000011-d", "x-b3-flags: 1");
    }
}

package io.laneway.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.stream.Caller;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SourceTest {

    private static final HeaderName FORWARDED = HeaderName.of("x-forwarded-for");

    @Test
    void believesNoHeaderWithoutTrustedHops() {
        assertThat(source(0, "6.6.6.6")).isEqualTo("127.0.0.1");
    }

    @Test
    void takesTheEntryThatTheFirstProxyOfOursWrote() {
        assertThat(source(1, "6.6.6.6, 192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(source(2, "6.6.6.6, 192.0.2.7,192.0.2.8")).isEqualTo("192.0.2.7");
        assertThat(source(1, "2001:db8::7")).isEqualTo("2001:db8::7");
    }

    @Test
    void countsEntriesOverSeveralLines() {
        assertThat(source(1, "6.6.6.6", "192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(source(2, "6.6.6.6, 192.0.2.7", "192.0.2.8")).isEqualTo("192.0.2.7");
        assertThat(source(3, "6.6.6.6, 192.0.2.7", "192.0.2.8")).isEqualTo("6.6.6.6");
    }

    @Test
    void fallsBackToTheConnectionWhenThereAreTooFewEntriesOrNoAddress() {
        assertThat(source(1)).isEqualTo("127.0.0.1");
        assertThat(source(3, "6.6.6.6, 192.0.2.7")).isEqualTo("127.0.0.1");
        assertThat(source(1, "unknown")).isEqualTo("127.0.0.1");
        assertThat(source(1, "6.6.6.6,")).isEqualTo("127.0.0.1");
        assertThat(source(1, "")).isEqualTo("127.0.0.1");
    }

    private static String source(int hops, String... lines) {
        RequestHead head = new RequestHead();
        head.clear(1024);
        head.start("GET", "/", "a.test");
        for (String line : lines) {
            head.lines().add(FORWARDED, line);
        }
        Slice slice = new Slice();
        new Source(hops)
                .find(
                        head.lines(),
                        new Caller(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711), false, null),
                        slice);
        return slice.toString();
    }
}

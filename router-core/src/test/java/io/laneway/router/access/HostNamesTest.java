package io.laneway.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.access.HostNames.Literals;
import io.laneway.router.access.HostNames.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private final HostNames local = HostNames.of(List.of("Laneway.internal", "10.9.8.7"), Literals.LOOPBACK);
    private final HostNames any = HostNames.of(List.of(), Literals.ANY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:9900",
                "127.0.0.1",
                "127.0.0.1:9900",
                "127.255.0.3",
                "[::1]",
                "[::1]:9900",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "laneway.internal",
                "LANEWAY.INTERNAL:80",
                "10.9.8.7:1"
            })
    void namesOfThisMachineAndConfiguredOnesCount(String authority) {
        assertThat(local.holds(authority)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil",
                "evil.localhost",
                "localhost.",
                "127.0.0.1.",
                "user@localhost",
                "localhost@evil.example",
                "localhost:9900@evil.example",
                "127.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "2130706433",
                "127.0.0.256",
                "127.0.0.01",
                "127.0.0.1:",
                "127.0.0.1:x",
                "127.0.0.1:123456",
                "::1",
                "[::1",
                "[::1]x",
                "[::1].evil",
                "[::1%lo]",
                "[127.0.0.1]",
                "[::1]:",
                "[]",
                "[:::1]",
                "[v1.a:b]",
                "",
                ":9900",
                " localhost",
                "localhost ",
                "localhost/x",
                "local\u212Aost",
                "10.9.8.6",
                "[2001:db8::1]",
                "x.laneway.internal",
                "laneway.internal.",
                "0.0.0.0"
            })
    void anythingElseDoesNot(String authority) {
        assertThat(local.holds(authority)).isFalse();
    }

    @Test
    void everyLiteralCountsWhereAskedFor() {
        assertThat(any.holds("10.9.8.6:9901")).isTrue();
        assertThat(any.holds("[2001:db8::1]:9901")).isTrue();
        assertThat(any.holds("10.9.8.6.evil.example")).isFalse();
        assertThat(any.holds("gateway")).isFalse();
    }

    @Test
    void everyNameInARequestMustCount() {
        assertThat(local.judge("/v1/table", List.of("localhost"))).isEqualTo(Verdict.KNOWN);
        assertThat(local.judge("http://127.0.0.1:9900/v1/table", List.of("localhost")))
                .isEqualTo(Verdict.KNOWN);
        assertThat(local.judge("http://evil.example/v1/table", List.of("localhost")))
                .isEqualTo(Verdict.FOREIGN);
        assertThat(local.judge("HTTP://localhost@evil.example?x", List.of("localhost")))
                .isEqualTo(Verdict.FOREIGN);
        assertThat(local.judge("http://localhost/", List.of("evil.example"))).isEqualTo(Verdict.FOREIGN);
        assertThat(local.judge("/?next=http://evil.example/", List.of("localhost")))
                .isEqualTo(Verdict.KNOWN);
    }

    @Test
    void aRequestNamesOneHost() {
        assertThat(local.judge("/", List.of("localhost", "localhost"))).isEqualTo(Verdict.AMBIGUOUS);
        assertThat(local.judge("/", List.of())).isEqualTo(Verdict.AMBIGUOUS);
    }
}

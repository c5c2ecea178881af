package io.laneway.gateway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code access} of a listener, as it is written and what is wrong with it. */
class AccessFormTest {

    private static ConfigReader.Result read(String access) {
        String yaml =
                "listeners: [{name: edge, address: \":8080\", access: " + access + "}]\ntable: {file: lanes.yaml}\n";
        return ConfigReader.read(yaml.getBytes(StandardCharsets.UTF_8), Path.of("/etc/laneway/laneway.yaml"), Map.of());
    }

    @Test
    void networksAreReadAndOffIsNone() {
        AccessConfig access = read("{allow: [10.0.0.0/8, \"2001:db8::/32\"], deny: [10.0.0.66]}")
                .orThrow()
                .listeners()
                .get(0)
                .access();
        assertThat(access.allow()).asString().isEqualTo("[10.0.0.0/8, 2001:db8::/32]");
        assertThat(access.deny()).asString().isEqualTo("[10.0.0.66]");
        assertThat(read("off").orThrow().listeners().get(0).access()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                             | listeners[0].access: no network (expected: one in allow or deny)
            {allow: [], deny: []}          | listeners[0].access: no network
            {allow: [10.0.0.1/8]}          | listeners[0].access.allow[0]: '10.0.0.1/8' has bits set behind its prefix
            {allow: [10.0.0.0/8, lan]}     | listeners[0].access.allow[1]: 'lan' (expected: a network such as 10.0.0.0/8
            {deny: [10.0.0.0/33]}          | listeners[0].access.deny[0]: '10.0.0.0/33' (expected: a prefix of 0 to 32 bits)
            {deny: 10.0.0.0/8}             | listeners[0].access.deny
            {denny: [10.0.0.0/8]}          | listeners[0].access.denny: unknown key
            """)
    void whatIsWrongIsNamedByItsPath(String access, String problem) {
        assertThat(read(access).problems()).asString().contains(problem);
    }
}

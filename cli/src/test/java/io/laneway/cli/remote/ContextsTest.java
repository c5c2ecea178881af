package io.laneway.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {

    private static final String FILE = """
            current: staging
            contexts:
              staging: {control: "https://staging.example.com:9900", token: of-staging}
              prod: {control: "https://prod.example.com/laneway", tokenFile: prod.token}
            """;

    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void config() throws IOException {
        file = home.resolve("laneway/config.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, FILE);
        Files.writeString(file.resolveSibling("prod.token"), "of-prod\n");
    }

    private Target resolve(@Nullable String control, @Nullable String context, String... environment) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("XDG_CONFIG_HOME", home.toString()));
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        URI uri = control == null ? null : Target.uri(control);
        return Targets.resolve(new Target(uri, null, null, null, null, null), context, all);
    }

    @Test
    void theCurrentContextServesUnlessAnotherIsNamed() {
        assertThat(resolve(null, null).control()).hasToString("https://staging.example.com:9900");
        assertThat(resolve(null, null).bearer()).isEqualTo("of-staging");
        assertThat(resolve(null, "prod").control()).hasToString("https://prod.example.com/laneway");
        assertThat(resolve(null, "prod").bearer()).isEqualTo("of-prod");
        assertThat(resolve(null, null, "LANEWAY_CONTEXT", "prod").bearer()).isEqualTo("of-prod");
    }

    @Test
    void aContextsCredentialsGoToItsOwnAddressAlone() {
        assertThat(resolve("http://elsewhere:9900", null).bearer()).isNull();
        assertThat(resolve("http://elsewhere:9900", "prod").bearer()).isNull();
        assertThat(resolve(null, null, "LANEWAY_CONTROL", "http://elsewhere:9900")
                        .bearer())
                .isNull();
        assertThat(resolve("https://staging.example.com:9900", null).bearer()).isEqualTo("of-staging");
    }

    @Test
    void theEnvironmentComesBeforeTheCurrentContextAndBehindANamedOne() {
        Target byVariable = resolve(null, null, "LANEWAY_CONTROL", "http://elsewhere:9900", "LANEWAY_TOKEN", "t");
        assertThat(byVariable.control()).hasToString("http://elsewhere:9900");
        assertThat(byVariable.bearer()).isEqualTo("t");
        assertThat(resolve(null, "prod", "LANEWAY_CONTROL", "http://elsewhere:9900")
                        .control())
                .hasToString("https://prod.example.com/laneway");
    }

    @Test
    void anUnknownContextIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> resolve(null, "dev"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("context dev: unknown (expected: ")
                .hasMessageContaining("staging");
    }

    @Test
    void whatIsWrongInTheFileIsSaidWithItsPlace() throws IOException {
        Files.writeString(file, "contexts:\n  prod: {control: prod.example.com, colour: red}\n");

        assertThatThrownBy(() -> resolve(null, null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining(file + ":2: contexts.prod")
                .hasMessageContaining("http://host:port")
                .hasMessageContaining("colour");
    }

    @Test
    void aWrittenFileIsReadTheSameAndIsItsOwnersAlone() throws IOException {
        Contexts contexts = Contexts.load(file);
        ContextsWriter.write(contexts.using("prod").without("staging"));

        Contexts read = Contexts.load(file);
        assertThat(read.current()).isEqualTo("prod");
        assertThat(read.contexts()).containsOnlyKeys("prod");
        assertThat(read.named("prod")).isEqualTo(contexts.named("prod"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
